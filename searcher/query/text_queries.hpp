#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "searcher/query/builder.hpp"
#include "searcher/query/vocabulary.hpp"
#include "searcher/query/word_chains.hpp"

namespace pfind::searcher {

/// Nothing where a part of a query asks for nothing, as `?!` does.
using MaybeQuery = std::optional<Xapian::Query>;

/// `queries` under one operator; a single one as it is, none at all matches nothing.
Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries);

/// The words that a query may still have (see k_max_words).
class WordBudget {
public:
  /// How many of `words` may be looked up.
  std::size_t take(std::size_t words);

  /// Takes all of `words` or says that they are too many.
  bool take_all(std::size_t words) { return take(words) == words; }

  bool exceeded() const { return exceeded_; }

private:
  std::size_t left_ = k_max_words;
  bool exceeded_ = false;
};

/// Translates the parts of a query that look for words. What comes with them (boosts, terms to highlight, words that no
/// article has) is added to a BuiltQuery.
class TextQueries {
public:
  /// `synonyms` of plain words; null for none.
  TextQueries(Vocabulary& vocabulary, WordBudget& budget, const Synonyms* synonyms)
      : vocabulary_(vocabulary), budget_(budget), synonyms_(synonyms) {}

  /// Uses other synonyms from now on; returns the ones before.
  const Synonyms* use_synonyms(const Synonyms* synonyms) { return std::exchange(synonyms_, synonyms); }

  /// A run of words: all of them (or any), each in every spelling. Stop words count only where there is nothing else.
  MaybeQuery words(const query::Text& text, Matching matching, BuiltQuery& out);

  MaybeQuery phrase(const query::Phrase& phrase, BuiltQuery& out);

  /// Words in exactly this spelling, side by side: candidates by their stems, settled on the stored text.
  MaybeQuery exact(const std::string& text, Field field, BuiltQuery& out);

  MaybeQuery wildcard(const query::Wildcard& wildcard, BuiltQuery& out);

  /// Words within a window, in any order.
  MaybeQuery near(const query::Near& near, BuiltQuery& out);

private:
  friend class NearQuery;

  /// What a word, or two that may be joined, must match.
  struct WordQuery {
    std::size_t chain = 0; // the first of those it stands for
    Xapian::Query query;
  };

  std::vector<WordChain> chains_of(const std::string& text);
  void add_synonyms(const std::vector<WordChain>& chains, Field field, Xapian::Query::op together,
                    std::vector<WordQuery>& required, BuiltQuery& out);
  Xapian::Query chain_query(const WordChain& chain, std::string_view prefix) const;
  Xapian::Query stems_query(const text::Token& word, std::string_view prefix) const;
  void add_boosts(const WordChain& chain, BuiltQuery& out) const;
  void add_adjacency(const WordChain& first, const WordChain& second, BuiltQuery& out);
  void add_if_missing(const WordChain& chain, std::string_view prefix, BuiltQuery& out) const;
  void highlight(const std::string& term, BuiltQuery& out) const;
  void highlight(const WordChain& chain, BuiltQuery& out) const;
  void highlight_phrase(const std::vector<std::string>& terms, BuiltQuery& out) const;
  Expansion expand(const query::Wildcard& wildcard, BuiltQuery& out) const;

  Vocabulary& vocabulary_;
  WordBudget& budget_;
  const Synonyms* synonyms_;
  std::size_t pairs_ = 0; // of neighbours that boost
};

/// The terms at consecutive positions.
Xapian::Query phrase_of(const std::vector<std::string>& terms, std::string_view prefix);

} // namespace pfind::searcher
