#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "common/codec.hpp"
#include "common/facet_dictionary.hpp"
#include "tests/support/mutations.hpp"

using pfind::FacetDictionary;
using pfind::Field;

namespace {

using Metadata = std::map<std::string, std::string>;

Metadata stored(const FacetDictionary& dictionary) {
  Metadata blocks;
  for (std::uint32_t number = 0; number * FacetDictionary::k_block < dictionary.size(); ++number)
    blocks[dictionary.block_key(number)] = dictionary.block(number);
  return blocks;
}

FacetDictionary loaded(const Metadata& blocks) {
  FacetDictionary dictionary(Field::company);
  dictionary.load([&](const std::string& key) {
    const auto it = blocks.find(key);
    return it == blocks.end() ? std::string() : it->second;
  });
  return dictionary;
}

} // namespace

TEST_CASE("values are numbered in the order they come") {
  FacetDictionary dictionary(Field::company);
  CHECK(dictionary.add("Huawei") == 0);
  CHECK(dictionary.add("Nokia") == 1);
  CHECK(dictionary.add("Huawei") == 0);
  CHECK(dictionary.size() == 2);
  CHECK(dictionary.find("nokia") == 1);
  CHECK(dictionary.find("vivo") == dictionary.size());
}

TEST_CASE("spellings with one key are one value, shown as it came first") {
  FacetDictionary dictionary(Field::company);
  CHECK(dictionary.add("OPPO") == 0);
  CHECK(dictionary.add("Oppo") == 0);
  CHECK(dictionary.size() == 1);
  CHECK(dictionary.name(0) == "OPPO");
}

TEST_CASE("a value is found by its key, however it is written") {
  FacetDictionary dictionary(Field::company);
  const std::vector<std::string> names{"OPPO", "d'Or", "U.S. Steel", "Zürich Re", "AT&T", "a-b", "[x]", "nokia"};
  for (std::uint32_t i = 0; i < names.size(); ++i) CHECK(dictionary.add(names[i]) == i);
  for (std::uint32_t i = 0; i < names.size(); ++i) CHECK(dictionary.find(pfind::facet_key(names[i])) == i);
  CHECK(dictionary.find("x") == 6);
  CHECK(dictionary.find("OPPO") == names.size()); // which is no key
  CHECK(dictionary.find("opp") == names.size());
  CHECK(dictionary.add("{X") == 6);
}

TEST_CASE("a dictionary comes back from its blocks") {
  const std::uint32_t size =
      GENERATE(0U, 1U, FacetDictionary::k_block, FacetDictionary::k_block + 1, 3 * FacetDictionary::k_block);
  FacetDictionary dictionary(Field::company);
  for (std::uint32_t i = 0; i < size; ++i) dictionary.add(fmt::format("Firm {}", i));
  const FacetDictionary again = loaded(stored(dictionary));
  REQUIRE(again.size() == size);
  for (std::uint32_t i = 0; i < size; ++i) CHECK(again.name(i) == dictionary.name(i));
}

TEST_CASE("a name with a line end is one value") {
  FacetDictionary dictionary(Field::author);
  dictionary.add("Ann\nLee");
  dictionary.add("Bo Chen");
  const FacetDictionary again = loaded(stored([&] {
    FacetDictionary same(Field::company);
    for (std::uint32_t i = 0; i < dictionary.size(); ++i) same.add(dictionary.name(i));
    return same;
  }()));
  REQUIRE(again.size() == 2);
  CHECK(again.name(0) == "Ann\nLee");
  CHECK(again.name(1) == "Bo Chen");
}

TEST_CASE("a number that no value has is damage") {
  FacetDictionary dictionary(Field::company);
  dictionary.add("Huawei");
  CHECK_THROWS_AS(dictionary.name(1), pfind::codec::DecodeError);
}

TEST_CASE("a damaged block gives names or an error") {
  FacetDictionary dictionary(Field::company);
  for (int i = 0; i < 20; ++i) dictionary.add(fmt::format("Firm {}", i));
  std::mt19937 random(3);
  for (int trial = 0; trial < 2000; ++trial) {
    Metadata blocks = stored(dictionary);
    std::string& block = blocks.begin()->second;
    block = pfind::tests::mutated(block, random);
    try {
      const std::uint32_t size = loaded(blocks).size();
      CHECK(size <= block.size());
    } catch (const pfind::codec::DecodeError&) {
      SUCCEED();
    }
  }
}
