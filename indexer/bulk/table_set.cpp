#include "indexer/bulk/table_set.hpp"

#include <algorithm>
#include <utility>

#include "common/codec.hpp"
#include "common/glass_key.hpp"
#include "indexer/bulk/encoding.hpp"
#include "indexer/bulk/list_keys.hpp"
#include "indexer/bulk/posting_list_writer.hpp"

namespace pfind::bulk {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t k_full_chunk = 2000; // bytes of values

class PostlistWriter {
public:
  explicit PostlistWriter(const fs::path& database)
      : table_(glass::table_file(database, glass::Table::postlist)), postings_(table_) {}

  void write_metadata(const std::map<std::string, std::string>& metadata);
  void write_slots(const std::map<Xapian::valueno, SlotStatistics>& slots);
  void write_lists(MergedRuns& lists);
  PostlistTable finish() { return {table_.finish(), statistics_}; }

private:
  void write_values(MergedRuns& lists);
  void write_lengths(MergedRuns& lists);
  void write_term(MergedRuns& lists);

  TableWriter table_;
  PostingListWriter postings_;
  Statistics statistics_;
  std::string key_;
  std::string tag_;
};

void PostlistWriter::write_metadata(const std::map<std::string, std::string>& metadata) {
  for (const auto& [key, text] : metadata) table_.add(std::string(k_metadata) + key, text);
}

void PostlistWriter::write_slots(const std::map<Xapian::valueno, SlotStatistics>& slots) {
  std::map<std::string, std::string> entries; // the order of keys is not that of slots
  for (const auto& [slot, statistics] : slots) {
    std::string key{k_slot};
    put_last_number(key, slot);
    std::string& tag = entries[key];
    codec::put_number(tag, statistics.documents);
    codec::put_text(tag, statistics.lower);
    if (statistics.upper != statistics.lower) tag += statistics.upper;
  }
  for (const auto& [key, tag] : entries) table_.add(key, tag);
}

void PostlistWriter::write_lists(MergedRuns& lists) {
  while (lists.next_list()) {
    const std::string& key = lists.key();
    if (key <= k_terms_list) continue;
    if (key.starts_with(k_values)) {
      write_values(lists);
    } else if (key == k_lengths) {
      write_lengths(lists);
    } else {
      write_term(lists);
    }
  }
}

/// Values of a slot, in chunks of documents one after the other: key: the slot, first document; tag: its value, then
/// gap less one and value of the others.
void PostlistWriter::write_values(MergedRuns& lists) {
  Xapian::docid last = 0;
  tag_.clear();
  for (Entry entry; lists.next(entry); last = entry.document) {
    if (tag_.size() >= k_full_chunk) {
      table_.add(key_, tag_);
      tag_.clear();
    }
    if (tag_.empty()) {
      key_ = lists.key();
      glass::put_sortable_number(key_, entry.document);
    } else {
      codec::put_number(tag_, entry.document - last - 1);
    }
    codec::put_text(tag_, entry.text);
  }
  if (!tag_.empty()) table_.add(key_, tag_);
}

void PostlistWriter::write_lengths(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    postings_.add(entry.document, entry.number);
    ++statistics_.documents;
    statistics_.total_length += entry.number;
    statistics_.longest = std::max(statistics_.longest, entry.number);
    if (entry.number > 0 && (statistics_.shortest == 0 || entry.number < statistics_.shortest))
      statistics_.shortest = entry.number;
  }
  postings_.finish_lengths(lists.key());
}

void PostlistWriter::write_term(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    postings_.add(entry.document, entry.number);
    statistics_.largest_wdf = std::max(statistics_.largest_wdf, entry.number);
  }
  postings_.finish_term(lists.key());
}

} // namespace

std::optional<TableRoot> write_positions(const fs::path& database, MergedRuns& lists) {
  std::optional<TableWriter> table;
  std::string key;
  while (lists.next_list()) {
    if (lists.key() <= k_lengths) continue; // the terms come last
    for (Entry entry; lists.next(entry);) {
      if (entry.text.empty()) continue;
      key = lists.key();
      key += '\0';
      glass::put_sortable_number(key, entry.document);
      if (!table) table.emplace(glass::table_file(database, glass::Table::position));
      table->add(key, entry.text);
    }
  }
  if (!table) return std::nullopt;
  return table->finish();
}

PostlistTable write_postings(const fs::path& database, const std::map<std::string, std::string>& metadata,
                             const std::map<Xapian::valueno, SlotStatistics>& slots, MergedRuns& lists) {
  PostlistWriter writer(database);
  writer.write_metadata(metadata);
  writer.write_slots(slots);
  writer.write_lists(lists);
  return writer.finish();
}

} // namespace pfind::bulk
