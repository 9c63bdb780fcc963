#include "indexer/bulk/table_set.hpp"

#include <algorithm>
#include <utility>

#include "common/codec.hpp"
#include "common/glass_key.hpp"
#include "indexer/bulk/encoding.hpp"
#include "indexer/bulk/list_keys.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_full_chunk = 2000; // bytes of values

TableWriter& made(std::optional<TableWriter>& table, const std::filesystem::path& database, glass::Table which) {
  return table ? *table : table.emplace(glass::table_file(database, which));
}

} // namespace

DocumentTables::DocumentTables(const std::filesystem::path& database)
    : database_(database), termlist_(glass::table_file(database_, glass::Table::termlist)) {}

void DocumentTables::write_lists(MergedRuns& lists) {
  while (lists.next_list() && lists.key() <= k_terms_list) { // the first two
    if (lists.key() == k_data_list)
      write_data(lists);
    else
      write_term_lists(lists);
  }
}

void DocumentTables::write_data(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    key_.clear();
    glass::put_sortable_number(key_, entry.document);
    made(docdata_, database_, glass::Table::docdata).add(key_, entry.text, entry.number != 0);
  }
}

void DocumentTables::write_term_lists(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    key_.clear();
    glass::put_sortable_number(key_, entry.document);
    if (entry.number == k_terms_slots) key_ += '\0';
    termlist_.add(key_, entry.text, entry.number == k_terms_deflated);
  }
}

void DocumentTables::finish() {
  if (docdata_) docdata_root_ = docdata_->finish();
  termlist_root_ = termlist_.finish();
}

PostingTables::PostingTables(const std::filesystem::path& database)
    : database_(database), postlist_(glass::table_file(database_, glass::Table::postlist)), postings_(postlist_) {}

void PostingTables::write_metadata(const std::map<std::string, std::string>& metadata) {
  for (const auto& [key, text] : metadata) postlist_.add(std::string(k_metadata) + key, text);
}

void PostingTables::write_slots(const std::map<Xapian::valueno, SlotStatistics>& slots) {
  std::map<std::string, std::string> entries; // the order of keys is not that of slots
  for (const auto& [slot, statistics] : slots) {
    std::string key{k_slot};
    put_last_number(key, slot);
    std::string& tag = entries[key];
    codec::put_number(tag, statistics.documents);
    codec::put_text(tag, statistics.lower);
    if (statistics.upper != statistics.lower) tag += statistics.upper;
  }
  for (const auto& [key, tag] : entries) postlist_.add(key, tag);
}

void PostingTables::write_lists(MergedRuns& lists) {
  while (lists.next_list()) {
    const std::string& key = lists.key();
    if (key <= k_terms_list) continue; // a table by document
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
void PostingTables::write_values(MergedRuns& lists) {
  Xapian::docid last = 0;
  tag_.clear();
  for (Entry entry; lists.next(entry); last = entry.document) {
    if (tag_.size() >= k_full_chunk) postlist_.add(key_, std::exchange(tag_, {}));
    if (tag_.empty()) {
      key_ = lists.key();
      glass::put_sortable_number(key_, entry.document);
    } else {
      codec::put_number(tag_, entry.document - last - 1);
    }
    codec::put_text(tag_, entry.text);
  }
  if (!tag_.empty()) postlist_.add(key_, tag_);
}

void PostingTables::write_lengths(MergedRuns& lists) {
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

void PostingTables::write_term(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    postings_.add(entry.document, entry.number);
    statistics_.largest_wdf = std::max(statistics_.largest_wdf, entry.number);
    if (entry.text.empty()) continue;
    key_ = lists.key();
    key_ += '\0';
    glass::put_sortable_number(key_, entry.document);
    made(position_, database_, glass::Table::position).add(key_, entry.text);
  }
  postings_.finish_term(lists.key());
}

void PostingTables::finish() {
  if (position_) position_root_ = position_->finish();
  postlist_root_ = postlist_.finish();
}

} // namespace pfind::bulk
