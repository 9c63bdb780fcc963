#pragma once

#include <span>
#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

/// Counts the values of a facet over a set of articles, exactly; keeps the `limit` most frequent.
FacetCounts count_facet(Snapshot& index, std::span<const Xapian::docid> articles, Field facet, std::size_t limit);

/// A facet's value as displayed: the name, or `2024`, `2024-03` for the numbers of periods.
std::string display_value(const FacetDictionary& names, std::uint32_t number);

} // namespace pfind::searcher
