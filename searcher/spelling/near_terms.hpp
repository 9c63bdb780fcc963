#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/postings/compared_database.hpp"

namespace pfind::searcher {

/// A word whose like is looked for among the terms of an index.
struct WordPattern {
  std::u32string letters; ///< folded; stemmed where `ending` is 0
  std::size_t limit = 0;  ///< edits; one of the first letter counts twice
  std::size_t ending = 0; ///< so many of the last letters may be an ending, which a stem lacks: they cost nothing
};

/// A term of the text that is near to a word.
struct NearTerm {
  std::string term;
  std::size_t distance = 0;
  Xapian::doccount frequency = 0; ///< articles that have it
};

/// How likely a word was meant that is `distance` edits away and stands in `frequency` articles: the logarithm of a
/// probability, but for a constant.
double likelihood(std::size_t distance, Xapian::doccount frequency);

/// For each pattern the likeliest terms within its limit, best first, `most` at the most; of the index's terms without
/// a prefix those that are made of letters alone. One walk serves all patterns. It leaps over every beginning that none
/// of them can have: of 1,000,000 terms some 20,000 are looked at.
std::vector<std::vector<NearTerm>> near_terms(std::span<const WordPattern> patterns, const ComparedDatabase& database,
                                              std::size_t most);

} // namespace pfind::searcher
