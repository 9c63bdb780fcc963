#include "indexer/bulk/glass_table.hpp"

#include <utility>

namespace pfind::bulk {

void BranchWriter::add_leaf(std::uint32_t number, Separator separator) {
  if (leaves_++ == 0) first_leaf_ = number;
  add(0, number, std::move(separator));
}

void BranchWriter::add(std::size_t branch, std::uint32_t child, Separator separator) {
  if (under_way_.size() == branch) under_way_.emplace_back();
  Branch& here = under_way_[branch];
  if (!here.block.has_room(separator)) pass_up(branch);
  if (here.block.is_empty()) here.separator = std::exchange(separator, {});
  here.block.add(child, separator);
}

/// Writes the block under way and begins another; returns its number.
std::uint32_t BranchWriter::write(std::size_t branch) {
  Block& block = under_way_[branch].block;
  file_.write(block.complete(static_cast<unsigned>(branch) + 1));
  block = Block();
  return blocks_++;
}

/// Ends the block under way and enters it at the level above.
void BranchWriter::pass_up(std::size_t branch) {
  Separator separator = std::exchange(under_way_[branch].separator, {});
  add(branch + 1, write(branch), std::move(separator));
}

void BranchWriter::finish(TableRoot& root) {
  root.block = first_leaf_;
  if (leaves_ > 1) { // else it is the root itself
    std::size_t branch = 0;
    for (; branch + 1 < under_way_.size(); ++branch) pass_up(branch);
    root.level = static_cast<unsigned>(branch) + 1;
    root.block = write(branch);
  }
  root.blocks = blocks_;
}

TableWriter::TableWriter(const std::filesystem::path& path)
    : file_(path), branches_(file_, root_.blocks), leaves_([this](std::string_view leaf, Separator separator) {
        file_.write(leaf);
        branches_.add_leaf(root_.blocks++, std::move(separator));
      }) {
  leaves_.add_first();
}

void TableWriter::add(std::string_view key, std::string_view tag) {
  leaves_.add(key, tag);
  ++root_.entries;
}

TableRoot TableWriter::finish() {
  leaves_.finish();
  branches_.finish(root_);
  file_.sync();
  return root_;
}

} // namespace pfind::bulk
