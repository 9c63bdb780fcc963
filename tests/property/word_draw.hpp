#pragma once

#include <random>
#include <string>

namespace pfind::tests {

/// Draws words of which some are everywhere and others in hardly an article, the same for the same seed.
class WordDraw {
public:
  explicit WordDraw(unsigned seed) : random_(seed) {}

  unsigned below(unsigned limit) { return static_cast<unsigned>(random_()) % limit; }

  /// The lower the letter, the more frequent.
  std::string word() { return std::string(1, static_cast<char>('a' + below(1 + below(1 + below(26))))); }

private:
  std::mt19937 random_;
};

} // namespace pfind::tests
