#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "common/text_pool.hpp"

using pfind::TextPool;

TEST_CASE("texts stay what they are and where they are, in a pool that grows and moves") {
  TextPool pool;
  std::vector<std::string_view> kept;
  for (int i = 0; i < 5000; ++i) kept.push_back(pool.keep("text " + std::to_string(i)));
  const TextPool moved = std::move(pool);
  for (int i = 0; i < 5000; ++i) CHECK(kept[static_cast<std::size_t>(i)] == "text " + std::to_string(i));
}

TEST_CASE("a pool keeps the empty text and one longer than its pieces") {
  TextPool pool;
  CHECK(pool.keep("").empty());
  const std::string_view longest = pool.keep(std::string(100'000, 'x'));
  CHECK(pool.keep("y") == "y");
  CHECK(longest == std::string(100'000, 'x'));
}
