#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/stemmer.hpp"

using pfind::text::Stemmer;

namespace {

/// Words of small letters, with endings and beginnings that stemmers look for.
std::vector<std::string> drawn_words() {
  std::mt19937 random(7);
  const std::vector<std::string> parts{"ing",  "ies",    "ed",    "ation", "ung",  "er",   "ment",  "ously",
                                       "heid", "amente", "yi",    "dy",    "di",   "bh",   "dj",    "me",
                                       "lari", "ge",     "ojime", "avime", "aite", "uote", "okate", "al"};
  std::vector<std::string> words;
  for (int i = 0; i < 20'000; ++i) {
    std::string word = random() % 4 == 0 ? parts[random() % parts.size()] : "";
    for (std::size_t n = 1 + random() % 8; n > 0; --n) word += static_cast<char>('a' + random() % 26);
    if (random() % 2 == 0) word += parts[random() % parts.size()];
    words.push_back(word);
  }
  return words;
}

/// Whether all stems begin as their words do and are no longer.
bool stems_keep_beginnings(const Stemmer& stemmer, const std::vector<std::string>& words) {
  return std::ranges::all_of(words, [&](const std::string& word) {
    const std::string stem = stemmer(word);
    return !stem.empty() && stem.front() == word.front() && stem.size() <= word.size();
  });
}

} // namespace

TEST_CASE("a stemmer knows whether stems begin as their words do") {
  const std::vector<std::string> words = drawn_words();
  const std::vector<std::string_view> languages{"ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr",
                                                "ga", "hi", "hu", "hy", "id", "it", "lt", "ne", "nl", "no",
                                                "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi", "xx", ""};
  std::size_t keeping = 0;
  for (const std::string_view language : languages) {
    const Stemmer stemmer(language);
    INFO(language);
    CHECK(stemmer.keeps_beginnings() == stems_keep_beginnings(stemmer, words));
    keeping += stemmer.keeps_beginnings() ? 1 : 0;
  }
  CHECK(keeping == languages.size() - 4);
}
