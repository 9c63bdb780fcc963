#pragma once

#include <optional>
#include <span>
#include <vector>
#include <xapian.h>

#include "searcher/document_bits.hpp"
#include "searcher/postings/posting_list.hpp"
#include "searcher/ranking/model.hpp"

namespace pfind::searcher {

/// An article with its weight for a query.
struct WeighedArticle {
  Xapian::docid article = 0;
  double weight = 0;
};

/// What an article weighs more where a query matches it.
struct ConstantWeight {
  Xapian::Query query;
  double weight = 0;
};

/// The `wanted` articles of most weight, of equal ones those of lower numbers, in this order: what Xapian's matcher
/// finds with model.first_stage(), but for rounding errors of sums, in a fraction of its time. Nothing where the
/// query's weight is more than a sum over its words: then Xapian is to be asked. `matched`: what the query matches;
/// null where that was not looked for: what takes more than posting lists to know is then settled for the most
/// promising articles only. `lengths`: of the articles of the shard, which are all there are. `weights` are added where
/// they are due.
std::optional<std::vector<WeighedArticle>> best_articles(const Xapian::Query& query, std::size_t wanted,
                                                         const PostingLists& lists,
                                                         std::span<const std::uint32_t> lengths,
                                                         const RankingModel& model, const DocumentBits* matched,
                                                         std::span<const ConstantWeight> weights = {});

} // namespace pfind::searcher
