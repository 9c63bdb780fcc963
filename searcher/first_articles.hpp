#pragma once

#include <cstddef>
#include <optional>
#include <vector>
#include <xapian.h>

#include "searcher/deadline.hpp"
#include "searcher/facets.hpp"
#include "searcher/index.hpp"
#include "searcher/ranking/first_stage.hpp"
#include "searcher/search.hpp"
#include "searcher/wanted_parts.hpp"

namespace pfind::searcher {

inline bool is_by_relevance(SortOrder order) { return order == SortOrder::relevance || order == SortOrder::recent; }

/// Finds the first articles of what queries match, for one search: by weight, or by date where the request says so.
class FirstArticles {
public:
  /// All must outlive it.
  FirstArticles(Snapshot& index, const SearchRequest& request, const Deadline& deadline)
      : index_(index), request_(request), deadline_(deadline) {}

  /// The first `wanted`, to whose weights `coverage` adds its own. `matched`: all that the query matches; null where
  /// that is not known. Where time is up, the first of what was found by then.
  std::vector<WeighedArticle> find(const Xapian::Query& query, const Coverage& coverage, std::size_t wanted,
                                   const ArticleSet* matched);

  /// Whether posting lists are asked first, and not Xapian's matcher alone.
  bool goes_by_lists() const;

  /// Whether time was up before all was found.
  bool timed_out() const { return timed_out_; }

private:
  Xapian::MSet find_by_xapian(const Xapian::Query& query, std::size_t wanted, const ArticleSet* matched);
  Xapian::Query among(std::vector<Xapian::docid> articles);
  std::optional<DocumentBits> first_days(std::size_t wanted, const ArticleSet* matched) const;

  Snapshot& index_;
  const SearchRequest& request_;
  const Deadline& deadline_;
  bool timed_out_ = false;
};

} // namespace pfind::searcher
