#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Reads a file of one mail.
void read_mail(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

/// Reads the mails of an mbox file (RFC 4155, with either quoting of `From `), holding one at a time in memory. A
/// record is named by its Message-ID, or its number where it has none; a mail that is there twice is read once.
void read_mbox(ByteStream& stream, const std::string& path, const ReadOptions& options, const ReadEvents& events);

/// Whether a line begins a mail of an mbox file, where it follows an empty one: `From ` and somewhere a time of day.
bool is_mbox_separator(std::string_view line);

} // namespace pfind::corpus
