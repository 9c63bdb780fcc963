#include "common/forward_text.hpp"

#include <utility>
#include <xxhash.h>

#include "common/codec.hpp"

namespace pfind {
namespace {

constexpr std::size_t k_word_bytes = 5; // of a ForwardWord

void put_word(std::string& out, const ForwardWord& word) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(word.term >> shift & 0xFF);
  out += static_cast<char>(word.written);
}

ForwardWord word_at(const unsigned char* bytes) {
  const auto byte = [&](int i) { return std::uint32_t{bytes[i]} << (8 * i); };
  return {byte(0) | byte(1) | byte(2) | byte(3), bytes[4]};
}

/// Takes a number that must be below `bound`.
std::uint32_t take_below(std::string_view& in, std::size_t bound) {
  const std::uint64_t number = codec::take_number(in);
  if (number >= bound) throw codec::DecodeError();
  return static_cast<std::uint32_t>(number);
}

} // namespace

std::uint32_t term_number(std::string_view term) {
  return static_cast<std::uint32_t>(XXH3_64bits(term.data(), term.size()));
}

std::uint8_t written_number(std::string_view word) {
  return static_cast<std::uint8_t>(XXH3_64bits(word.data(), word.size()));
}

std::uint32_t ForwardTextBuilder::number_of(const text::Token& token) {
  const ForwardWord word{term_number(token.term), written_number(token.word)};
  const auto next = static_cast<std::uint32_t>(text_.words.size());
  const auto [place, is_new] = numbers_.try_emplace(std::uint64_t{word.term} << 8 | word.written, next);
  if (is_new) text_.words.push_back(word);
  return place->second;
}

void ForwardTextBuilder::add(std::span<const text::Token> tokens, bool is_headline) {
  for (const text::Token& token : tokens) {
    const bool stands_beside = token.kind == text::TokenKind::joined || token.kind == text::TokenKind::cased;
    if (!stands_beside) ++text_.length;
    if (stands_beside ? text_.length > k_max_forward_words : text_.sequence.size() == k_max_forward_words) continue;
    if (stands_beside)
      text_.beside.push_back({text_.length - 1, number_of(token)});
    else
      text_.sequence.push_back(number_of(token));
  }
  if (is_headline) text_.headline = static_cast<std::uint32_t>(text_.sequence.size());
}

std::string ForwardTextBuilder::take() {
  std::string out;
  out.reserve(k_word_bytes * text_.words.size() + text_.sequence.size() * 2);
  codec::put_number(out, text_.length);
  codec::put_number(out, text_.headline);
  codec::put_number(out, text_.words.size());
  for (const ForwardWord& word : text_.words) put_word(out, word);
  codec::put_number(out, text_.sequence.size());
  for (const std::uint32_t word : text_.sequence) codec::put_number(out, word);
  std::uint32_t last = 0;
  for (const ForwardText::Beside& beside : text_.beside) {
    codec::put_number(out, beside.position - last);
    codec::put_number(out, beside.word);
    last = beside.position;
  }
  text_ = {};
  numbers_.clear();
  return out;
}

void decode_forward_text(std::string_view in, ForwardText& out) {
  out.length = take_below(in, UINT32_MAX);
  out.headline = take_below(in, k_max_forward_words + 1);
  const std::size_t words = take_below(in, in.size() / k_word_bytes + 1);
  if (words * k_word_bytes > in.size()) throw codec::DecodeError();
  out.words.resize(words);
  const auto* bytes = reinterpret_cast<const unsigned char*>(in.data());
  for (std::size_t i = 0; i < words; ++i) out.words[i] = word_at(bytes + i * k_word_bytes);
  in.remove_prefix(words * k_word_bytes);
  out.sequence.resize(take_below(in, in.size() + 1));
  for (std::uint32_t& word : out.sequence) word = take_below(in, words);
  if (out.headline > out.sequence.size()) throw codec::DecodeError();
  out.beside.clear();
  for (std::uint32_t position = 0; !in.empty();) {
    position += take_below(in, out.sequence.size() - position);
    out.beside.push_back({position, take_below(in, words)});
  }
}

} // namespace pfind
