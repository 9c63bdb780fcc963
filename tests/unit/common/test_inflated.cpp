#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "common/codec.hpp"
#include "common/inflated.hpp"
#include "tests/support/deflated.hpp"

using pfind::inflated;
using pfind::tests::deflated;

TEST_CASE("what is deflated is inflated, however much longer it is") {
  std::mt19937 random(3);
  std::string mixed;
  for (int i = 0; i < 50'000; ++i) mixed += static_cast<char>('a' + random() % 20);
  for (const std::string& text : {std::string(), std::string("x"), std::string(1'000'000, 'x'), mixed})
    CHECK(inflated(deflated(text)) == text);
}

TEST_CASE("a text that is longer than it may be is an error") {
  const std::string text(100'000, 'x');
  CHECK(inflated(deflated(text), text.size()) == text);
  CHECK_THROWS_AS(inflated(deflated(text), text.size() - 1), pfind::codec::DecodeError);
  CHECK_THROWS_AS(inflated(deflated(text), 100), pfind::codec::DecodeError);
}

TEST_CASE("what is no deflated text, or not all of one, is an error") {
  const std::string whole = deflated("a text that is long enough to be cut off anywhere, and some more of it");
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_THROWS_AS(inflated(whole.substr(0, size)), pfind::codec::DecodeError);
  CHECK_THROWS_AS(inflated(std::string(100, '\xFF')), pfind::codec::DecodeError);
}
