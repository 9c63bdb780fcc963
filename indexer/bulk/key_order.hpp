#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace pfind::bulk {

/// The first eight bytes of a key or term, zeros behind a shorter one, as a number that is ordered as they are: most
/// are told apart by it without a look at their text.
inline std::uint64_t key_head(std::string_view key) {
  static_assert(std::endian::native == std::endian::little);
  const auto four_at = [&](std::size_t at) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, key.data() + at, sizeof bytes);
    return std::uint64_t{__builtin_bswap32(bytes)};
  };
  if (key.size() >= 8) return four_at(0) << 32 | four_at(4);
  if (key.size() >= 4) return four_at(0) << 32 | four_at(key.size() - 4) << (64 - 8 * key.size()); // some bytes twice
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < key.size(); ++i)
    head |= std::uint64_t{static_cast<unsigned char>(key[i])} << (56 - 8 * i);
  return head;
}

/// A key that is kept elsewhere, by number, with its key_head beside.
struct NumberedKey {
  std::uint64_t head = 0;
  std::uint32_t number = 0;
};

/// Puts the numbers from 0 to `count` into `order`, by ascending `key_of(number)`.
template <typename KeyOf>
void order_keys(std::size_t count, KeyOf&& key_of, std::vector<NumberedKey>& order) {
  order.resize(count);
  for (std::uint32_t number = 0; number < count; ++number) order[number] = {key_head(key_of(number)), number};
  std::ranges::sort(order, [&](const NumberedKey& a, const NumberedKey& b) {
    return a.head != b.head ? a.head < b.head : key_of(a.number) < key_of(b.number);
  });
}

} // namespace pfind::bulk
