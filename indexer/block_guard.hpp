#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <sys/types.h>

#include "common/block_sums.hpp"

namespace pfind::indexer {

/// Stands between Xapian and the tables of a database that it writes to: a block that Xapian reads there and that is
/// not what was written is an error, before Xapian goes by what it says. Where it would, it may write outside of its
/// memory, go round for ever, or copy the damage into a block that is sound by its sum.
///
/// Xapian reads tables with pread and writes them with pwrite. A program that this is linked into has functions of
/// these names of its own, which Xapian calls then; they look at nothing but what goes through descriptors that are
/// open for writing and lead to a table for which a guard stands. An error is thrown through pread, which the C library
/// declares as a function that may unwind, since threads may be cancelled there. A child of fork() may use it unless
/// another thread was reading or writing such a table.
class BlockGuard {
public:
  /// To be made where nothing has been read or written since the last commit. Where that has no sums, nothing is
  /// compared.
  explicit BlockGuard(std::filesystem::path database);
  ~BlockGuard();
  BlockGuard(const BlockGuard&) = delete;
  BlockGuard& operator=(const BlockGuard&) = delete;

  /// Makes the sums of a commit, from what was written as far as possible, and goes on with them: it then does not
  /// matter what becomes of a block between its writing and that. Throws what glass::renew_block_sums does.
  void renew();

  /// What is read from a file; throws Xapian::DatabaseCorruptError where it is not what was written.
  void check_read(int file, off_t offset, std::string_view bytes);

  /// What is going to be written to a file.
  void note_write(int file, off_t offset, std::string_view bytes);

private:
  struct GuardedTable {
    dev_t device = 0;
    ino_t inode = 0; // 0 where there is no file
    std::size_t block_size = 0;
    std::optional<glass::FreeList> free{};
  };
  void take_sums();
  std::optional<glass::Table> table_of(int file) const;

  std::filesystem::path database_;
  std::shared_ptr<const glass::BlockSums> sums_;
  std::array<GuardedTable, glass::k_tables> tables_;
  std::array<glass::WrittenBlocks, glass::k_tables> written_; // since the commit that has these sums
};

} // namespace pfind::indexer
