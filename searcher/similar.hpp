#pragma once

#include <optional>
#include <string>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/ranking/model.hpp"
#include "searcher/ranking/query_words.hpp"

namespace pfind::searcher {

/// The article at a location, the first of the file at a path (absolute), or the one with that address.
std::optional<Xapian::docid> document_at(const std::string& path, Snapshot& index);

/// What articles like another are found and ordered by.
struct SimilarQuery {
  Xapian::Query match; ///< finds articles with any of the words, without the one that they are to be like
  QueryWords words;    ///< of that article, the most telling first; they repeat as their weight is
};

/// The query for articles like the one at `path`: its most telling words, weighted by how often it has them as BM25
/// weights articles, those of its headline more. Throws UsageError where there is no such article.
SimilarQuery similar_to(const std::string& path, Snapshot& index, const RankingModel& model);

/// How `model` orders articles like another: by the words that they share, in the text and in headlines. What the best
/// share among each other, and how words are written, says no more about that.
RankingModel for_similar(RankingModel model);

} // namespace pfind::searcher
