#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::indexer {

/// What a user once said about how articles are to be read. An index remembers it, so that a later run without the
/// options reads as the first one did.
struct ReadingSettings {
  std::vector<std::string> names;                              ///< names files, absolute
  std::map<std::string, std::vector<std::string>> json_fields; ///< corpus::ReadOptions::json_fields

  bool operator==(const ReadingSettings&) const = default;
};

/// For the index's metadata; empty for no settings.
std::string encode(const ReadingSettings& settings);

/// The inverse. Throws codec::DecodeError.
ReadingSettings decode_reading_settings(std::string_view stored);

/// What holds for a run: what was given on its command line, else what is remembered. An empty name or field (`--names
/// ''`) stands for none instead of the remembered ones.
ReadingSettings effective(const ReadingSettings& given, const ReadingSettings& remembered);

} // namespace pfind::indexer
