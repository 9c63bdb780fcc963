#include "searcher/postings/compared_database.hpp"

#include <numeric>

namespace pfind::searcher {

ComparedDatabase::ComparedDatabase(std::vector<const PostingLists*> shards) : shards_(std::move(shards)) {
  for (const PostingLists* lists : shards_) all_.add_database(lists->shard());
}

Xapian::doccount ComparedDatabase::get_termfreq(const std::string& term) const {
  return std::accumulate(shards_.begin(), shards_.end(), Xapian::doccount{0},
                         [&](Xapian::doccount sum, const PostingLists* lists) { return sum + lists->frequency(term); });
}

Xapian::PostingIterator ComparedDatabase::postlist_begin(const std::string& term) const {
  for (const PostingLists* lists : shards_) lists->compare_list(term);
  return all_.postlist_begin(term);
}

namespace {

/// Xapian deals the documents of several databases out in turn.
std::pair<std::size_t, Xapian::docid> place_of(Xapian::docid article, std::size_t shards) {
  return {(article - 1) % shards, static_cast<Xapian::docid>((article - 1) / shards + 1)};
}

} // namespace

Xapian::TermIterator ComparedDatabase::termlist_begin(Xapian::docid article) const {
  const auto [shard, number] = place_of(article, shards_.size());
  shards_[shard]->compare_term_list(number);
  return all_.termlist_begin(article);
}

std::string ComparedDatabase::value(Xapian::docid article, Xapian::valueno slot) const {
  const auto [shard, number] = place_of(article, shards_.size());
  shards_[shard]->compare_value(number, slot);
  return all_.get_document(article, Xapian::DOC_ASSUME_VALID).get_value(slot);
}

std::string ComparedDatabase::get_value_upper_bound(Xapian::valueno slot) const {
  for (const PostingLists* lists : shards_) lists->compare_bounds();
  return all_.get_value_upper_bound(slot);
}

const Xapian::Database& ComparedDatabase::sorted_by(Xapian::valueno slot, const Xapian::Query& query) const {
  for (const PostingLists* lists : shards_) lists->compare_values(slot);
  return for_query(query);
}

const Xapian::Database& ComparedDatabase::for_query(const Xapian::Query& query) const {
  for (const PostingLists* lists : shards_) {
    lists->compare_list(""); // lengths
    lists->compare_lists(query);
  }
  return all_;
}

} // namespace pfind::searcher
