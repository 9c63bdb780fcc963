#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "searcher/entity_profile.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

/// Changes when a program that reads the JSON output would have to; new members do not count. See docs/output.md.
inline constexpr int k_output_schema_version = 1;

class RecordNames;

/// How results are written: `--format`.
enum class OutputFormat : std::uint8_t {
  text,  ///< for people
  json,  ///< one document: docs/pfind-output.schema.json
  jsonl, ///< one hit a line, as in the document's "hits"
  csv,   ///< RFC 4180 with a header row
  paths, ///< the files that hold the hits, each once
  trec   ///< a run as the tools of TREC score it
};

/// The names of the formats, in the order of OutputFormat.
std::span<const std::string_view> output_format_names();

/// The format of that name; nothing for any other text.
std::optional<OutputFormat> output_format(std::string_view name);

struct OutputOptions {
  OutputFormat format = OutputFormat::text;
  bool terminal = false;      ///< writing to a terminal: a summary line follows the results, paths are made printable
  bool color = false;         ///< text: SGR styles
  bool hyperlinks = false;    ///< text: paths are links to the files (OSC 8)
  std::size_t columns = 0;    ///< text: lines are wrapped to this width; 0 for no wrapping
  bool nul_separated = false; ///< paths: NUL instead of line ends
  std::string cwd;            ///< text: paths below it are shown relative to it
  std::string home;           ///< text: other paths below it are shown from `~`
  const RecordNames* names = nullptr; ///< trec: records that these tell apart go by their ids alone
};

/// Writes results in one of the formats. Notices and suggestions are part of JSON only; elsewhere they are the
/// program's to show. A failure of `out` (a closed pipe, a full disk) is left in its state for the caller to see.
void write_results(std::ostream& out, const Results& results, const OutputOptions& options);

/// Writes the values of a facet with their counts; `paths` writes the values alone.
void write_values(std::ostream& out, Field facet, const std::vector<FacetCount>& values, const OutputOptions& options);

/// Writes what is known of entities: text for people, or one of the JSON formats.
void write_entities(std::ostream& out, const std::vector<EntityProfile>& profiles, const OutputOptions& options);

/// Writes one whole article: as `pindex --print` does for the JSON formats, for people otherwise.
void write_article(std::ostream& out, const Hit& hit, const OutputOptions& options);

} // namespace pfind::searcher
