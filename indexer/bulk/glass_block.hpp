#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "common/glass_format.hpp"

/// The blocks of a table of the glass format (common/glass_format.hpp), as they are written.
namespace pfind::bulk {

/// The bytes in a block of a table, as Xapian makes them unless told otherwise.
inline constexpr std::size_t k_block_size = 8192;

/// The bytes of the longest key that a table takes.
inline constexpr std::size_t k_longest_key = 255;

/// The revision of a database that was written in one go; blocks carry it too.
inline constexpr std::uint32_t k_revision = 1;

/// An item of a leaf: an entry of the table, or a part of one.
struct LeafItem {
  std::string_view key;
  unsigned part = 1;  ///< counted from 1
  unsigned flags = 0; ///< glass::k_first_part, k_last_part
  std::string_view text;
};

/// How many items a leaf has that was written here and read back, and one of them, as views of it. Throw
/// codec::DecodeError where it is not what was written.
std::size_t item_count(std::string_view leaf);
LeafItem item_at(std::string_view leaf, std::size_t index);

/// What parts a block from the one before: the least key, and part of its tag, that may be in it.
struct Separator {
  std::string key;
  std::uint16_t part = 0;
};

/// A block that is being filled.
class Block {
public:
  Block();

  bool is_empty() const { return directory_end_ == glass::k_header; }

  /// Whether there is room for an item.
  bool has_room(const LeafItem& item) const { return room() >= size_of(item) + glass::k_entry; }
  bool has_room(const Separator& separator) const { return room() >= size_of(separator) + glass::k_entry; }

  /// Bytes that are free.
  std::size_t room() const { return lowest_ - directory_end_; }

  /// Adds an item, for which there is room.
  void add(const LeafItem& item);
  void add(std::uint32_t child, const Separator& separator);

  /// Completes it as one of that level; the bytes hold as long as the block.
  std::string_view complete(unsigned level);

private:
  static std::size_t size_of(const LeafItem& item);
  static std::size_t size_of(const Separator& separator);
  unsigned char* push(std::size_t size);

  std::array<unsigned char, k_block_size> bytes_;
  std::size_t directory_end_;
  std::size_t lowest_; // where the items begin
};

/// Packs entries by ascending key into leaves. Tags that are too long for an item are cut into parts.
class LeafPacker {
public:
  /// Calls `use(leaf, separator)` for each leaf that is full.
  explicit LeafPacker(std::function<void(std::string_view, Separator)> use) : use_(std::move(use)) {}

  /// Adds an entry with a key greater than all before. Throws std::length_error for a key or tag that a table cannot
  /// hold, std::logic_error for a key out of order, and what `use` does.
  void add(std::string_view key, std::string_view tag);

  /// Adds an item as it stood in another leaf.
  void add(const LeafItem& item);

  /// Adds the item that the first leaf of a table begins with.
  void add_first() { add({.flags = glass::k_first_part | glass::k_last_part}); }

  /// Ends the leaf under way, if there is one; more can be added to others.
  void finish();

private:
  std::function<void(std::string_view, Separator)> use_;
  Block leaf_;
  Separator separator_; // of that
  std::string last_key_;
};

} // namespace pfind::bulk
