#include <catch2/catch.hpp>
#include <random>

#include "common/codec.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind::codec;

namespace {

std::vector<std::uint32_t> decoded_set(std::string_view bytes) {
  std::vector<std::uint32_t> set;
  decode_set(bytes, set);
  return set;
}

} // namespace

TEST_CASE("numbers come back, in as few bytes as they need") {
  const auto [number, size] = GENERATE(table<std::uint64_t, std::size_t>(
      {{0, 1}, {1, 1}, {127, 1}, {128, 2}, {16383, 2}, {16384, 3}, {UINT32_MAX, 5}, {UINT64_MAX, 10}}));
  std::string bytes;
  put_number(bytes, number);
  CHECK(bytes.size() == size);
  std::string_view rest = bytes;
  CHECK(take_number(rest) == number);
  CHECK(rest.empty());
}

TEST_CASE("texts come back with any bytes in them") {
  const std::string text =
      GENERATE(std::string(), std::string("a\nb"), std::string("\0\xff", 2), std::string(300, 'x'));
  std::string bytes;
  put_text(bytes, text);
  put_text(bytes, "next");
  std::string_view rest = bytes;
  CHECK(take_text(rest) == text);
  CHECK(take_text(rest) == "next");
  CHECK(rest.empty());
}

TEST_CASE("a number that ends too early or needs more than 64 bits is damaged") {
  const std::string bytes = GENERATE(std::string(), std::string("\x80"), std::string(9, '\xff'),
                                     std::string(9, '\xff') + '\x02', std::string(11, '\xff') + '\x01');
  std::string_view rest = bytes;
  CHECK_THROWS_AS(take_number(rest), DecodeError);
}

TEST_CASE("a text that is longer than what is there is damaged") {
  std::string_view rest = "\x05text";
  CHECK_THROWS_AS(take_text(rest), DecodeError);
}

TEST_CASE("sets come back; the empty set is no bytes") {
  const std::vector<std::uint32_t> set = GENERATE(std::vector<std::uint32_t>{}, std::vector<std::uint32_t>{0},
                                                  std::vector<std::uint32_t>{0, 1, 200, 70000, UINT32_MAX});
  CHECK(decoded_set(encode_set(set)) == set);
  CHECK(encode_set(set).empty() == set.empty());
}

TEST_CASE("a set beyond 32 bits is damaged, even where the sum would wrap around") {
  std::string bytes;
  put_number(bytes, 5);
  put_number(bytes, GENERATE(std::uint64_t{UINT32_MAX}, UINT64_MAX - 3));
  CHECK_THROWS_AS(decoded_set(bytes), DecodeError);
}

TEST_CASE("a damaged set gives numbers in order or an error") {
  std::mt19937 random(1);
  const std::string whole = encode_set(std::vector<std::uint32_t>{3, 4, 90, 1000, 70000, 5'000'000});
  for (int trial = 0; trial < 2000; ++trial) {
    try {
      const auto set = decoded_set(pfind::tests::mutated(whole, random));
      CHECK(std::is_sorted(set.begin(), set.end()));
    } catch (const DecodeError&) {
      SUCCEED();
    }
  }
}
