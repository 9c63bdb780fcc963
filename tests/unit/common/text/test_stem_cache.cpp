#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "common/text/stem_cache.hpp"

using pfind::text::StemCache;

namespace {

/// Some stem of a word that no other has.
std::string stem_of(const std::string& word) { return "s" + word; }

} // namespace

TEST_CASE("a word is given its own stem, however many others were asked for") {
  StemCache cache;
  std::mt19937 random(1);
  for (int i = 0; i < 400'000; ++i) {
    const std::string word = std::to_string(random() % (1 + random() % 200'000)) + std::string(random() % 50, 'w');
    REQUIRE(cache.stem(word, [&] { return stem_of(word); }) == stem_of(word));
  }
  CHECK(cache.stem("", [] { return std::string(); }).empty());
}

TEST_CASE("words stay known where the cache grows") {
  StemCache cache;
  int stemmed = 0;
  const auto ask_for_all = [&] {
    for (int i = 0; i < 260; ++i) cache.stem(std::to_string(i), [&] { return ++stemmed, std::string("stem"); });
  };
  ask_for_all(); // grows with the 257th
  stemmed = 0;
  ask_for_all();
  CHECK(stemmed < 80); // those that had pushed each other out before
  stemmed = 0;
  ask_for_all();
  CHECK(stemmed == 0);
}

TEST_CASE("a frequent word is stemmed once among many rare ones") {
  StemCache cache;
  int stemmed = 0;
  const auto ask_for_frequent = [&] { cache.stem("frequent", [&] { return ++stemmed, std::string("frequent"); }); };
  for (int i = 0; i < 100'000; ++i) { // until the cache has grown
    const std::string word = std::to_string(i);
    cache.stem(word, [&] { return stem_of(word); });
  }
  for (int i = 0; i < 10; ++i) ask_for_frequent();
  stemmed = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const std::string word = "rare" + std::to_string(i);
    cache.stem(word, [&] { return stem_of(word); });
    if (i % 1000 == 0) ask_for_frequent();
  }
  CHECK(stemmed == 0);
}
