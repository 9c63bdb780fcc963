#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// The names that a field of an article ("title", "body", "date", "url", "outlet", "author", "id", "language") may have
/// in a record of JSON or in the header of a table, the best first: those of `options.json_fields`, then the usual
/// ones.
std::vector<std::string_view> names_of_field(std::string_view field, const ReadOptions& options);

} // namespace pfind::corpus
