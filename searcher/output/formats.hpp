#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "searcher/output/output.hpp"

namespace pfind::searcher {

/// What write_results chooses from: one function per format.
void write_text(std::ostream& out, const Results& results, const OutputOptions& options);
void write_json(std::ostream& out, const Results& results);
void write_jsonl(std::ostream& out, const Results& results);
void write_csv(std::ostream& out, const Results& results);
void write_paths(std::ostream& out, const Results& results, const OutputOptions& options);
void write_trec(std::ostream& out, const Results& results, const OutputOptions& options);

/// `value` as a cell of CSV (RFC 4180). One that a spreadsheet would take for a formula (OWASP, "CSV Injection") gets
/// an apostrophe before it; controls are dropped, since CSV is looked at on terminals too.
std::string csv_cell(std::string_view value);

/// The headline of a hit as highlighted, or as stored where the search has not highlighted it.
const std::string& headline(const Hit& hit);

/// `path` for people: below `cwd` relative to it, below `home` from `~`, otherwise as it is; printable.
std::string short_path(const std::string& path, const OutputOptions& options);

} // namespace pfind::searcher
