#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

#include "indexer/bulk/output_file.hpp"

namespace pfind::bulk {

/// The bytes in a block of a table, as Xapian makes them unless told otherwise.
inline constexpr std::size_t k_block_size = 8192;

/// The bytes of the longest key that a table takes.
inline constexpr std::size_t k_longest_key = 255;

/// The revision of a database that was written in one go; blocks carry it too.
inline constexpr std::uint32_t k_revision = 1;

/// Where a table's tree begins, for the version file.
struct TableRoot {
  std::uint32_t block = 0;   ///< number of the root
  std::uint32_t blocks = 0;  ///< in the file
  unsigned level = 0;        ///< of the root; leaves are at 0
  std::uint64_t entries = 0; ///< keys
};

/// Writes one table of a Xapian database of the glass format (common/glass_format.hpp) from keys in ascending order.
/// Blocks are written in the order they fill up, so leaves come in the order of keys (Xapian's readers then step from
/// leaf to leaf without climbing).
class TableWriter {
public:
  explicit TableWriter(const std::filesystem::path& path);

  /// Adds a key greater than all before and its tag. Throws std::length_error for a key or tag that a table cannot hold,
  /// std::logic_error for a key out of order, std::system_error.
  void add(std::string_view key, std::string_view tag);

  /// Writes the rest of the tree and makes the file durable. Nothing can be added afterwards.
  TableRoot finish();

private:
  /// A block that is being filled.
  struct Block {
    Block();
    std::size_t room() const { return lowest - directory_end; }
    /// Room for an item of that size, entered in the directory.
    unsigned char* push(std::size_t size);

    std::array<unsigned char, k_block_size> bytes;
    std::size_t directory_end;
    std::size_t lowest; // where the items begin
  };

  /// What parts the block under way at a level from the one before.
  struct Separator {
    std::string key;
    std::uint16_t part = 0;
  };

  struct Level {
    Block block;
    Separator separator;
  };

  void add_item(std::string_view key, unsigned part, unsigned flags, std::string_view text);
  void add_branch(std::size_t level, std::uint32_t child, Separator separator);
  std::uint32_t write(std::size_t level);
  void pass_up(std::size_t level);

  OutputFile file_;
  std::deque<Level> levels_;
  std::string last_key_;
  std::uint32_t blocks_ = 0;
  std::uint64_t entries_ = 0;
};

} // namespace pfind::bulk
