#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <endian.h>

namespace pfind {

/// Reads stored bits, the lowest of each byte first.
class BitView {
public:
  static constexpr std::size_t bytes_of(std::size_t bits) { return (bits + 7) / 8; }

  /// No bits.
  BitView() = default;

  /// So many bits, which begin at `bytes`, are bytes_of(size) bytes and must outlive the view. What is left of the last
  /// byte may be anything.
  BitView(const unsigned char* bytes, std::size_t size) : bytes_(bytes), size_(size) {}

  bool operator[](std::size_t at) const { return (bytes_[at / 8] >> (at % 8) & 1) != 0; }

  /// How many of the first `end` bits are set.
  std::size_t count_before(std::size_t end) const {
    std::size_t count = 0;
    for (std::size_t at = 0; at < end; at += k_word) count += set_in(word(at) & first_bits(end - at));
    return count;
  }

  /// How many are set.
  std::size_t count() const { return count_before(size_); }

  /// Where the bit is before which `before` others are set; behind the last bit where no more are.
  std::size_t find(std::size_t before) const {
    for (std::size_t at = 0; at < size_; at += k_word) {
      std::uint64_t bits = word(at) & first_bits(size_ - at);
      const std::size_t count = set_in(bits);
      if (before >= count) {
        before -= count;
        continue;
      }
      for (; before > 0; --before) bits &= bits - 1;
      return at + static_cast<std::size_t>(std::countr_zero(bits));
    }
    return size_;
  }

private:
  static constexpr std::size_t k_word = 64;

  static std::size_t set_in(std::uint64_t bits) { return static_cast<std::size_t>(std::popcount(bits)); }

  static std::uint64_t first_bits(std::size_t count) {
    return count >= k_word ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  }

  /// 64 bits from that one on, which is the first of a byte; zeros behind the last byte.
  std::uint64_t word(std::size_t at) const {
    std::uint64_t bits = 0;
    std::memcpy(&bits, bytes_ + at / 8, std::min(sizeof bits, bytes_of(size_ - at)));
    return le64toh(bits);
  }

  const unsigned char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace pfind
