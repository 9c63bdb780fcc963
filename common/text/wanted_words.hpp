#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace pfind::text {

/// What is looked for in texts: most words of a text are none of it, which is seen at a glance, by how they begin.
class WantedWords {
public:
  /// Adds a term (Token::term), also that of a compound that may be written apart.
  void add_term(std::string_view term) {
    if (const std::size_t letter = letter_of(term); letter != k_letters) {
      shortest_[letter] = std::min(shortest_[letter], term.size());
      letters_ |= 1U << letter;
    }
    terms_.emplace(term);
  }

  /// Adds a word that only one spelling will do for (Token::word).
  void add_word(std::string_view word) {
    std::string small(word); // of a `cased` one its word is asked for
    std::ranges::transform(small, small.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (const std::size_t letter = letter_of(small); letter != k_letters) letters_ |= 1U << letter;
    words_.insert(std::move(small));
  }

  /// Whether any of these begins with a letter of ASCII, in either case.
  bool may_begin_with(char letter) const { return (letters_ >> letter_of({&letter, 1}) & 1U) != 0; }

  /// Whether a folded word in ASCII may be one of these, under its stem too: that begins alike and is at most a letter
  /// longer, as American spelling is at times. What begins with no letter is its own stem.
  bool may_have(std::string_view word) const {
    const std::size_t letter = letter_of(word);
    const bool may_be_term = letter == k_letters ? terms_.contains(word) : shortest_[letter] <= word.size() + 1;
    return may_be_term || words_.contains(word);
  }

  /// Whether one of the terms begins with a folded word and goes on.
  bool may_go_on(std::string_view word) const {
    if (const std::size_t letter = letter_of(word); letter != k_letters && shortest_[letter] == k_none) return false;
    const auto next = terms_.upper_bound(word);
    return next != terms_.end() && next->starts_with(word);
  }

private:
  static constexpr std::size_t k_letters = 26;
  static constexpr std::size_t k_none = SIZE_MAX / 2; // longer than any word

  /// The number of the first letter, in either case; k_letters for anything else.
  static std::size_t letter_of(std::string_view text) {
    if (text.empty()) return k_letters;
    const auto letter = static_cast<std::size_t>(static_cast<unsigned char>(text.front() | 0x20)) - 'a';
    return std::min(letter, k_letters);
  }

  static constexpr std::array<std::size_t, k_letters> no_letters() {
    std::array<std::size_t, k_letters> none{};
    none.fill(k_none);
    return none;
  }

  std::uint32_t letters_ = 0;                                  // with which they begin, a bit each
  std::array<std::size_t, k_letters> shortest_ = no_letters(); // of the terms, by first letter
  std::set<std::string, std::less<>> terms_;
  std::set<std::string, std::less<>> words_;
};

} // namespace pfind::text
