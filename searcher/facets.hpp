#pragma once

#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

/// Articles of each shard of an index, by their numbers there.
using ArticleSet = std::vector<std::vector<Xapian::docid>>;

/// Counts the values of a facet over a set of articles, exactly; keeps the `limit` most frequent.
FacetCounts count_facet(Snapshot& index, const ArticleSet& articles, Field facet, std::size_t limit);

/// A facet's value as displayed: the name, or `2024`, `2024-03` for the numbers of periods.
std::string display_value(const FacetDictionary& names, std::uint32_t number);

} // namespace pfind::searcher
