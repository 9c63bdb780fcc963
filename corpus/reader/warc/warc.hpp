#pragma once

#include <string>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Reads the pages of a web archive (WARC, ISO 28500:2017), one record at a time: responses with status 200 and
/// resources, each read as the format that its content type names. A page that says no address of its own has the one
/// it was fetched from. Records of other kinds and of types that hold no articles (images, style sheets) are passed
/// over; what should have been an article and is not is counted by reason.
void read_warc(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

} // namespace pfind::corpus
