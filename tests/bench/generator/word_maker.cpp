#include "tests/bench/generator/word_maker.hpp"

#include <algorithm>

namespace pfind::bench {
namespace {

constexpr std::size_t k_shortest = 3;
constexpr std::size_t k_longest = 14;
constexpr std::size_t k_most_followers = 4096; // enough to draw from

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char capital(char c) { return is_small(c) ? static_cast<char>(c - 'a' + 'A') : c; }

std::uint32_t pair_of(char a, char b) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(a)) << 8U | static_cast<unsigned char>(b);
}

} // namespace

void WordMaker::learn(std::string_view word) {
  if (word.size() < k_shortest || !std::ranges::all_of(word, is_small)) return;
  char before = 0, last = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    const char next = i < word.size() ? word[i] : '\0';
    std::string& followers = followers_[pair_of(before, last)];
    if (followers.size() < k_most_followers) followers += next;
    before = last;
    last = next;
  }
}

std::string WordMaker::word(Random& random) const {
  std::string word;
  char before = 0, last = 0;
  while (word.size() < k_longest) {
    const auto found = followers_.find(pair_of(before, last));
    if (found == followers_.end()) return word.empty() ? "word" : word;
    const char next = found->second[random.below(found->second.size())];
    if (next == '\0') {
      if (word.size() >= k_shortest) break;
      before = last = 0; // too short: goes on as another word begins
      continue;
    }
    word += next;
    before = last;
    last = next;
  }
  return word;
}

std::string disguised(std::string_view token, std::string_view word, Random& random) {
  std::string made(token);
  if (std::ranges::any_of(made, is_digit)) {
    for (char& c : made) {
      if (is_digit(c)) c = static_cast<char>('1' + random.below(9));
    }
    return made;
  }
  const auto is_letter = [](char c) { return is_small(c) || is_capital(c) || static_cast<unsigned char>(c) >= 0x80; };
  const auto first = std::ranges::find_if(token, is_letter);
  const auto last = std::find_if(token.rbegin(), std::make_reverse_iterator(first), is_letter).base();
  const std::string_view letters(first, last);
  std::string put(word);
  if (!letters.empty() && is_capital(letters.front())) {
    const bool all = letters.size() > 1 && std::ranges::none_of(letters, is_small);
    std::ranges::transform(put, put.begin(), [&, at = 0](char c) mutable { return all || at++ == 0 ? capital(c) : c; });
  }
  return std::string(token.begin(), first) + put + std::string(last, token.end());
}

} // namespace pfind::bench
