#include "indexer/bulk/document_table.hpp"

#include <algorithm>
#include <bit>
#include <deque>
#include <limits>
#include <utility>

#include "common/glass_key.hpp"

namespace pfind::bulk {

DocumentTable::DocumentTable(const std::filesystem::path& path)
    : file_(path), packer_([this](std::string_view leaf, const Separator&) {
        leaves_.push_back({place_of(item_at(leaf, 0)), root_.blocks++});
        file_.write(leaf);
      }) {
  packer_.add_first();
}

std::string DocumentTable::key_of(const Place& place) {
  std::string key;
  if (place.document == 0) return key; // the item that a table begins with
  glass::put_sortable_number(key, place.document);
  if (place.is_further) key += '\0';
  return key;
}

DocumentTable::Place DocumentTable::place_of(const LeafItem& item) {
  if (item.key.empty()) return {};
  const auto size = 2 + static_cast<std::size_t>(std::countl_one(static_cast<unsigned char>(item.key.front())));
  return {glass::taken_sortable_number(item.key.substr(0, size)), item.key.size() > size,
          static_cast<std::uint16_t>(item.part)};
}

void DocumentTable::add(Xapian::docid document, bool is_further, std::string_view tag) {
  packer_.add(key_of({document, is_further}), tag);
  ++root_.entries;
}

/// In which of `leaves_` a document's first item is, if it is anywhere.
std::size_t DocumentTable::leaf_of(Xapian::docid document) const {
  const auto behind = std::ranges::upper_bound(leaves_, Place{document}, {}, &Leaf::first);
  return static_cast<std::size_t>(behind - leaves_.begin()) - 1; // the first one is that of document 0
}

void DocumentTable::read(std::uint32_t block, std::string& bytes) {
  bytes.resize(k_block_size);
  file_.read_at(std::uint64_t{block} * k_block_size, bytes);
}

std::optional<std::string> DocumentTable::tag_of(Xapian::docid document) {
  packer_.finish();
  std::string tag;
  std::string block;
  for (std::size_t leaf = leaf_of(document); leaf < leaves_.size(); ++leaf) {
    read(leaves_[leaf].number, block);
    for (std::size_t i = 0; i < item_count(block); ++i) {
      const LeafItem item = item_at(block, i);
      const Place place = place_of(item);
      if (place.document < document) continue;
      if (place.document > document || place.is_further) return std::nullopt;
      tag += item.text;
      if ((item.flags & glass::k_last_part) != 0) return tag;
    }
  }
  return std::nullopt;
}

/// Writes the leaves anew that something is changed in.
class DocumentTable::Change {
public:
  Change(DocumentTable& table, std::span<const Xapian::docid> gone, const std::function<bool(Entry&)>& next)
      : table_(table), gone_(gone), next_(next),
        packer_([this](std::string_view leaf, const Separator&) { put_leaf(leaf); }) {}

  void make() {
    const std::vector<Leaf>& before = table_.leaves_;
    std::size_t passed = 0;
    is_left_ = next_(entry_);
    while (is_left_ || !gone_.empty()) {
      const std::size_t first = table_.leaf_of(std::min(next_entry(), next_gone()));
      leaves_.insert(leaves_.end(), before.begin() + static_cast<std::ptrdiff_t>(passed),
                     before.begin() + static_cast<std::ptrdiff_t>(first));
      passed = rewrite(first);
    }
    leaves_.insert(leaves_.end(), before.begin() + static_cast<std::ptrdiff_t>(passed), before.end());
    table_.leaves_ = std::move(leaves_);
    fill_gaps();
  }

private:
  static constexpr Xapian::docid k_none = std::numeric_limits<Xapian::docid>::max();

  Xapian::docid next_entry() const { return is_left_ ? entry_.document : k_none; }
  Xapian::docid next_gone() const { return gone_.empty() ? k_none : gone_.front(); }

  void put_entries_before(std::uint64_t document) {
    for (; is_left_ && entry_.document < document; is_left_ = next_(entry_)) {
      packer_.add(key_of({entry_.document, entry_.number == 1}), entry_.text);
      ++table_.root_.entries;
    }
  }

  void pass_gone_before(std::uint64_t document) {
    while (!gone_.empty() && gone_.front() < document) gone_ = gone_.subspan(1);
  }

  /// Writes a leaf anew, and those behind it that begin with something which is changed; returns which comes next.
  std::size_t rewrite(std::size_t leaf) {
    std::uint64_t next = 0;
    do {
      put_items(table_.leaves_[leaf].number);
      ++leaf;
      next = leaf < table_.leaves_.size() ? table_.leaves_[leaf].first.document : std::uint64_t{k_none} + 1;
      put_entries_before(next);
      pass_gone_before(next);
    } while (next_entry() == next || next_gone() == next);
    packer_.finish();
    return leaf;
  }

  /// Puts what stays of a leaf, and the entries that belong between.
  void put_items(std::uint32_t number) {
    table_.read(number, block_);
    free_.push_back(number);
    for (std::size_t i = 0; i < item_count(block_); ++i) {
      const LeafItem item = item_at(block_, i);
      const Xapian::docid document = place_of(item).document;
      put_entries_before(std::uint64_t{document} + 1);
      pass_gone_before(document);
      if (next_gone() != document)
        packer_.add(item);
      else if ((item.flags & glass::k_first_part) != 0)
        --table_.root_.entries;
    }
  }

  /// Into the place of one that was read, as long as there are such.
  void put_leaf(std::string_view leaf) {
    const bool takes_place = !free_.empty();
    const std::uint32_t number = takes_place ? free_.front() : table_.root_.blocks++;
    leaves_.push_back({place_of(item_at(leaf, 0)), number});
    if (!takes_place) return table_.file_.write(leaf);
    free_.pop_front();
    table_.file_.write_at(std::uint64_t{number} * k_block_size, leaf);
  }

  /// Puts the last leaves of the file into the places that are left, so that no block is without use.
  void fill_gaps() {
    if (free_.empty()) return;
    table_.root_.blocks -= static_cast<std::uint32_t>(free_.size());
    std::erase_if(free_, [&](std::uint32_t number) { return number >= table_.root_.blocks; });
    for (Leaf& leaf : table_.leaves_) {
      if (leaf.number < table_.root_.blocks) continue;
      table_.read(leaf.number, block_);
      leaf.number = free_.front();
      free_.pop_front();
      table_.file_.write_at(std::uint64_t{leaf.number} * k_block_size, block_);
    }
    table_.file_.cut_off(std::uint64_t{table_.root_.blocks} * k_block_size);
  }

  DocumentTable& table_;
  std::span<const Xapian::docid> gone_; // those yet to be met
  const std::function<bool(Entry&)>& next_;
  Entry entry_; // the next one
  bool is_left_ = false;
  std::vector<Leaf> leaves_;       // of the table, as they are then
  std::deque<std::uint32_t> free_; // blocks
  std::string block_;
  LeafPacker packer_;
};

TableRoot DocumentTable::finish(std::span<const Xapian::docid> gone, const std::function<bool(Entry&)>& next) {
  packer_.finish();
  Change(*this, gone, next).make();
  root_.is_sequential = std::ranges::is_sorted(leaves_, {}, &Leaf::number);
  BranchWriter branches(file_, root_.blocks);
  for (const Leaf& leaf : leaves_) branches.add_leaf(leaf.number, {key_of(leaf.first), leaf.first.part});
  branches.finish(root_);
  file_.sync();
  return root_;
}

} // namespace pfind::bulk
