#include "common/forward_text.hpp"

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
      words_(take_at_most(stored, stored.size() / (k_term_bytes + 2))), in_sequence_(take_at_most(stored, words_)) {
  if (stored.size() < words_ * (k_term_bytes + 2)) throw codec::DecodeError();
  terms_ = reinterpret_cast<const unsigned char*>(stored.data());
  written_ = terms_ + words_ * k_term_bytes;
  counts_ = written_ + words_;
  positions_ = counts_ + words_;
  const std::size_t positions = std::accumulate(counts_, positions_, std::size_t{0});
  if (stored.size() != words_ * (k_term_bytes + 2) + positions * k_position_bytes) throw codec::DecodeError();
}

void ForwardTextBuilder::Words::add(const text::Token& token, std::uint16_t position) {
  const std::uint32_t term = term_number(token.term);
  const std::uint8_t written = written_number(token.word);
  const std::uint32_t number = index.find_or_add(std::uint64_t{term} + written, [&](std::uint32_t known) {
    return all[known].term == term && all[known].written == written;
  });
  if (number == all.size()) all.push_back({.term = term, .written = written});
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
  std::string out;
  out.reserve(k_head_bytes + count * (ForwardText::k_term_bytes + 2) +
              (sequence_.occurrences.size() + beside_.occurrences.size()) * ForwardText::k_position_bytes);
  codec::put_number(out, length_);
  codec::put_number(out, headline_);
  codec::put_number(out, count);
  codec::put_number(out, sequence_.all.size());
  const auto for_each_word = [&](auto&& put) {
    for (const Words* words : {&sequence_, &beside_}) {
      for (const Word& word : words->all) put(word);
    }
  };
  for_each_word([&](const Word& word) { put_bytes(out, word.term, ForwardText::k_term_bytes); });
  for_each_word([&](const Word& word) { put_bytes(out, word.written, 1); });
  for_each_word([&](const Word& word) { put_bytes(out, word.count, 1); });
  for (const Words* words : {&sequence_, &beside_}) {
    for (const Word& word : words->all) { // its occurrences from the last one on, so from the end of their room
      out.resize(out.size() + ForwardText::k_position_bytes * word.count);
      char* to = out.data() + out.size();
      for (std::uint32_t at = word.last; at != 0; at = words->occurrences[at - 1].before) {
        const std::uint16_t position = words->occurrences[at - 1].position;
        *--to = static_cast<char>(position >> 8);
        *--to = static_cast<char>(position & 0xFF);
      }
    }
  }
  sequence_.clear();
  beside_.clear();
  length_ = headline_ = 0;
  return out;
}

} // namespace pfind
