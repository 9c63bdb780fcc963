#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace pfind {

/// Bits by key, for keys that are hashes already (of which 0 and 1 count as one): open addressing, a key and its bits
/// side by side.
class BitTable {
public:
  /// The bits of a key; none where it is not there.
  std::uint32_t of(std::uint64_t key) const { return slots_.empty() ? 0 : slots_[place_of(stored(key))].bits; }

  /// The bits of a key, to be changed; valid until the next key is added.
  std::uint32_t& operator[](std::uint64_t key) {
    if (2 * count_ >= slots_.size()) grow();
    Slot& slot = slots_[place_of(stored(key))];
    count_ += slot.key == k_free ? 1 : 0;
    slot.key = stored(key);
    return slot.bits;
  }

  /// Takes bits away from all keys.
  void remove(std::uint32_t bits) {
    for (Slot& slot : slots_) slot.bits &= ~bits;
  }

private:
  static constexpr std::uint64_t k_free = 0;
  static constexpr std::size_t k_least = 256; // a power of two, as all sizes are

  struct Slot {
    std::uint64_t key = k_free;
    std::uint32_t bits = 0;
  };

  static std::uint64_t stored(std::uint64_t key) { return key == k_free ? 1 : key; }

  std::size_t place_of(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (key ^ key >> 32) & mask; // FNV alone fills the low bits unevenly
    while (slots_[at].key != key && slots_[at].key != k_free) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(std::max(k_least, 2 * slots_.size())));
    for (const Slot& slot : before) {
      if (slot.key != k_free) slots_[place_of(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

} // namespace pfind
