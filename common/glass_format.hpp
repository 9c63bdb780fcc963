#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a Xapian database of the glass format (1.4) is made of, for those who read and write it without Xapian: the
/// file that makes its tables a database, and the blocks of a table. How keys are written: glass_key.hpp.
namespace pfind::glass {

/// The tables of a database, in the order in which the version file has them.
enum class Table : std::uint8_t { postlist, docdata, termlist, position, spelling, synonym };
inline constexpr std::size_t k_tables = 6;

/// The file of a table in a database's directory.
std::filesystem::path table_file(const std::filesystem::path& database, Table table);

// --- the version file: magic, UUID, revision, a root for each table, statistics ---

/// The version file in a database's directory.
std::filesystem::path version_file(const std::filesystem::path& database);

/// What the version file begins with; the last two bytes are the version of the format, a date.
inline constexpr std::string_view k_magic{"\x0f\x0dXapian Glass\x04\x6e", 16};
inline constexpr std::size_t k_uuid_size = 16;

/// A root is block, level and flags, entries, size of blocks in units, size from which tags are compressed, and a text
/// about the list of free blocks: revision, first block never used, and where the list begins and ends (block, place).
inline constexpr std::size_t k_block_unit = 2048; // bytes
inline constexpr unsigned k_level_shift = 2;      // flags stand below
inline constexpr unsigned k_no_root = 1;          // the table is empty
inline constexpr unsigned k_sequential = 2;       // the leaves stand in the file in the order of keys
inline constexpr std::uint64_t k_levels = 10;     // for which Xapian has place

/// The level of blocks that list those of a table that are free: each but the last one names the next at its end.
inline constexpr unsigned k_free_list = 254;

inline constexpr std::size_t k_free_begin = 8; // where the numbers of free blocks begin in one of these
inline constexpr std::size_t k_free_entry = 4;

/// Where such a list begins and ends.
struct FreeList {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::uint64_t end = 0; ///< in bytes from the beginning of the last block: what comes then is not in the list yet
};

/// Where a table's tree begins, as the version file says: numbers that may be any.
struct Root {
  std::uint64_t block = 0;
  std::uint64_t level = 0; ///< of the root; leaves are at 0
  bool is_empty = false;   ///< there is no tree
  std::uint64_t entries = 0;
  std::uint64_t block_units = 0;
  std::uint64_t blocks = 0; ///< those from this number on were never used
  std::optional<FreeList> free;

  /// Whether it is one that there can be. Xapian 1.4 believes others, too.
  bool is_possible() const;
};

struct Version {
  std::string uuid; ///< as Xapian::Database::get_uuid shows it
  std::uint64_t revision = 0;
  std::array<Root, k_tables> roots;

  const Root& root(Table table) const { return roots.at(static_cast<std::size_t>(table)); }
};

/// The version file's bytes; none where it is missing.
std::string version_bytes(const std::filesystem::path& database);

/// What a version file says; nothing where it is cut short or of another format.
std::optional<Version> parse_version(std::string_view bytes);

/// What the version file of a database says; nothing where it is missing, too.
inline std::optional<Version> read_version(const std::filesystem::path& database) {
  return parse_version(version_bytes(database));
}

// --- the blocks of a table ---
//
// A table is a B-tree in a file, which is a row of blocks, numbered from 0. All numbers are big-endian:
//
//     block  revision(4) level(1) free bytes in one piece(2) free bytes(2) end of directory(2)
//            directory: offset(2) of each item, in the order of keys; free bytes; items
//     leaf   flags and size(2) length of key(1) key [number of the part(2)] part of the tag
//     branch block(4) length of key(1) key number of the part(2)
//
// An item takes at most a quarter of a block; longer tags are cut into parts, numbered from 1, and only the later ones
// carry their number. The first leaf begins with an item for the empty key. A branch item's key parts what is below it
// from what is below the one before; the first of each block has none.

// Where they stand in a block, or what they take.
inline constexpr std::size_t k_level = 4;
inline constexpr std::size_t k_directory_end = 9;
inline constexpr std::size_t k_header = 11;
inline constexpr std::size_t k_entry = 2;     // of the directory
inline constexpr std::size_t k_leaf_head = 3; // flags and size, length of the key
inline constexpr std::size_t k_branch_head = 5;
inline constexpr std::size_t k_part_number = 2;

/// Of which commit the block is that begins with these bytes.
inline std::uint64_t block_revision(const char* block) {
  std::uint64_t revision = 0;
  for (std::size_t i = 0; i < k_level; ++i) revision = revision << 8 | static_cast<unsigned char>(block[i]);
  return revision;
}

/// Keys of a table that follow each other: those from `first` on that are before `end`; all where that is nothing.
struct KeyRange {
  std::string first{};
  std::optional<std::string> end{};

  bool has(std::string_view key) const { return key >= first && (!end || key < *end); }
};

/// The block of a list of free blocks that follows one that is not the last.
std::uint32_t next_of_free_list(std::string_view block);

/// A block below another, with the keys of which something may stand there.
struct BlockBelow {
  std::uint32_t number = 0;
  KeyRange keys;
};

/// The blocks below a block that is no leaf, which has these keys. Throws Xapian::DatabaseCorruptError where it cannot
/// be one.
std::vector<BlockBelow> blocks_below(std::string_view block, const KeyRange& keys);

// Of a leaf's item: flags, and its size without these two bytes and the length of the key.
inline constexpr unsigned k_deflated = 0x8000;
inline constexpr unsigned k_last_part = 0x4000;
inline constexpr unsigned k_first_part = 0x2000;
inline constexpr unsigned k_size = 0x1FFF;

} // namespace pfind::glass
