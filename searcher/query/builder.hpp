#pragma once

#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/matcher.hpp"
#include "searcher/query/synonyms.hpp"
#include "searcher/query/tree.hpp"

namespace pfind::searcher {

/// How many words a query may have; the rest is left out, and a notice says so. What is dearer to look up counts more:
/// every phrase, and still more every wildcard, exact word and operand of `near`. A query at the limit takes one to
/// several seconds on 20,000 articles.
inline constexpr std::size_t k_max_words = 500;
inline constexpr std::size_t k_words_of_phrase = 10; // beside its own words
inline constexpr std::size_t k_words_of_pattern = 25;

/// Which of a query's words an article must have.
enum class Matching : std::uint8_t {
  all, ///< every word but stop words
  any  ///< at least one; filters and negations hold all the same
};

/// A query for one snapshot of an index.
struct BuiltQuery {
  Xapian::Query match;               ///< decides which articles are found
  std::vector<Xapian::Query> boosts; ///< add to the score of what is found: headline, acronyms, words side by side
  QueryTerms terms;                  ///< for snippets
  std::vector<std::string> missing;  ///< the words, as typed, that no article has
  std::vector<std::string> notices;  ///< how filters and wildcards were read, where that is not plain
  std::vector<std::string> readings; ///< what words are also looked for as, one sentence each

  /// The query that ranks: finds what `match` finds.
  Xapian::Query ranked() const;
};

/// Translates a query tree into Xapian's terms for the index at hand: stems of its languages, joined and parted
/// spellings that it has, aliases that it knows, periods as terms. With `synonyms`, words are looked for as these too.
BuiltQuery build_query(const query::Node& root, Snapshot& index, Matching matching, const Synonyms* synonyms = nullptr);

} // namespace pfind::searcher
