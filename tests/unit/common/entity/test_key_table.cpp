#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "common/entity/key_table.hpp"

using pfind::KeyTable;

TEST_CASE("a key keeps the number it was given first") {
  KeyTable table;
  CHECK(table.find("nokia") == KeyTable::k_none);
  CHECK(table.emplace("nokia", 7) == std::pair(std::uint32_t{7}, true));
  CHECK(table.emplace("nokia", 8) == std::pair(std::uint32_t{7}, false));
  CHECK(table.emplace("", 9) == std::pair(std::uint32_t{9}, true));
  CHECK(table.find("nokia") == 7);
  CHECK(table.find("") == 9);
  CHECK(table.find("noki") == KeyTable::k_none);
}

TEST_CASE("many keys are told apart while the table grows") {
  std::vector<std::string> keys;
  for (std::uint32_t i = 0; i < 5000; ++i) keys.push_back("firm " + std::to_string(i));
  KeyTable table;
  for (std::uint32_t i = 0; i < keys.size(); ++i) REQUIRE(table.emplace(keys[i], 2 * i).second);
  for (std::uint32_t i = 0; i < keys.size(); ++i) REQUIRE(table.find(keys[i]) == 2 * i);
  CHECK(table.find("firm 5000") == KeyTable::k_none);
}
