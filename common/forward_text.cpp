#include "common/forward_text.hpp"

#include <algorithm>
#include <numeric>
#include <xxhash.h>

#include "common/codec.hpp"

namespace pfind {
namespace {

constexpr std::uint8_t k_max_count = 255;  // of one spelling; it is stored in a byte
constexpr std::size_t k_head_bytes = 20;   // the numbers at the beginning, at most
constexpr std::size_t k_kept_slots = 4096; // of an index of words: after a long text it is made anew

void put_bytes(std::string& out, std::uint32_t number, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
}

/// Appends that many bits, none of them set; returns where they begin.
std::size_t put_no_bits(std::string& out, std::size_t bits) {
  out.resize(out.size() + BitView::bytes_of(bits));
  return out.size() - BitView::bytes_of(bits);
}

void set_bit(std::string& out, std::size_t begin, std::size_t bit) {
  out[begin + bit / 8] = static_cast<char>(static_cast<unsigned char>(out[begin + bit / 8]) | 1U << bit % 8);
}

/// Takes a number that must be at most `bound`.
std::size_t take_at_most(std::string_view& in, std::size_t bound) {
  const std::uint64_t number = codec::take_number(in);
  if (number > bound) throw codec::DecodeError();
  return number;
}

} // namespace

std::uint32_t term_number(std::string_view term) {
  return static_cast<std::uint32_t>(XXH3_64bits(term.data(), term.size()));
}

std::uint8_t written_number(std::string_view word) {
  return static_cast<std::uint8_t>(XXH3_64bits(word.data(), word.size()));
}

ForwardText::ForwardText(std::string_view stored)
    : length_(static_cast<std::uint32_t>(take_at_most(stored, UINT32_MAX))),
      headline_(static_cast<std::uint32_t>(take_at_most(stored, length_))),
      words_(take_at_most(stored, stored.size() / k_term_bytes)) {
  const std::size_t places = std::min<std::size_t>(length_, k_max_forward_words);
  position_bytes_ = position_bytes(places);
  const auto take = [&](std::size_t bytes) {
    if (stored.size() < bytes) throw codec::DecodeError();
    const auto* const taken = reinterpret_cast<const unsigned char*>(stored.data());
    stored.remove_prefix(bytes);
    return taken;
  };
  const auto take_bits = [&](std::size_t bits) { return BitView(take(BitView::bytes_of(bits)), bits); };
  terms_ = take(k_term_bytes * words_);
  otherwise_written_ = take_bits(words_);
  repeated_ = take_bits(words_);
  begins_ = take_bits(places);
  in_sequence_ = begins_.count();
  if (in_sequence_ > words_) throw codec::DecodeError();
  written_ = take(otherwise_written_.count());
  const std::size_t repeated = repeated_.count();
  counts_ = take(repeated);
  const std::size_t positions = std::accumulate(counts_, counts_ + repeated, words_ - in_sequence_);
  positions_ = take(position_bytes_ * positions);
  if (!stored.empty()) throw codec::DecodeError();
}

std::uint32_t ForwardText::first_position(std::size_t word) const {
  return word < in_sequence_ ? static_cast<std::uint32_t>(begins_.find(word)) : stored_position(word - in_sequence_);
}

/// Where those behind the first begin, of a word that has such.
std::size_t ForwardText::further_positions(std::size_t word) const {
  return std::accumulate(counts_, counts_ + repeated_.count_before(word), words_ - in_sequence_);
}

std::uint8_t ForwardText::Word::written() const {
  return text_->otherwise_written_[number_] ? text_->written_[text_->otherwise_written_.count_before(number_)]
                                            : static_cast<std::uint8_t>(term_);
}

void ForwardTextBuilder::Words::add(const text::Token& token, std::uint16_t position) {
  const std::uint32_t term = term_number(token.term);
  const std::uint8_t written = written_number(token.word);
  const std::uint32_t number = index.find_or_add(std::uint64_t{term} + written, [&](std::uint32_t known) {
    return all[known].term == term && all[known].written == written;
  });
  if (number == all.size()) all.push_back({.term = term, .written = written, .first = position});
  Word& word = all[number];
  if (word.count == k_max_count) return;
  ++word.count;
  occurrences.push_back({position, word.last});
  word.last = static_cast<std::uint32_t>(occurrences.size());
}

void ForwardTextBuilder::Words::clear() {
  all.clear();
  occurrences.clear();
  index.clear(k_kept_slots);
}

void ForwardTextBuilder::add(std::span<const text::Token> tokens, bool is_headline) {
  for (const text::Token& token : tokens) {
    const bool is_beside = token.kind == text::TokenKind::joined || token.kind == text::TokenKind::cased;
    if (!is_beside) ++length_;
    if (length_ > k_max_forward_words) continue;
    (is_beside ? beside_ : sequence_).add(token, static_cast<std::uint16_t>(length_ - 1));
  }
  if (is_headline) headline_ = length_;
}

std::string ForwardTextBuilder::take() {
  const std::size_t count = sequence_.all.size() + beside_.all.size();
  const std::size_t places = std::min<std::size_t>(length_, k_max_forward_words);
  const std::size_t occurrences = sequence_.occurrences.size() + beside_.occurrences.size();
  std::string out;
  out.reserve(k_head_bytes + count * (ForwardText::k_term_bytes + 2) + places / 8 + occurrences * 2);
  codec::put_number(out, length_);
  codec::put_number(out, headline_);
  codec::put_number(out, count);
  put_words(places, out);
  put_positions(ForwardText::position_bytes(places), out);
  sequence_.clear();
  beside_.clear();
  length_ = headline_ = 0;
  return out;
}

/// What there is of each word but for its positions, and where words begin.
void ForwardTextBuilder::put_words(std::size_t places, std::string& out) const {
  for_each_word([&](const Word& word) { put_bytes(out, word.term, ForwardText::k_term_bytes); });
  const std::size_t count = sequence_.all.size() + beside_.all.size();
  const std::size_t otherwise_written = put_no_bits(out, count);
  const std::size_t repeated = put_no_bits(out, count);
  const std::size_t begins = put_no_bits(out, places);
  for (const Word& word : sequence_.all) set_bit(out, begins, word.first);
  std::string counts;
  std::size_t number = 0;
  for_each_word([&](const Word& word) {
    if (word.written != static_cast<std::uint8_t>(word.term)) {
      set_bit(out, otherwise_written, number);
      put_bytes(out, word.written, 1);
    }
    if (word.count > 1) {
      set_bit(out, repeated, number);
      put_bytes(counts, word.count - 1U, 1);
    }
    ++number;
  });
  out += counts;
}

void ForwardTextBuilder::put_positions(std::size_t bytes, std::string& out) const {
  for (const Word& word : beside_.all) put_bytes(out, word.first, bytes);
  for (const Words* words : {&sequence_, &beside_}) {
    for (const Word& word : words->all) { // the further ones from the last on, so from the end of their room
      out.resize(out.size() + bytes * (word.count - 1U));
      char* to = out.data() + out.size();
      for (std::uint32_t at = word.last; words->occurrences[at - 1].before != 0;
           at = words->occurrences[at - 1].before) {
        const std::uint16_t position = words->occurrences[at - 1].position;
        if (bytes == 2) *--to = static_cast<char>(position >> 8);
        *--to = static_cast<char>(position & 0xFF);
      }
    }
  }
}

} // namespace pfind
