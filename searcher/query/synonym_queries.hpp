#pragma once

#include <memory>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "searcher/query/builder.hpp"
#include "searcher/query/synonyms.hpp"
#include "searcher/query/vocabulary.hpp"

namespace pfind::searcher {

/// Synonyms of some neighbouring words of a query, as a query of its own.
struct SynonymQuery {
  std::size_t first = 0; ///< of the word chains that it stands for
  std::size_t end = 0;   ///< behind the last of them
  Xapian::Query query;   ///< scaled, so that it counts less than the words as typed
};

/// Finds what the words of a query stand for besides: the longest run of words first, none in two runs. Adds to `out`
/// what comes with them: terms to highlight, lines that explain; takes from its missing words those that a synonym
/// stands for which some article has.
std::vector<SynonymQuery> synonym_queries(const std::vector<WordChain>& chains, Field field, const Synonyms& synonyms,
                                          Vocabulary& vocabulary, BuiltQuery& out);

} // namespace pfind::searcher
