#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "searcher/postings/posting_list.hpp"
#include "searcher/postings/terms.hpp"

namespace pfind::searcher {

/// Several shards as one database, as Xapian::Database is one, but that no block is read of which the sum is another
/// (PostingLists::compare_list and its like): members throw Xapian::DatabaseCorruptError there.
class ComparedDatabase {
public:
  ComparedDatabase() = default;

  /// `shards` must outlive it.
  explicit ComparedDatabase(std::vector<const PostingLists*> shards);

  Xapian::doccount get_doccount() const { return all_.get_doccount(); }
  double get_avlength() const { return all_.get_avlength(); }

  /// The number of the shard that an article is in: Xapian deals the shards' documents out in turn.
  std::size_t shard_of(Xapian::docid article) const { return (article - 1) % shards_.size(); }

  /// How many articles have a term.
  Xapian::doccount get_termfreq(const std::string& term) const;
  bool term_exists(const std::string& term) const { return get_termfreq(term) > 0; }

  /// The terms that begin so.
  Terms terms(const std::string& beginning) const { return {shards_, beginning}; }

  Xapian::PostingIterator postlist_begin(const std::string& term) const;
  Xapian::PostingIterator postlist_end(const std::string& term) const { return all_.postlist_end(term); }

  Xapian::TermIterator termlist_begin(Xapian::docid article) const;
  Xapian::TermIterator termlist_end(Xapian::docid article) const { return all_.termlist_end(article); }

  /// The text of an article as it is stored, which has a digest of its own, too.
  std::string data(Xapian::docid article) const { return shards_[shard_of(article)]->data(number_within(article)); }

  /// What an article has in a slot.
  std::string value(Xapian::docid article, Xapian::valueno slot) const;

  /// None of the values in a slot is greater.
  std::string get_value_upper_bound(Xapian::valueno slot) const;

  /// The database, for a query that Xapian is to match: the lists of its terms are looked at.
  const Xapian::Database& for_query(const Xapian::Query& query) const;

  /// Likewise, where what is found is put in the order of the values in a slot.
  const Xapian::Database& sorted_by(Xapian::valueno slot, const Xapian::Query& query) const;

  /// The database as Xapian has it, which compares nothing.
  const Xapian::Database& plain() const { return all_; }

private:
  /// Its number there.
  Xapian::docid number_within(Xapian::docid article) const {
    return static_cast<Xapian::docid>((article - 1) / shards_.size() + 1);
  }

  std::vector<const PostingLists*> shards_;
  Xapian::Database all_;
};

} // namespace pfind::searcher
