#pragma once

#include <string>

#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Whether text begins like the SGML of the collection Reuters-21578.
bool begins_like_reuters(std::string_view head);

/// Reads one article per element REUTERS of a file of Reuters-21578, which is SGML and not XML, holding one at a time
/// in memory. Articles are named by their NEWID.
void read_reuters(PeekStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

} // namespace pfind::corpus
