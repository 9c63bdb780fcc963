#pragma once

#include <memory>
#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/matcher.hpp"
#include "searcher/query/matching.hpp"
#include "searcher/query/stored_text.hpp"
#include "searcher/query/synonyms.hpp"
#include "searcher/query/tree.hpp"
#include "searcher/ranking/query_words.hpp"

namespace pfind::searcher {

/// How many words a query may have; the rest is left out, and a notice says so. What is dearer to look up counts more:
/// every phrase and period, and still more every wildcard, exact word and operand of `near`, SENTENCE and ATLEAST. A
/// query at the limit takes one to several seconds on 20,000 articles.
inline constexpr std::size_t k_max_words = 500;
inline constexpr std::size_t k_words_of_phrase = 10; // beside its own words
inline constexpr std::size_t k_words_of_pattern = 25;

/// A part of a query that an article should have: a word, a phrase, ...
struct WantedPart {
  std::string written; ///< as typed
  Xapian::Query query;
  bool is_plain = false; ///< words, not a phrase, pattern or the like
  double is_name = 0;    ///< how surely it names what the query is about, 0 to 1
};

/// A query for one snapshot of an index.
struct BuiltQuery {
  Xapian::Query match;            ///< finds articles and weighs them by BM25
  QueryWords words;               ///< by which the best of them are ordered
  QueryTerms terms;               ///< for snippets
  std::vector<WantedPart> wanted; ///< what an article should have, stop words and filters aside
  std::size_t plain_words = 0;    ///< that the query asks for beside phrases and the like
  bool is_gist = false;           ///< an article need not have all of the plain words
  bool is_short_question = false; ///< likewise, of a question with few of them
  bool asks_for_all = false; ///< an article must have several parts at once; one that lacks some may be worth a look
  std::vector<std::string> missing;  ///< the words, as typed, that no article has
  std::vector<std::string> notices;  ///< how filters and wildcards were read, where that is not plain
  std::vector<std::string> readings; ///< what words are also looked for as, one sentence each
  std::shared_ptr<StoredText> text;  ///< says after the search whether articles were too many to be read
};

/// Translates a query tree into Xapian's terms for the index at hand: stems of its languages, joined and parted
/// spellings that it has, aliases that it knows, periods as terms. With `synonyms`, words are looked for as these too.
BuiltQuery build_query(const query::Node& root, Snapshot& index, Matching matching, const Synonyms* synonyms = nullptr);

} // namespace pfind::searcher
