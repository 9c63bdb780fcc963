#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/reading_notes.hpp"

namespace pfind::corpus {

/// A text as lines, each a paragraph, a heading or one of the page's own.
using Lines = std::vector<std::string>;

/// Why each line is dropped; empty where it is not.
using Reasons = std::vector<std::string_view>;

/// Drops the lines that have a reason, and notes it.
void drop_lines(Lines& lines, const Reasons& reasons, ReadingNotes& notes);

/// "Ana Ruiz, Bo Lin"
std::string joined_names(const std::vector<std::string>& names);

} // namespace pfind::corpus
