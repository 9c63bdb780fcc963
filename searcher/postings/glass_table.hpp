#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/block_sums.hpp"
#include "common/glass_format.hpp"

namespace pfind::searcher {

/// A table of a Xapian database of the glass format (1.4), such as that of posting lists and values, read without
/// Xapian: its readers take several times as long per posting, and show postings one by one only.
/// common/glass_format.hpp describes the format.
///
/// Read like Xapian reads: block by block by number as of one revision. A writer may reuse blocks of older revisions
/// while they are read; they then carry a later one and are refused. Some blocks are kept, since those of a list are
/// wanted again and again while a query is looked at in steps. Where there are sums of the blocks, each is compared
/// with its own when it is first read. Not for several threads at once.
class GlassTable {
public:
  /// A table of the database in the folder `path`, as of the revision of `database`, which was opened from there.
  /// Null where that is not (or no more) what lies there, where the table is empty, and where it is in a form that only
  /// Xapian knows: then that is to be asked. `sums` are those of the database, or null.
  static std::shared_ptr<const GlassTable> open(const std::filesystem::path& path, const Xapian::Database& database,
                                                glass::Table table = glass::Table::postlist,
                                                std::shared_ptr<const glass::BlockSums> sums = nullptr);

  /// Whether its blocks are compared with sums.
  bool has_sums() const { return sums_ != nullptr; }

  /// The same for another thread. It must not outlive this one, whose file it reads.
  std::unique_ptr<const GlassTable> another() const;

  ~GlassTable();
  GlassTable(const GlassTable&) = delete;
  GlassTable& operator=(const GlassTable&) = delete;

private:
  friend class GlassCursor;

  /// The bytes of a block, which are nothing until they are read.
  class Block {
  public:
    explicit Block(std::size_t size) : bytes_(std::make_unique_for_overwrite<unsigned char[]>(size)), size_(size) {}

    std::size_t size() const { return size_; }
    unsigned char* data() { return bytes_.get(); }
    const unsigned char* data() const { return bytes_.get(); }
    const unsigned char& operator[](std::size_t at) const { return bytes_[at]; }

  private:
    std::unique_ptr<unsigned char[]> bytes_;
    std::size_t size_;
  };

  enum class Sum { unknown, fits, differs };

  struct Root {
    std::uint32_t block = 0;
    unsigned level = 0; ///< of the root; leaves are at 0
    std::size_t block_size = 0;
    std::uint64_t revision = 0;
  };

  GlassTable(int file, bool owns_file, const Root& root, glass::Table table,
             std::shared_ptr<const glass::BlockSums> sums)
      : file_(file), owns_file_(owns_file), root_(root), table_(table), sums_(std::move(sums)) {}

  /// A block. Throws Xapian::DatabaseModifiedError where a writer has reused it, Xapian::DatabaseCorruptError.
  std::shared_ptr<const Block> block(std::uint32_t number, unsigned level) const;
  std::shared_ptr<const Block> read(std::uint32_t number) const;
  Sum compare(std::uint32_t number, const Block& block) const;

  // Blocks of 8 KB, 12 MB at most. Those above leaves are on the way to many, and do not give way to these.
  static constexpr std::size_t k_kept_leaves = 512;
  static constexpr std::size_t k_kept_branches = 1024;

  struct Kept {
    std::uint32_t number = 0;
    std::shared_ptr<const Block> block;
  };

  int file_;
  bool owns_file_;
  Root root_;
  glass::Table table_;
  std::shared_ptr<const glass::BlockSums> sums_; // null where there are none of this commit
  mutable std::vector<bool> compared_;           // by number of block
  // Each block in a place that follows from its number.
  mutable std::vector<Kept> leaves_ = std::vector<Kept>(k_kept_leaves);
  mutable std::vector<Kept> branches_ = std::vector<Kept>(k_kept_branches);
};

/// A place among the keys of a table. Throws what reading blocks throws, on any bytes.
class GlassCursor {
public:
  /// `table` must outlive the cursor.
  explicit GlassCursor(const GlassTable& table);

  /// Moves to the key, or where there is none such, to the last before it; says whether it is the key.
  bool find(std::string_view key);

  /// Moves to the next key; false at the end of the table.
  bool next();

  /// Reads all blocks that hold keys from `first` to `last`. The cursor then stands anywhere.
  void pass(std::string_view first, std::string_view last);

  /// The key; holds until the cursor is moved or tag() is called.
  std::string_view key() const { return item_key(item_); }

  /// What is stored under the key; holds until the cursor is moved. To be asked for once.
  std::string_view tag();

private:
  struct Level {
    std::shared_ptr<const GlassTable::Block> block; ///< null until one is entered
    std::uint32_t number = 0;
    std::size_t at = 0; ///< number of the item within the block
  };

  /// What stands in a leaf: a key and its tag, or a part of that.
  struct Item {
    const unsigned char* key = nullptr;
    std::size_t key_size = 0;
    std::string_view tag;
    unsigned part = 1;
    bool is_last_part = true;
    bool is_deflated = false;
  };

  static std::string_view item_key(const Item& item) {
    return {reinterpret_cast<const char*>(item.key), item.key_size};
  }
  std::size_t items(const Level& level) const;
  std::size_t offset(const Level& level, std::size_t at) const;
  Item item_at(std::size_t at) const;
  void take_item() { item_ = item_at(levels_.front().at); }
  void enter(std::size_t level, std::uint32_t block);
  void descend(std::string_view key);
  void choose_branch(std::size_t level, std::string_view key);
  std::uint32_t child(std::size_t level) const;
  bool choose_item(std::string_view key);
  bool is_within_leaf(std::string_view key) const;
  bool step(int direction);
  std::string_view stored_tag();

  const GlassTable& table_;
  std::vector<Level> levels_; // leaves first
  Item item_;                 // at which it stands
  std::string assembled_;     // a tag that stands in parts
  std::string inflated_;      // a tag that is deflated
};

} // namespace pfind::searcher
