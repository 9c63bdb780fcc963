#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "common/bit_table.hpp"
#include "common/hash_index.hpp"

using namespace pfind;

namespace {

/// The number of a word among `words`, which it is added to where it is new, by a hash that many share.
std::uint32_t number_of(const std::string& word, std::vector<std::string>& words, HashIndex& index) {
  const std::uint32_t number =
      index.find_or_add(word.size() % 3, [&](std::uint32_t known) { return words[known] == word; });
  if (number == words.size()) words.push_back(word);
  return number;
}

} // namespace

TEST_CASE("elements are found by their hash and told apart where that is the same") {
  HashIndex index;
  std::vector<std::string> words;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 1000; ++i) REQUIRE(number_of(std::to_string(i), words, index) == i);
  }
  CHECK(index.count() == 1000);
  const auto is_it = [&](std::uint32_t known) { return words[known] == "17"; };
  CHECK(index.find(2, is_it) == 17);
  CHECK(index.find(1, is_it) == HashIndex::k_absent);
}

TEST_CASE("a cleared index of elements knows none, whether it keeps its memory or not") {
  HashIndex index;
  const auto nothing = [](std::uint32_t) { return false; };
  for (const std::size_t kept : {std::size_t{0}, SIZE_MAX}) {
    for (std::uint64_t hash = 0; hash < 500; ++hash) index.find_or_add(hash, nothing);
    const std::size_t memory = index.memory();
    index.clear(kept);
    CHECK(index.memory() == (kept == 0 ? 0 : memory));
    CHECK(index.count() == 0);
    CHECK(index.find(3, [](std::uint32_t) { return true; }) == HashIndex::k_absent);
    CHECK(index.find_or_add(3, nothing) == 0);
    index.clear(0);
  }
}

TEST_CASE("bits are kept by key, those of other keys and of none are not there") {
  BitTable table;
  CHECK(table.of(5) == 0);
  for (std::uint64_t key = 2; key < 2000; ++key) table[key * key] |= static_cast<std::uint32_t>(key);
  table[81] |= 1U << 20;
  CHECK(table.of(0) == 0);
  CHECK(table.of(81) == (9U | 1U << 20));
  CHECK(table.of(std::uint64_t{1999} * 1999) == 1999);
  CHECK(table.of(80) == 0);
  table.remove(1U);
  CHECK(table.of(81) == (8U | 1U << 20));
}
