#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pfind::corpus {

/// The paragraphs of a plain text, each on one line. Hard-wrapped lines are joined; where lines are not wrapped, each
/// is a paragraph of its own. List items are paragraphs.
std::vector<std::string> split_paragraphs(std::string_view text);

/// Paragraphs as a body holds them: a blank line between two, a single line end between list items.
std::string join_paragraphs(const std::vector<std::string>& paragraphs);

} // namespace pfind::corpus
