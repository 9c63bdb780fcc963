#include <catch2/catch.hpp>

#include "searcher/ranking/query_words.hpp"

using namespace pfind::searcher;

TEST_CASE("a word is noted once, however often it is added, and its capitals are kept") {
  QueryWords words;
  CHECK(words.add({.word = "us", .terms = {"us"}}) == 0);
  CHECK(words.add({.word = "court", .terms = {"court"}}) == 1);
  CHECK(words.add({.word = "us", .terms = {"us"}, .acronym = "US"}) == 0);
  REQUIRE(words.words.size() == 2);
  CHECK(words.words[0].repeats == 2);
  CHECK(words.words[0].acronym == "US");
}

TEST_CASE("neighbours are noted once, a word is none of its own, and there are not too many") {
  QueryWords words;
  words.add_neighbours(0, 1);
  words.add_neighbours(0, 1);
  words.add_neighbours(1, 0);
  words.add_neighbours(2, 2);
  CHECK(words.neighbours.size() == 2);
  for (std::size_t i = 0; i < 1000; ++i) words.add_neighbours(i, i + 1);
  CHECK(words.neighbours.size() == 64);
}
