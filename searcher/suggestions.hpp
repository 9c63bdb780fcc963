#pragma once

#include <string>
#include <vector>

#include "searcher/index.hpp"

namespace pfind::searcher {

/// The word of the collection that a misspelt one most likely stands for: at most two edits away (insertions,
/// deletions, substitutions, swapped neighbours), the nearest, then the most frequent; written as in an article. Empty
/// where there is none; numbers and codes (`H100`) are never corrected.
std::string suggest_word(const std::string& word, Snapshot& index);

/// `query` with each misspelt word replaced by its suggestion; empty where nothing could be suggested.
std::string suggest_query(const std::string& query, const std::vector<std::string>& misspelt, Snapshot& index);

/// Edits between two texts of bytes, swaps of neighbours included (optimal string alignment); more than `limit` is
/// reported as `limit + 1`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

} // namespace pfind::searcher
