#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Reads one article per row of a table (CSV, TSV and their kin) that begins with the names of its columns, holding one
/// row at a time in memory. A row that is no article is a problem naming the row. A table whose header names neither a
/// title nor a text is one problem; columns can then be named, or numbered, by `options.json_fields`.
void read_table(PeekStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

/// Whether text begins like the header of a table of articles: two names of fields or more, among them a title or a
/// text.
bool begins_like_table(std::string_view head);

} // namespace pfind::corpus
