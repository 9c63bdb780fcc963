#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "searcher/index.hpp"

namespace pfind::searcher {

/// The word of the collection that a misspelt one most likely stands for: at most two edits away (insertions,
/// deletions, substitutions, swapped neighbours), the nearest, then the most frequent; in that of its forms which is
/// nearest. Empty where there is none; numbers and codes (`H100`) are never corrected.
std::string suggest_word(const std::string& word, Snapshot& index);

/// The value of a facet whose key is nearest to `key`, by the same measure, as displayed; empty where none is near.
std::string suggest_value(const std::string& key, Field facet, Snapshot& index);

/// `query` with each misspelt word, given as typed there, replaced by its suggestion and all else as it is; empty where
/// nothing could be suggested. Takes time for each word and each term of the index: 10 ms for one and 40,000.
std::string suggest_query(const std::string& query, const std::vector<std::string>& misspelt, Snapshot& index);

/// Edits between two texts, swaps of neighbours included (optimal string alignment); more than `limit` is reported as
/// `limit + 1`.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t limit);

} // namespace pfind::searcher
