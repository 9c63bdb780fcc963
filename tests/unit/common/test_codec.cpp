#include <catch2/catch.hpp>
#include <random>

#include "common/codec.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind::codec;

namespace {

std::vector<std::uint32_t> decoded_numbers(std::string_view bytes) {
  std::vector<std::uint32_t> set;
  decode_numbers(bytes, set);
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

TEST_CASE("lists of numbers come back in their order, none is no bytes") {
  const std::vector<std::uint32_t> numbers = GENERATE(std::vector<std::uint32_t>{}, std::vector<std::uint32_t>{0},
                                                      std::vector<std::uint32_t>{200, 0, UINT32_MAX, 70000, 1});
  CHECK(decoded_numbers(encode_numbers(numbers)) == numbers);
  CHECK(encode_numbers(numbers).empty() == numbers.empty());
}

TEST_CASE("a number beyond 32 bits is damaged") {
  std::string bytes;
  put_number(bytes, 5);
  put_number(bytes, GENERATE(std::uint64_t{UINT32_MAX} + 1, UINT64_MAX));
  CHECK_THROWS_AS(decoded_numbers(bytes), DecodeError);
}

TEST_CASE("damaged numbers are numbers or an error") {
  std::mt19937 random(1);
  const std::string whole = encode_numbers(std::vector<std::uint32_t>{3, 4, 90, 1000, 70000, 5'000'000});
  for (int trial = 0; trial < 2000; ++trial) {
    try {
      const auto set = decoded_numbers(pfind::tests::mutated(whole, random));
      CHECK(set.size() <= whole.size() + 64);
    } catch (const DecodeError&) {
      SUCCEED();
    }
  }
}
