#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/forward_text.hpp"
#include "searcher/ranking/model.hpp"
#include "searcher/ranking/term_statistics.hpp"

namespace pfind::searcher {

/// An article from which feedback takes words, with its share in them. Shares add up to 1.
struct FeedbackArticle {
  Xapian::docid article = 0;
  ForwardText text;
  double relative_length = 1; ///< against the mean
  double share = 0;
};

/// A word of the best articles.
struct FeedbackWord {
  std::string term;
  std::uint32_t number = 0; ///< term_number
  double weight = 0;        ///< idf included: times its saturated occurrences is what an article gains
};

/// The telling words of `articles`: at most model.feedback_words, the most telling first; their weights, before idf,
/// add up to 1.
std::vector<FeedbackWord> feedback_words(std::span<const FeedbackArticle> articles, TermStatistics& statistics,
                                         const RankingModel& model);

} // namespace pfind::searcher
