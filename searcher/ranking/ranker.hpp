#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/ranking/evidence.hpp"
#include "searcher/ranking/feedback.hpp"
#include "searcher/ranking/first_stage.hpp"
#include "searcher/ranking/model.hpp"
#include "searcher/ranking/query_words.hpp"

namespace pfind::searcher {

/// An article with what speaks for it.
struct RankedArticle {
  Xapian::docid article = 0;
  double bm25 = 0;     ///< Xapian's weight of the query
  double coverage = 0; ///< for how much of the query it has, where not all is needed; negative for what it lacks beside
                       ///< articles with all. Beyond the candidates part of bm25
  double headline = 0;
  double neighbours = 0;
  double written = 0;
  double capitals = 0;
  double stop_words = 0;
  double entities = 0;
  double feedback = 0;
  bool is_candidate = false; ///< what follows BM25 was added up
  double age = 0;            ///< negative: what it loses by it, where recency counts

  double score() const { return coverage + relevance(); }

  /// The score of what it has of the query, however much that is.
  double relevance() const {
    return bm25 + headline + neighbours + written + capitals + stop_words + entities + feedback + age;
  }
};

/// What a word of the query adds to an article's score beside BM25.
struct WordScore {
  double headline = 0;
  double written = 0;
  double capitals = 0;
  double stop_word = 0;
};

/// Orders the candidates of one query. What it needs of an index (values, term lists, posting lists of entities) a
/// stock Xapian server gives too.
class Ranker {
public:
  /// `words` must outlive the ranker.
  Ranker(Snapshot& index, const QueryWords& words, const RankingModel& model);

  /// The articles of `found`, in the order of the first stage: the first model.candidates are ordered anew, the rest
  /// follow. Scores never increase. `covered`: the part of their weights that is for coverage. Throws
  /// codec::DecodeError.
  std::vector<RankedArticle> rank(std::span<const WeighedArticle> found,
                                  const std::map<Xapian::docid, double>& covered = {});

  /// What an article says about the query; holds until the next call.
  const Evidence& evidence_of(Xapian::docid article);

  /// What its word number `word` adds for the article that evidence_of was last asked for.
  WordScore score_of_word(std::size_t number) const;

  /// Likewise, of a pair of neighbours.
  double score_of_neighbours(std::size_t pair) const;

  /// Likewise, the share of the word in the BM25 weight, where it is looked for as a word by itself.
  double bm25_of_word(std::size_t number) const;

  /// The words that feedback took from the best articles, the most telling first.
  const std::vector<FeedbackWord>& feedback() const { return feedback_; }

private:
  ForwardText forward_text(Xapian::docid article) const;
  double relative_length(const ForwardText& text) const;
  double relative_length() const; // of the article that evidence_ is of
  void add_scores(RankedArticle& out) const;
  void add_entities(std::vector<RankedArticle>& articles) const;
  void add_feedback(std::vector<RankedArticle>& articles);
  std::vector<FeedbackArticle> best(const std::vector<RankedArticle>& articles) const;
  double feedback_score(const ForwardText& text, const NumberTable& table);

  Snapshot& index_;
  const QueryWords& words_;
  RankingModel model_;
  double mean_length_;
  std::vector<double> idf_;          // by word of the query
  std::vector<double> headline_idf_; // in the field of headlines
  EvidenceReader reader_;
  Evidence evidence_;              // of the article looked at last
  std::vector<ForwardText> texts_; // of the candidates, in the order of their numbers
  std::vector<FeedbackWord> feedback_;
  std::vector<std::uint32_t> counts_; // of feedback_ in one article
};

} // namespace pfind::searcher
