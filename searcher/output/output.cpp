#include "searcher/output/output.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <unordered_set>

#include "common/terminal.hpp"
#include "searcher/output/formats.hpp"

namespace pfind::searcher {
namespace {

constexpr std::array<std::string_view, 6> k_names{"text", "json", "jsonl", "csv", "paths", "trec"};

} // namespace

std::span<const std::string_view> output_format_names() { return k_names; }

std::optional<OutputFormat> output_format(std::string_view name) {
  const auto it = std::ranges::find(k_names, name);
  if (it == k_names.end()) return std::nullopt;
  return static_cast<OutputFormat>(it - k_names.begin());
}

void write_results(std::ostream& out, const Results& results, const OutputOptions& options) {
  switch (options.format) {
  case OutputFormat::text: return write_text(out, results, options);
  case OutputFormat::json: return write_json(out, results);
  case OutputFormat::jsonl: return write_jsonl(out, results);
  case OutputFormat::csv: return write_csv(out, results);
  case OutputFormat::paths: return write_paths(out, results, options);
  case OutputFormat::trec: return write_trec(out, results, options);
  }
}

void write_paths(std::ostream& out, const Results& results, const OutputOptions& options) {
  std::unordered_set<std::string_view> written;
  for (const Hit& hit : results.hits) {
    if (!written.insert(hit.article.path).second) continue;
    // Programs need the bytes of the name, whatever they are; a terminal must not get them.
    const bool raw = options.nul_separated || !options.terminal;
    out << (raw ? hit.article.path : printable(hit.article.path)) << (options.nul_separated ? '\0' : '\n');
  }
}

const std::string& headline(const Hit& hit) { return hit.title.text.empty() ? hit.article.title : hit.title.text; }

} // namespace pfind::searcher
