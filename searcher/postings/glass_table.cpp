#include "searcher/postings/glass_table.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

#include "common/codec.hpp"
#include "common/glass_format.hpp"
#include "common/inflated.hpp"

namespace pfind::searcher {
namespace {

using glass::k_branch_head;
using glass::k_deflated;
using glass::k_directory_end;
using glass::k_entry;
using glass::k_first_part;
using glass::k_header;
using glass::k_last_part;
using glass::k_leaf_head;
using glass::k_level;
using glass::k_part_number;
using glass::k_size;

std::size_t get_16(const unsigned char* at) { return static_cast<std::size_t>(at[0] << 8 | at[1]); }

std::uint32_t get_32(const unsigned char* at) {
  return static_cast<std::uint32_t>(get_16(at)) << 16 | static_cast<std::uint32_t>(get_16(at + 2));
}

[[noreturn]] void fail() { throw Xapian::DatabaseCorruptError("a block of a table is damaged"); }

} // namespace

std::shared_ptr<const GlassTable> GlassTable::open(const std::filesystem::path& path, const Xapian::Database& database,
                                                   glass::Table table, std::shared_ptr<const glass::BlockSums> sums) {
  const std::optional<glass::Version> version = glass::read_version(path);
  if (!version || version->revision != database.get_revision() || version->uuid != database.get_uuid()) return nullptr;
  const glass::Root& root = version->root(table);
  if (root.is_empty || !root.is_possible() || root.block > UINT32_MAX) return nullptr;
  const int file = ::open(glass::table_file(path, table).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  if (sums != nullptr && sums->revision() > version->revision) sums = nullptr; // of a commit that was lost since
  return std::shared_ptr<const GlassTable>(new GlassTable(file, true,
                                                          {.block = static_cast<std::uint32_t>(root.block),
                                                           .level = static_cast<unsigned>(root.level),
                                                           .block_size = root.block_units * glass::k_block_unit,
                                                           .revision = version->revision},
                                                          table, std::move(sums)));
}

std::unique_ptr<const GlassTable> GlassTable::another() const {
  std::unique_ptr<GlassTable> other(new GlassTable(file_, false, root_, table_, sums_));
  other->compared_ = compared_;
  return other;
}

GlassTable::~GlassTable() {
  if (owns_file_) close(file_);
}

std::shared_ptr<const GlassTable::Block> GlassTable::block(std::uint32_t number, unsigned level) const {
  std::vector<Kept>& places = level == 0 ? leaves_ : branches_;
  Kept& kept = places[number % places.size()];
  if (kept.block == nullptr || kept.number != number) {
    kept.block = read(number);
    kept.number = number;
  }
  if ((*kept.block)[k_level] != level) fail();
  return kept.block;
}

std::shared_ptr<const GlassTable::Block> GlassTable::read(std::uint32_t number) const {
  auto read = std::make_shared<Block>(root_.block_size);
  Block& block = *read;
  const off_t begin = static_cast<off_t>(number) * static_cast<off_t>(block.size());
  for (std::size_t got = 0; got < block.size();) {
    const ssize_t more = pread(file_, block.data() + got, block.size() - got, begin + static_cast<off_t>(got));
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) throw Xapian::DatabaseError("cannot read a table", errno);
    if (more == 0) fail();
    got += static_cast<std::size_t>(more);
  }
  const auto check_revision = [&](const unsigned char* at) {
    if (get_32(at) > root_.revision) throw Xapian::DatabaseModifiedError("a writer has reused a block of a table");
  };
  check_revision(block.data());
  const Sum sum = compare(number, block);
  if (sum != Sum::fits) { // what is written over while it is read may begin as it was and end as it will be
    std::array<unsigned char, 4> revision{};
    if (pread(file_, revision.data(), revision.size(), begin) != static_cast<ssize_t>(revision.size())) fail();
    check_revision(revision.data());
  }
  const std::size_t end = get_16(&block[k_directory_end]);
  if (sum == Sum::differs || end < k_header + k_entry || end > block.size() || (end - k_header) % k_entry != 0) fail();
  return read;
}

/// A block that was right once is taken to stay so. Where the last commits have no sums, the blocks of those before do.
GlassTable::Sum GlassTable::compare(std::uint32_t number, const Block& block) const {
  if (sums_ == nullptr || !sums_->has(table_, number, get_32(block.data()), root_.revision) ||
      (number < compared_.size() && compared_[number]))
    return Sum::unknown;
  if (!sums_->fits(table_, number, {reinterpret_cast<const char*>(block.data()), block.size()})) return Sum::differs;
  if (number >= compared_.size()) compared_.resize(number + std::size_t{1});
  compared_[number] = true;
  return Sum::fits;
}

GlassCursor::GlassCursor(const GlassTable& table) : table_(table), levels_(table.root_.level + std::size_t{1}) {}

std::size_t GlassCursor::items(const Level& level) const {
  return (get_16(&(*level.block)[k_directory_end]) - k_header) / k_entry;
}

std::size_t GlassCursor::offset(const Level& level, std::size_t at) const {
  return get_16(&(*level.block)[k_header + at * k_entry]);
}

GlassCursor::Item GlassCursor::item_at(std::size_t at) const {
  const GlassTable::Block& block = *levels_.front().block;
  const std::size_t begin = offset(levels_.front(), at);
  if (begin + k_leaf_head > block.size()) fail();
  const std::size_t head = get_16(&block[begin]);
  Item item{.key = &block[begin] + k_leaf_head, .key_size = block[begin + 2]};
  const std::size_t end = begin + k_leaf_head + (head & k_size);
  const bool is_first = (head & k_first_part) != 0;
  const std::size_t tag = begin + k_leaf_head + item.key_size + (is_first ? 0 : k_part_number);
  if (tag > end || end > block.size()) fail();
  if (!is_first) item.part = static_cast<unsigned>(get_16(&block[tag - k_part_number]));
  item.is_last_part = (head & k_last_part) != 0;
  item.is_deflated = (head & k_deflated) != 0;
  if (end > tag) item.tag = {reinterpret_cast<const char*>(&block[tag]), end - tag};
  return item;
}

/// Has a block at a level, reading it only where it is not the one there.
void GlassCursor::enter(std::size_t level, std::uint32_t block) {
  Level& here = levels_[level];
  if (here.block != nullptr && here.number == block) return;
  here.block = table_.block(block, static_cast<unsigned>(level));
  here.number = block;
}

std::uint32_t GlassCursor::child(std::size_t level) const {
  const Level& here = levels_[level];
  const std::size_t begin = offset(here, here.at);
  if (begin + k_branch_head > here.block->size()) fail();
  return get_32(&(*here.block)[begin]);
}

/// The last branch that does not begin behind the key; the first begins before all.
void GlassCursor::choose_branch(std::size_t level, std::string_view key) {
  Level& here = levels_[level];
  const GlassTable::Block& block = *here.block;
  const auto begins_behind = [&](std::size_t at) {
    const std::size_t begin = offset(here, at);
    if (begin + k_branch_head > block.size()) fail();
    const std::size_t size = block[begin + 4];
    if (begin + k_branch_head + size + k_part_number > block.size()) fail();
    const std::string_view parting{reinterpret_cast<const char*>(&block[begin]) + k_branch_head, size};
    return parting > key || (parting == key && get_16(&block[begin + k_branch_head + size]) > 1);
  };
  std::size_t first = 0;
  std::size_t behind = items(here);
  while (behind - first > 1) {
    const std::size_t middle = first + (behind - first) / 2;
    (begins_behind(middle) ? behind : first) = middle;
  }
  here.at = first;
}

void GlassCursor::descend(std::string_view key) {
  enter(levels_.size() - 1, table_.root_.block);
  for (std::size_t level = levels_.size() - 1; level > 0; --level) {
    choose_branch(level, key);
    enter(level - 1, child(level));
  }
}

/// The last item of the leaf that is not behind the first part of the key; false where all are.
bool GlassCursor::choose_item(std::string_view key) {
  Level& leaf = levels_.front();
  const auto is_behind = [&](std::size_t at) {
    const Item item = item_at(at);
    return item_key(item) > key || (item_key(item) == key && item.part > 1);
  };
  std::size_t first = 0;
  std::size_t behind = items(leaf);
  while (first < behind) {
    const std::size_t middle = first + (behind - first) / 2;
    if (is_behind(middle))
      behind = middle;
    else
      first = middle + 1;
  }
  if (first == 0) return false;
  leaf.at = first - 1;
  return true;
}

bool GlassCursor::is_within_leaf(std::string_view key) const {
  const Level& leaf = levels_.front();
  return leaf.block != nullptr && item_key(item_at(0)) < key && key < item_key(item_at(items(leaf) - 1));
}

bool GlassCursor::find(std::string_view key) {
  if (!is_within_leaf(key)) descend(key);
  if (choose_item(key))
    take_item();
  else if (!step(-1))
    fail(); // the table begins with the empty key
  if (item_.part == 1) return this->key() == key;
  const std::string before{this->key()}; // its parts go on; where do they begin?
  if (before >= key || !find(before)) fail();
  return false;
}

/// Moves by an item, into the next or last leaf where the leaf ends; false at the end of the table.
bool GlassCursor::step(int direction) {
  const bool on = direction > 0;
  std::size_t level = 0;
  const auto is_last = [&](const Level& here) { return on ? here.at + 1 >= items(here) : here.at == 0; };
  if (!on) levels_.front().at = 0; // only used from before the first item
  while (level < levels_.size() && is_last(levels_[level])) ++level;
  if (level == levels_.size()) return false;
  on ? ++levels_[level].at : --levels_[level].at;
  for (; level > 0; --level) {
    enter(level - 1, child(level));
    levels_[level - 1].at = on ? 0 : items(levels_[level - 1]) - 1;
  }
  take_item();
  return true;
}

bool GlassCursor::next() {
  Level& leaf = levels_.front();
  do {
    if (leaf.at + 1 < items(leaf)) { // as nearly always
      ++leaf.at;
      take_item();
    } else if (!step(1)) {
      return false;
    }
  } while (item_.part > 1);
  return true;
}

void GlassCursor::pass(std::string_view first, std::string_view last) {
  find(first);
  do {
    levels_.front().at = items(levels_.front()) - 1;
    take_item();
  } while (key() <= last && step(1));
}

std::string_view GlassCursor::tag() {
  const bool is_deflated = item_.is_deflated;
  const std::string_view stored = stored_tag();
  if (!is_deflated) return stored;
  try {
    inflated_ = inflated(stored);
  } catch (const codec::DecodeError&) {
    fail();
  }
  return inflated_;
}

/// The tag of the item, maybe deflated.
std::string_view GlassCursor::stored_tag() {
  if (item_.is_last_part) return item_.tag;
  assembled_.assign(item_.tag);
  while (!item_.is_last_part) {
    const unsigned before = item_.part;
    if (!step(1) || item_.part != before + 1) fail();
    assembled_ += item_.tag;
  }
  return assembled_;
}

} // namespace pfind::searcher
