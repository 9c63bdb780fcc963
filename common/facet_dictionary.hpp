#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/hash_index.hpp"
#include "common/schema.hpp"

namespace pfind {

/// The values of one facet and their numbers in an index: value slots hold numbers, people read names. Kept in the
/// index's metadata in blocks of names, so that a commit writes only the blocks that grew.
class FacetDictionary {
public:
  static constexpr std::uint32_t k_block = 256; ///< names per block

  explicit FacetDictionary(Field field) : field_(field) {}

  /// The metadata key of block `number`.
  std::string block_key(std::uint32_t number) const { return block_key(field_, number); }
  static std::string block_key(Field field, std::uint32_t number);

  /// What the metadata keys of all blocks of a field begin with, and no others.
  static std::string block_keys(Field field);

  /// The names of one block, in order. Throws codec::DecodeError.
  static std::vector<std::string> names_of_block(std::string_view block);

  /// Reads all blocks: `read(key)` gives a block's text, empty for none. Throws codec::DecodeError.
  template <typename Read>
  void load(Read&& read) {
    for (std::uint32_t number = 0;; ++number) {
      const std::string block = read(block_key(number));
      if (block.empty()) return;
      append_block(block);
    }
  }

  /// The text of block `number` for the metadata.
  std::string block(std::uint32_t number) const;

  /// The number of the value with that key (see facet_key), or `size()` where it has none yet.
  std::uint32_t find(std::string_view key) const;

  /// The number of a value as displayed, given a new one where no value has its key yet.
  std::uint32_t add(std::string_view name);

  std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }

  /// The value with that number as displayed. Throws codec::DecodeError where there is none: the number was stored.
  const std::string& name(std::uint32_t number) const;

  Field field() const { return field_; }

private:
  void append_block(std::string_view block);

  Field field_;
  std::vector<std::string> names_;
  HashIndex numbers_; // by facet_key(name)
};

} // namespace pfind
