#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "searcher/index.hpp"
#include "searcher/query/tree.hpp"

namespace pfind::searcher {

/// The value of a facet whose key is nearest to `key`, as displayed: at most two edits away, one in short keys. Empty
/// where none is near.
std::string suggest_value(const std::string& key, Field facet, Snapshot& index);

/// A query as it was answered.
struct AskedQuery {
  const query::Node& tree;
  std::string typed;                ///< as in SearchRequest::query
  std::vector<std::string> missing; ///< the words, as typed, that no article has: see BuiltQuery
  std::uint64_t found = 0;          ///< how many articles
};

/// What a query with misspelt words more likely means.
struct Suggestion {
  std::string query; ///< as typed, but for the words that are likely misspelt; empty where there are none

  /// What may be asked unbidden where the query itself finds nothing: only plain words changed (none in quotes, exact,
  /// in `near`, in a filter or excluded) that no article has, and only such as leave little doubt. Empty where there
  /// is nothing of the kind: then `tree` is All.
  std::string corrected;
  query::Node tree;
  std::vector<std::string> replaced; ///< the words changed in it, as typed
};

/// Looks for misspelt words: those that no article has, and where little was found also those that hardly any article
/// has while a very similar word is frequent. Other words of the collection take their places (see Speller), or the two
/// words that one was joined from. Numbers, codes and capitals are never changed.
Suggestion suggest(const AskedQuery& asked, Snapshot& index);

} // namespace pfind::searcher
