#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace pfind {

/// Finds elements that are kept elsewhere, numbered from 0, by a hash of their key: open addressing, with the hash
/// beside the number, so that hardly an element is looked at in vain and none when the table grows.
class HashIndex {
public:
  static constexpr std::uint32_t k_absent = UINT32_MAX;

  /// The number of the element with that hash for which `is_it(number)`, or k_absent.
  template <typename IsIt>
  std::uint32_t find(std::uint64_t hash, IsIt&& is_it) const {
    if (slots_.empty()) return k_absent;
    return slots_[place_of(hash, is_it)].number;
  }

  /// Likewise; where there is none, the element is the next, whose number is how many there are.
  template <typename IsIt>
  std::uint32_t find_or_add(std::uint64_t hash, IsIt&& is_it) {
    if (2 * std::size_t{count_} >= slots_.size()) grow();
    Slot& slot = slots_[place_of(hash, is_it)];
    if (slot.number == k_absent) slot = {static_cast<std::uint32_t>(hash), count_++};
    return slot.number;
  }

  /// Has the processor fetch where an element with that hash is found, which takes it some time, while something else
  /// is done.
  void fetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[static_cast<std::uint32_t>(hash) & (slots_.size() - 1)]);
  }

  /// The number of an element that very likely has that hash, or k_absent.
  std::uint32_t guess(std::uint64_t hash) const {
    return find(hash, [](std::uint32_t) { return true; });
  }

  std::uint32_t count() const { return count_; }

  std::size_t memory() const { return slots_.size() * sizeof(Slot); }

  /// Forgets all elements; a table of more than `kept` slots is given back.
  void clear(std::size_t kept) {
    if (slots_.size() > kept)
      slots_ = {};
    else
      std::ranges::fill(slots_, Slot{});
    count_ = 0;
  }

private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = k_absent;
  };

  static constexpr std::size_t k_least = 256; // a power of two, as all sizes are

  template <typename IsIt>
  std::size_t place_of(std::uint64_t hash, IsIt&& is_it) const {
    const std::size_t mask = slots_.size() - 1;
    const auto kept = static_cast<std::uint32_t>(hash);
    std::size_t at = kept & mask;
    while (slots_[at].number != k_absent && (slots_[at].hash != kept || !is_it(slots_[at].number)))
      at = (at + 1) & mask;
    return at;
  }

  void grow() {
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(std::max(k_least, 2 * slots_.size())));
    for (const Slot& slot : before) {
      if (slot.number == k_absent) continue;
      slots_[place_of(slot.hash, [](std::uint32_t) { return false; })] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::uint32_t count_ = 0;
};

} // namespace pfind
