#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "searcher/ranking/number_table.hpp"

using pfind::searcher::NumberTable;

TEST_CASE("a table of numbers knows what was added, and nothing else") {
  std::mt19937 random(7);
  for (const std::size_t entries : {0, 1, 2, 30, 500}) {
    NumberTable table(entries);
    std::map<std::uint32_t, std::uint32_t> model;
    for (std::uint32_t i = 0; i < entries; ++i) {
      const auto number = static_cast<std::uint32_t>(random() % (i % 2 == 0 ? 64 : UINT32_MAX)); // near and far
      const std::uint32_t index = model.try_emplace(number, i).first->second;
      CHECK(table.add(number, i) == index); // added before: as it was
    }
    for (const auto& [number, index] : model) CHECK(table.find(number) == index);
    for (int i = 0; i < 1000; ++i) {
      const auto number = static_cast<std::uint32_t>(random());
      if (!model.contains(number)) CHECK(table.find(number) == NumberTable::k_absent);
    }
  }
}
