#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "common/bit_view.hpp"

using pfind::BitView;

TEST_CASE("bits are counted and found as in a vector of them, whatever follows the last") {
  std::mt19937 random(1);
  for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 63U, 64U, 65U, 130U, 1000U}) {
    std::vector<unsigned char> bytes(BitView::bytes_of(size)); // exactly so large, for the address sanitizer to see
    for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(random());
    const BitView bits(bytes.data(), size);
    std::size_t before = 0;
    for (std::size_t at = 0; at < size; ++at) {
      const bool is_set = (bytes[at / 8] >> at % 8 & 1) != 0;
      CHECK(bits[at] == is_set);
      CHECK(bits.count_before(at) == before);
      if (is_set) CHECK(bits.find(before++) == at);
    }
    CHECK(bits.count() == before);
    CHECK(bits.find(before) == size);
  }
  CHECK(BitView().count() == 0);
}
