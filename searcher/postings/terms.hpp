#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "searcher/postings/glass_table.hpp"
#include "searcher/postings/posting_list.hpp"

namespace pfind::searcher {

/// The terms of one shard that begin with a text, in the order of their bytes: from the table of postings, of whose
/// long lists only the first and the last chunk are looked at, else from Xapian. Throws Xapian::Error.
class ShardTerms {
public:
  /// `lists` must outlive it.
  ShardTerms(const PostingLists& lists, std::string beginning);

  bool at_end() const { return is_at_end_; }
  const std::string& term() const { return term_; }

  /// How many articles have the term. To be asked once for each.
  Xapian::doccount frequency();

  void next();

  /// Moves on to the term or, where there is none such, to the next behind it.
  void skip_to(const std::string& term);

private:
  void take_term();
  void take_from_xapian();

  std::string beginning_;
  std::string term_;
  bool is_at_end_ = false;
  std::unique_ptr<GlassCursor> cursor_; // null where Xapian is asked
  std::string key_;
  Xapian::TermIterator it_;
  Xapian::TermIterator it_end_;
};

/// The terms of several shards that begin with a text, each once, in the order of their bytes.
class Terms {
public:
  Terms(std::span<const PostingLists* const> shards, const std::string& beginning);

  bool at_end() const { return at_ == nullptr; }
  const std::string& operator*() const { return at_->term(); }

  /// How many articles have the term, in all shards. To be asked once for each.
  Xapian::doccount frequency();

  Terms& operator++();

  /// See ShardTerms.
  void skip_to(const std::string& term);

private:
  void choose();

  std::vector<ShardTerms> shards_;
  ShardTerms* at_ = nullptr; // one of those that have the term
};

} // namespace pfind::searcher
