#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string_view>

#include "indexer/bulk/glass_block.hpp"
#include "indexer/bulk/output_file.hpp"

namespace pfind::bulk {

/// Where a table's tree begins, for the version file.
struct TableRoot {
  std::uint32_t block = 0;   ///< number of the root
  std::uint32_t blocks = 0;  ///< in the file
  unsigned level = 0;        ///< of the root; leaves are at 0
  std::uint64_t entries = 0; ///< keys
  bool is_sequential = true; ///< whether the leaves stand in the file in the order of keys
};

/// Writes the branches of a table's tree, from its leaves in order. Each is written when it is full.
class BranchWriter {
public:
  /// Writes to the end of the file, in which there are that many blocks; both must outlive it.
  BranchWriter(OutputFile& file, std::uint32_t& blocks) : file_(file), blocks_(blocks) {}

  void add_leaf(std::uint32_t number, Separator separator);

  /// Writes the rest, for which there must have been a leaf.
  void finish(TableRoot& root);

private:
  struct Branch {
    Block block;
    Separator separator;
  };

  void add(std::size_t branch, std::uint32_t child, Separator separator);
  std::uint32_t write(std::size_t branch);
  void pass_up(std::size_t branch);

  OutputFile& file_;
  std::uint32_t& blocks_;
  std::deque<Branch> under_way_; // by level, those of leaves first
  std::uint32_t first_leaf_ = 0;
  std::uint64_t leaves_ = 0;
};

/// Writes one table of a Xapian database of the glass format from keys in ascending order. Blocks are written in the
/// order they fill up, so leaves come in the order of keys (Xapian's readers then step from leaf to leaf without
/// climbing).
class TableWriter {
public:
  explicit TableWriter(const std::filesystem::path& path);

  /// Adds a key greater than all before and its tag. Throws std::length_error for a key or tag that a table cannot
  /// hold, std::logic_error for a key out of order, std::system_error.
  void add(std::string_view key, std::string_view tag);

  /// Writes the rest of the tree and makes the file durable. Nothing can be added afterwards.
  TableRoot finish();

private:
  OutputFile file_;
  TableRoot root_;
  BranchWriter branches_;
  LeafPacker leaves_;
};

} // namespace pfind::bulk
