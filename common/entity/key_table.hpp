#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>
#include <xxhash.h>

#include "common/hash_index.hpp"

namespace pfind {

/// Numbers for keys that are kept elsewhere; much less work than a std::unordered_map, for the catalog looks up every
/// name of a collection more than once.
class KeyTable {
public:
  static constexpr std::uint32_t k_none = UINT32_MAX;

  void reserve(std::size_t keys) { entries_.reserve(keys); }

  /// Gives a key a number where it has none yet. Returns the number it has, and whether that is new.
  std::pair<std::uint32_t, bool> emplace(std::string_view key, std::uint32_t number) {
    const std::uint32_t at = index_.find_or_add(hash(key), [&](std::uint32_t i) { return entries_[i].first == key; });
    const bool is_new = at == entries_.size();
    if (is_new) entries_.emplace_back(key, number);
    return {entries_[at].second, is_new};
  }

  /// The number of a key, or k_none.
  std::uint32_t find(std::string_view key) const {
    const std::uint32_t at = index_.find(hash(key), [&](std::uint32_t i) { return entries_[i].first == key; });
    return at == HashIndex::k_absent ? k_none : entries_[at].second;
  }

private:
  static std::uint64_t hash(std::string_view key) { return XXH3_64bits(key.data(), key.size()); }

  HashIndex index_;
  std::vector<std::pair<std::string_view, std::uint32_t>> entries_;
};

} // namespace pfind
