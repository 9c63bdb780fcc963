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

Xapian::TermIterator ComparedDatabase::termlist_begin(Xapian::docid article) const {
  shards_[shard_of(article)]->compare_term_list(number_within(article));
  return all_.termlist_begin(article);
}

std::string ComparedDatabase::value(Xapian::docid article, Xapian::valueno slot) const {
  return shards_[shard_of(article)]->value(number_within(article), slot);
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
