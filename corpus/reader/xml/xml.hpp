#pragma once

#include <string>

#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Whether a document with this root element is one that `read_xml` finds articles in.
bool is_article_root(std::string_view root);

/// Reads the articles of an XML document with the root element `root`: the items of a feed, NewsML or NITF. One element
/// is in memory at a time. Of a broken document what can be read is read, and a problem says where it broke.
void read_xml(PeekStream& stream, const std::string& root, const std::string& path, const ReadOptions& options,
              const ReadEvents& events);

} // namespace pfind::corpus
