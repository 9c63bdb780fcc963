#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "searcher/query/builder.hpp"
#include "searcher/query/mentions.hpp"
#include "searcher/query/operators.hpp"
#include "searcher/query/vocabulary.hpp"
#include "searcher/query/word_chains.hpp"

namespace pfind::searcher {

/// Nothing where a part of a query asks for nothing, as `?!` does.
using MaybeQuery = std::optional<Xapian::Query>;

/// The spellings of an operand of SENTENCE or ATLEAST; none where the index has no word of a pattern, nothing where the
/// operand asks for nothing.
using MaybeSpellings = std::optional<std::vector<Spelling>>;

/// What the joined spelling of words weighs beside them where not all words must match: little, since articles that
/// hyphenate have both.
inline constexpr double k_loosely_joined = 0.03;

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

/// Translates the parts of a query that look for words. What comes with them (words to rank by, terms to highlight,
/// words that no article has) is added to a BuiltQuery.
class TextQueries {
public:
  /// `synonyms` of plain words; null for none.
  TextQueries(Vocabulary& vocabulary, WordBudget& budget, const Synonyms* synonyms)
      : vocabulary_(vocabulary), budget_(budget), synonyms_(synonyms) {}

  /// Uses other synonyms from now on; returns the ones before.
  const Synonyms* use_synonyms(const Synonyms* synonyms) { return std::exchange(synonyms_, synonyms); }

  /// A run of words, each in every spelling: see WordRun. `required`: what of the text stands beside AND.
  MaybeQuery words(const query::Text& text, Matching matching, BuiltQuery& out,
                   const std::vector<text::Span>& required = {});

  MaybeQuery phrase(const query::Phrase& phrase, BuiltQuery& out);

  /// Words in exactly this spelling, side by side: candidates by their stems, settled on the stored text.
  MaybeQuery exact(const std::string& text, Field field, BuiltQuery& out);

  MaybeQuery wildcard(const query::Wildcard& wildcard, BuiltQuery& out);

  /// Words within a window, in any order.
  MaybeQuery near(const query::Near& near, BuiltQuery& out);

  /// Words in one sentence, in any order: candidates have them all, settled on the stored text.
  MaybeQuery sentence(const query::Sentence& sentence, BuiltQuery& out);

  /// A word so often: settled by the counts of its terms where these say it, else on the stored text.
  MaybeQuery at_least(const query::AtLeast& at_least, BuiltQuery& out);

private:
  friend class NearQuery;
  friend class WordRun;

  std::vector<WordChain> chains_of(const std::string& text);
  Xapian::Query chain_query(const WordChain& chain, std::string_view prefix) const;
  Xapian::Query loose_query(const WordChain& chain, std::string_view prefix) const;
  Xapian::Query joined_query(const std::string& joined, const std::vector<text::Token>& words,
                             std::string_view prefix) const;
  Xapian::Query stems_query(const text::Token& word, std::string_view prefix) const;
  void add_words(const std::vector<WordChain>& chains, BuiltQuery& out) const;
  void add_if_missing(const WordChain& chain, std::string_view prefix, BuiltQuery& out) const;
  void highlight(const std::string& term, BuiltQuery& out) const;
  void highlight(const WordChain& chain, BuiltQuery& out) const;
  void highlight_phrase(const std::vector<std::string>& terms, BuiltQuery& out) const;
  Expansion expand(const query::Wildcard& wildcard, BuiltQuery& out) const;
  MaybeSpellings spellings_of(const query::Node& operand, BuiltQuery& out);
  MaybeSpellings any_spelling_of(const query::Or& any, BuiltQuery& out);
  MaybeSpellings pattern_spellings(const query::Wildcard& pattern, BuiltQuery& out) const;
  MaybeSpellings word_spellings(const std::string& text, Field field, BuiltQuery& out);
  MaybeSpellings exact_spellings(const std::string& text, Field field, BuiltQuery& out);

  Vocabulary& vocabulary_;
  WordBudget& budget_;
  const Synonyms* synonyms_;
};

/// Any of the spellings, as far as terms say it: an exact one by its stems.
Xapian::Query any_spelling(const std::vector<Spelling>& spellings);

} // namespace pfind::searcher
