#pragma once

#include <string>

#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Reads one article per line, holding one line at a time in memory. A line that is no article is a problem naming the
/// line.
void read_json_lines(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

/// Reads the articles of one JSON document: one object, an array of objects, or an object that holds one such array.
void read_json(std::string_view text, const std::string& path, const ReadOptions& options, const ReadEvents& events);

} // namespace pfind::corpus
