#pragma once

#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/matcher.hpp"
#include "searcher/query/tree.hpp"

namespace pfind::searcher {

/// Which of a query's words an article must have.
enum class Matching : std::uint8_t {
  all, ///< every word but stop words
  any  ///< at least one; filters and negations hold all the same
};

/// A query for one snapshot of an index.
struct BuiltQuery {
  Xapian::Query match; ///< decides which articles are found
  std::vector<Xapian::Query>
      boosts;                     ///< add to the score of what is found: headline, acronyms, words that stand together
  QueryTerms terms;               ///< for snippets
  std::vector<std::string> words; ///< words asked for, as typed
  std::vector<std::string> missing; ///< of these, the ones that no article has
  std::vector<std::string> notices; ///< how filters and wildcards were read, where that is not plain

  /// The query that ranks.
  Xapian::Query ranked() const;
};

/// Translates a query tree into Xapian's terms for the index at hand: stems of its languages, joined and parted
/// spellings that it has, aliases that it knows, periods as terms.
BuiltQuery build_query(const query::Node& root, Snapshot& index, Matching matching);

} // namespace pfind::searcher
