#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tests/bench/generator/random.hpp"

namespace pfind::bench {

/// Makes up words that look like those it has learnt: each letter is drawn by the two before it.
class WordMaker {
public:
  /// Learns from a word of small letters; others are passed over.
  void learn(std::string_view word);

  /// A word of three to fourteen letters; a fixed one where nothing was learnt.
  std::string word(Random& random) const;

private:
  std::unordered_map<std::uint32_t, std::string> followers_; // of two letters: one per occurrence, '\0' for the end
};

/// `token` with another word in place of its own: its letters become `word`, in capitals as they were, or, where it
/// has digits, each digit another one. Punctuation stays.
std::string disguised(std::string_view token, std::string_view word, Random& random);

} // namespace pfind::bench
