#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pfind::searcher {

/// The code points of a UTF-8 text.
std::u32string code_points(std::string_view text);

/// Edits between two texts: insertions, deletions, substitutions, swaps of neighbours (optimal string alignment). More
/// than `limit` is reported as `limit + 1`.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t limit);

/// The same where a first letter that differs counts as one edit more: people rarely get it wrong.
std::size_t misspelling_distance(std::u32string_view a, std::u32string_view b, std::size_t limit);

/// How many edits a word of `length` code points may be away from the one that was meant.
std::size_t allowed_edits(std::size_t length);

} // namespace pfind::searcher
