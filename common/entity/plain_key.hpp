#pragma once

#include <string_view>

namespace pfind {

/// Whether a text is, for all to see, its own facet_key: ASCII small letters, digits, "+" and "#" in words with one
/// space between. Most keys are.
constexpr bool is_plain_key(std::string_view text) {
  bool is_in_word = false;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '#';
    if (!is_letter && (c != ' ' || !is_in_word)) return false;
    is_in_word = is_letter;
  }
  return is_in_word;
}

} // namespace pfind
