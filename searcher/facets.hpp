#pragma once

#include <vector>

#include "searcher/document_bits.hpp"
#include "searcher/index.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

/// Articles of each shard of an index.
using ArticleSet = std::vector<DocumentBits>;

/// Counts the values of a facet over a set of articles, exactly; keeps the `limit` most frequent. Entities are counted
/// under their canonical names, an article once for each however many of its names it has.
FacetCounts count_facet(Snapshot& index, const ArticleSet& articles, Field facet, std::size_t limit);

} // namespace pfind::searcher
