#pragma once

#include <iosfwd>
#include <string>

#include "searcher/output/output.hpp"

namespace pfind::searcher {

/// What write_results chooses from: one function per format.
void write_text(std::ostream& out, const Results& results, const OutputOptions& options);
void write_json(std::ostream& out, const Results& results);
void write_jsonl(std::ostream& out, const Results& results);
void write_csv(std::ostream& out, const Results& results);
void write_paths(std::ostream& out, const Results& results, const OutputOptions& options);

/// The headline of a hit as highlighted, or as stored where the search has not highlighted it.
const std::string& headline(const Hit& hit);

/// `path` for people: below `cwd` relative to it, below `home` from `~`, otherwise as it is; printable.
std::string short_path(const std::string& path, const OutputOptions& options);

} // namespace pfind::searcher
