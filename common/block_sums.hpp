#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/glass_format.hpp"

/// Sums over the blocks of a Xapian database and over its version file, kept beside them in a file of ours: Xapian's
/// format has none, and reads a number that damage made another one like any other.
namespace pfind::glass {

/// The sums that are kept with a database, as of one of its commits; for several threads at once.
class BlockSums {
public:
  /// Those of the database in a folder; null where it has none, as one that Xapian alone has written. Throws
  /// Xapian::DatabaseCorruptError where their own file is damaged, Xapian::DatabaseError where it cannot be read.
  static std::shared_ptr<const BlockSums> open(const std::filesystem::path& database);

  ~BlockSums();
  BlockSums(const BlockSums&) = delete;
  BlockSums& operator=(const BlockSums&) = delete;

  /// The commit of which they are.
  std::uint64_t revision() const { return revision_; }

  /// Whether these bytes are the version file's.
  bool fits_version(std::string_view bytes) const;

  /// Whether a block that carries a commit's number is to have a sum here, in a database of some commit: those that a
  /// later one than that of the sums has written have none. A table that is new counts its commits from 1.
  bool has(Table table, std::uint64_t number, std::uint64_t revision, std::uint64_t commit) const {
    return revision <= revision_ && (commit == revision_ || number < count(table));
  }

  /// Whether these bytes are what was written as a block of a table. Throws Xapian::DatabaseError.
  bool fits(Table table, std::uint64_t number, std::string_view block) const;

  /// The same of the last block of a list of free blocks, in which also a commit that failed in the end may have gone
  /// on, behind the end of the list.
  bool fits_end(Table table, const FreeList& free, std::string_view block) const;

  /// What `fits_end` goes by; 0 where there is no list.
  std::uint64_t free_end(Table table) const { return free_ends_.at(static_cast<std::size_t>(table)); }

  /// How many blocks of a table have one.
  std::uint64_t count(Table table) const { return counts_.at(static_cast<std::size_t>(table)); }

  /// All of a table, as they stand in the file. Throws Xapian::DatabaseError.
  const std::string& all(Table table) const;

private:
  explicit BlockSums(int file) : file_(file) {}

  bool take_head();

  int file_;
  std::uint64_t revision_ = 0;
  std::uint64_t version_ = 0; // sum of the version file
  std::array<std::uint64_t, k_tables> counts_{};
  std::array<std::uint64_t, k_tables> free_ends_{}; // sums of the last blocks of lists of free blocks, up to their ends
  mutable std::array<std::once_flag, k_tables> are_read_;
  mutable std::array<std::string, k_tables> sums_; // of each table, read when first asked for
};

/// Blocks of a table that were written since its last commit, with their sums.
class WrittenBlocks {
public:
  void note(std::uint64_t number, std::string_view block);
  bool has(std::uint64_t number) const { return number < is_written_.size() && is_written_[number]; }

  /// Whether this is what was written as a block that there is.
  bool fits(std::uint64_t number, std::string_view block) const;

  /// Puts the sums among all of the table's, of which each takes its place.
  void put_into(std::string& sums) const;

private:
  std::vector<bool> is_written_;
  std::vector<std::uint32_t> sums_;
};

/// Brings the sums of a database that nobody else writes to up to its last commit: reads the blocks that are of later
/// commits than the sums, all that are in use where there are no sums. A reader that comes between a commit and this
/// has none to go by. `written`: what was written since the commit that has sums, by table, if that was looked at: such
/// blocks are not read. Throws Xapian::DatabaseError where sums cannot be written, Xapian::DatabaseCorruptError.
void renew_block_sums(const std::filesystem::path& database,
                      const std::array<WrittenBlocks, k_tables>* written = nullptr);

/// A block that is not what was written.
struct DamagedBlock {
  Table table{};
  std::uint64_t number = 0;
  KeyRange keys; ///< of which something stands there or below it; none of a list of free blocks
};

/// Those of a database, which may be written to meanwhile; of the blocks that are older than its sums, none where it
/// has no sums. A block is also damaged from which no other is to be found. Throws Xapian::Error.
std::vector<DamagedBlock> damaged_blocks(const std::filesystem::path& database);

} // namespace pfind::glass
