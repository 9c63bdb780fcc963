#include "indexer/bulk/table_set.hpp"

#include <algorithm>
#include <utility>

#include "common/codec.hpp"
#include "indexer/bulk/encoding.hpp"
#include "indexer/bulk/list_keys.hpp"

namespace pfind::bulk {
namespace {

constexpr std::size_t k_full_chunk = 2000; // bytes of values

} // namespace

TableSet::TableSet(std::filesystem::path database)
    : database_(std::move(database)), postlist_(table_file(database_, Table::postlist)),
      termlist_(table_file(database_, Table::termlist)), postings_(postlist_) {}

TableWriter& TableSet::lazy(std::optional<TableWriter>& table, Table which) {
  return table ? *table : table.emplace(table_file(database_, which));
}

void TableSet::write_metadata(const std::map<std::string, std::string>& metadata) {
  for (const auto& [key, text] : metadata) postlist_.add(std::string(k_metadata) + key, text);
}

void TableSet::write_slots(const std::map<Xapian::valueno, SlotStatistics>& slots) {
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

void TableSet::write_lists(MergedRuns& lists) {
  while (lists.next_list()) {
    const std::string& key = lists.key();
    if (key == k_data_list) {
      write_data(lists);
    } else if (key == k_terms_list) {
      write_term_lists(lists);
    } else if (key.starts_with(k_values)) {
      write_values(lists);
    } else if (key == k_lengths) {
      write_lengths(lists);
    } else {
      write_term(lists);
    }
  }
}

void TableSet::write_data(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    key_.clear();
    put_sortable_number(key_, entry.document);
    lazy(docdata_, Table::docdata).add(key_, entry.text, entry.number != 0);
  }
}

void TableSet::write_term_lists(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    key_.clear();
    put_sortable_number(key_, entry.document);
    if (entry.number == k_terms_slots) key_ += '\0';
    termlist_.add(key_, entry.text, entry.number == k_terms_deflated);
  }
}

/// Values of a slot, in chunks of documents one after the other: key: the slot, first document; tag: its value, then
/// gap less one and value of the others.
void TableSet::write_values(MergedRuns& lists) {
  Xapian::docid last = 0;
  tag_.clear();
  for (Entry entry; lists.next(entry); last = entry.document) {
    if (tag_.size() >= k_full_chunk) postlist_.add(key_, std::exchange(tag_, {}));
    if (tag_.empty()) {
      key_ = lists.key();
      put_sortable_number(key_, entry.document);
    } else {
      codec::put_number(tag_, entry.document - last - 1);
    }
    codec::put_text(tag_, entry.text);
  }
  if (!tag_.empty()) postlist_.add(key_, tag_);
}

void TableSet::write_lengths(MergedRuns& lists) {
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

void TableSet::write_term(MergedRuns& lists) {
  for (Entry entry; lists.next(entry);) {
    postings_.add(entry.document, entry.number);
    statistics_.largest_wdf = std::max(statistics_.largest_wdf, entry.number);
    if (entry.text.empty()) continue;
    key_ = lists.key();
    key_ += '\0';
    put_sortable_number(key_, entry.document);
    lazy(position_, Table::position).add(key_, entry.text);
  }
  postings_.finish_term(lists.key());
}

void TableSet::finish(Xapian::docid last_document) {
  statistics_.last_document = last_document;
  const auto root_of = [](std::optional<TableWriter>& table) {
    return table ? std::optional(table->finish()) : std::nullopt;
  };
  write_version_file(database_, {postlist_.finish(), root_of(docdata_), termlist_.finish(), root_of(position_), {}, {}},
                     statistics_);
}

} // namespace pfind::bulk
