#include "tests/bench/generator/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pfind::bench {
namespace {

constexpr std::array<std::string_view, 14> k_legal_forms{"Inc", "Corp", "Co",  "Ltd", "Plc", "PLC",  "AG",
                                                         "SA",  "NV",   "SpA", "LP",  "KK",  "GmbH", "LLC"};
constexpr std::size_t k_longest_name = 5; // words

/// White-space separated words; an empty one where a blank line is.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (std::ranges::count(text.substr(at, begin - at), '\n') > 1 && !words.empty()) words.emplace_back();
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    at = end;
  }
  if (!words.empty() && words.back().empty()) words.pop_back();
  return words;
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); }

/// Where the word ends and punctuation or `'s` begins.
std::size_t end_of_name(std::string_view word) {
  std::size_t end = word.size();
  while (end > 0 && !is_letter(word[end - 1])) --end;
  if (end > 2 && word.substr(end - 2, 2) == "'s") end -= 2;
  return end;
}

bool is_capitalized(std::string_view word) {
  return word.size() > 1 && is_capital(word.front()) &&
         std::ranges::all_of(word.substr(0, end_of_name(word)),
                             [](char c) { return is_letter(c) || c == '-' || c == '&' || c == '\''; });
}

bool ends_sentence(const std::vector<std::string_view>& words, std::size_t at) {
  return at == 0 || words[at - 1].empty() || words[at - 1].ends_with('.');
}

/// How many words from `at` on are one name; 0 where there is none.
std::size_t length_of_name(const std::vector<std::string_view>& words, std::size_t at) {
  std::size_t length = 0;
  while (at + length < words.size() && length < k_longest_name && is_capitalized(words[at + length])) {
    const std::string_view word = words[at + length];
    const std::size_t end = end_of_name(word);
    ++length;
    if (end < word.size()) break; // punctuation ends a name
    if (std::ranges::find(k_legal_forms, word) != k_legal_forms.end()) break;
  }
  return length > 1 ? length : 0;
}

Piece name_of(const std::vector<std::string_view>& words, std::size_t at, std::size_t length) {
  Piece piece;
  for (std::size_t i = at; i + 1 < at + length; ++i) piece.text.append(words[i]).append(" ");
  const std::string_view last = words[at + length - 1];
  piece.text += last.substr(0, end_of_name(last));
  piece.tail = last.substr(end_of_name(last));
  piece.kind = is_company_name(piece.text) ? PieceKind::company : PieceKind::name;
  return piece;
}

} // namespace

bool is_company_name(std::string_view name) {
  const std::size_t space = name.rfind(' ');
  return space != std::string_view::npos &&
         std::ranges::find(k_legal_forms, name.substr(space + 1)) != k_legal_forms.end();
}

std::vector<Piece> pieces_of(std::string_view text) {
  const std::vector<std::string_view> words = split(text);
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < words.size();) {
    if (words[at].empty()) {
      pieces.push_back({.kind = PieceKind::paragraph, .text = {}, .tail = {}});
      ++at;
      continue;
    }
    const std::size_t length = length_of_name(words, at);
    // The first word of a sentence has its capital from there, unless what follows shows a company.
    Piece name = length > 0 ? name_of(words, at, length) : Piece{};
    if (length > 0 && (name.kind == PieceKind::company || !ends_sentence(words, at))) {
      pieces.push_back(std::move(name));
      at += length;
    } else {
      pieces.push_back({.kind = PieceKind::word, .text = std::string(words[at]), .tail = {}});
      ++at;
    }
  }
  return pieces;
}

} // namespace pfind::bench
