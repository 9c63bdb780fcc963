#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace pfind::searcher {

/// A word of a query as ranking looks for it in articles.
struct QueryWord {
  std::string written;             ///< as typed
  std::string word;                ///< folded, not stemmed
  std::vector<std::string> terms;  ///< that it is found under: its stems in the languages of the index
  std::vector<std::string> joined; ///< the compounds, written as one, that it is part of
  std::string acronym;             ///< its capitals, where typed so
  double repeats = 1;              ///< how often the query has it
  bool is_stop_word = false;
};

/// What the query's words may name: the filter terms of that company, person, ..., and which words name it.
struct NamedEntity {
  std::string written;
  std::vector<std::string> terms;
  std::vector<std::size_t> words; ///< indices into QueryWords::words
  bool has_other_names = false;   ///< articles that do not have the words may be about it
  double certainty = 1;           ///< that the words are meant as this name, 0 to 1
};

/// The words of a query that speak for an article; each once.
struct QueryWords {
  std::vector<QueryWord> words;
  std::vector<std::pair<std::size_t, std::size_t>>
      neighbours; ///< indices of words that follow each other, stop words aside
  std::vector<NamedEntity> entities;
  bool is_short = false; ///< a few plain words, all of which are meant (RankingModel::k_all_words_up_to)

  /// Adds a word, or counts it again where its first term is there; returns its index.
  std::size_t add(QueryWord word);

  void add_neighbours(std::size_t first, std::size_t second);
};

} // namespace pfind::searcher
