#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pfind::searcher {

/// Maps the numbers of terms (ForwardWord::term) to small indices; made for looking up many words that are mostly
/// absent.
class NumberTable {
public:
  static constexpr std::uint32_t k_absent = UINT32_MAX;

  /// Room for `entries` numbers.
  explicit NumberTable(std::size_t entries) : slots_(std::bit_ceil(2 * entries + 2)), mask_(slots_.size() - 1) {}

  /// Maps `number` to `index`, unless it is there already; returns what it is mapped to.
  std::uint32_t add(std::uint32_t number, std::uint32_t index) {
    Slot& slot = slots_[place_of(number)];
    if (slot.index == k_absent) slot = {number, index};
    filter_[number >> 26] |= bit_of(number);
    return slot.index;
  }

  /// The index of `number`, or k_absent.
  std::uint32_t find(std::uint32_t number) const {
    if ((filter_[number >> 26] & bit_of(number)) == 0) return k_absent;
    return slots_[place_of(number)].index;
  }

private:
  static std::uint64_t bit_of(std::uint32_t number) { return std::uint64_t{1} << (number >> 20 & 63); }

  /// Where `number` is, or would be.
  std::size_t place_of(std::uint32_t number) const {
    std::size_t at = number & mask_;
    while (slots_[at].index != k_absent && slots_[at].number != number) at = (at + 1) & mask_;
    return at;
  }

  struct Slot {
    std::uint32_t number = 0;
    std::uint32_t index = k_absent;
  };
  std::vector<Slot> slots_; // a power of two of them, at most half used
  std::size_t mask_;
  std::array<std::uint64_t, 64> filter_{}; // a bit for each value of the upper bits that some number has
};

} // namespace pfind::searcher
