#pragma once

#include <cstddef>
#include <xapian.h>

namespace pfind::searcher {

/// The ranking model: what counts for the order of results, and how much. Articles are found and first ordered by
/// Xapian's BM25 over the words of headline and text; the best of them, the candidates, are then ordered by that score
/// and what else speaks for them. Every number was chosen on several collections together, none fits one best;
/// docs/RANKING.md has the effect of each part. Weights are relative to the BM25 weight of a word.
struct RankingModel {
  /// A query of so many words, stop words aside, means all of them, a longer one the gist.
  static constexpr std::size_t k_all_words_up_to = 4;

  // BM25 (Robertson and Zaragoza 2009).
  double k1 = 1.2;       ///< how soon a word's further occurrences count less
  double b = 0.55;       ///< how much the length of an article counts, 0 to 1
  double shortest = 0.3; ///< articles shorter than this, against the mean length, count as that long

  std::size_t candidates = 50; ///< articles that are ordered by more than BM25

  // What speaks for an article beside BM25, per word of the query.
  double headline = 0.35;     ///< in the headline
  double headline_length = 9; ///< words of a headline of usual length; in a longer one a word says less
  double written = 0.05;      ///< written as in the query, not just from the same stem
  double acronym = 0.5;       ///< in capitals as in the query: US, not us
  double stop_word = 0.1;     ///< a word such as `the` or `who`
  double entity = 1;          ///< the query's words name a company, person, ... that the article is about

  // Of words that are neighbours in the query (sequential dependence, Metzler and Croft 2005).
  double side_by_side = 0.3;       ///< so in the article
  double side_by_side_short = 0.6; ///< likewise, in a query that means all of its words
  double bound_stop_word = 1;      ///< likewise, of a word and a stop word: `in vivo`
  double near = 0.1;               ///< within `window`
  int window = 8;                  ///< words

  // Where an article need not have all of a few words, and results say which they lack: how much of them it has.
  double coverage = 3;      ///< per part of the query that it has, against the idf of its words
  double coverage_name = 4; ///< how much more a sure name counts, against the rarest part

  // Relevance feedback from the best candidates (Rocchio 1971, on the weights of BM25).
  double feedback = 0.35;            ///< share of the words of the best articles against those of the query
  std::size_t feedback_articles = 5; ///< at most
  std::size_t feedback_words = 30;   ///< of them that are taken
  double feedback_sharpness = 6; ///< power of its score with which an article counts: where one stands out, the others
                                 ///< say little, so that a query for one article keeps to it

  // `--similar`.
  std::size_t similar_words = 40; ///< of the article, the most telling
  double similar_headline = 1.5;  ///< how much more a word counts that is in its headline
  double similar_feedback = 0;    ///< as `feedback`: so many words say themselves what is meant

  // `--sort recent`.
  double recency = 0.5;           ///< share of the score that fades with age
  double recency_half_life = 180; ///< days

  Xapian::BM25Weight first_stage() const;
};

/// The part of a BM25 weight that occurrences add, up to k1 + 1: `relative_length` is the article's length against the
/// mean.
inline double saturated(double occurrences, double relative_length, const RankingModel& model) {
  const double length = relative_length > model.shortest ? relative_length : model.shortest;
  return occurrences * (model.k1 + 1) / (occurrences + model.k1 * (1 - model.b + model.b * length));
}

} // namespace pfind::searcher
