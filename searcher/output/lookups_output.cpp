#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <ostream>

#include "common/article_json.hpp"
#include "common/terminal.hpp"
#include "searcher/output/formats.hpp"

namespace pfind::searcher {
namespace {

nlohmann::ordered_json value_json(const FacetCount& value) { return {{"value", value.value}, {"count", value.count}}; }

void write_values_json(std::ostream& out, Field facet, const std::vector<FacetCount>& values) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const FacetCount& value : values) list.push_back(value_json(value));
  nlohmann::ordered_json document{{"schema_version", k_output_schema_version}};
  document[std::string(info(facet).name)] = std::move(list);
  out << json_text(document) << '\n';
}

/// The paragraphs of a text, wrapped to a width.
void write_wrapped(std::ostream& out, std::string_view text, std::size_t columns) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string paragraph = printable(text.substr(0, end));
    for (const text::Span line : wrap(paragraph, columns))
      out << paragraph.substr(line.begin, line.end - line.begin) << '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

} // namespace

void write_values(std::ostream& out, Field facet, const std::vector<FacetCount>& values, const OutputOptions& options) {
  if (options.format == OutputFormat::json) return write_values_json(out, facet, values);
  if (options.format == OutputFormat::csv) out << "value,count\r\n";
  for (const FacetCount& value : values) {
    switch (options.format) {
    case OutputFormat::jsonl: out << json_text(value_json(value)) << '\n'; break;
    case OutputFormat::csv: out << csv_cell(value.value) << ',' << value.count << "\r\n"; break;
    case OutputFormat::paths: out << printable(value.value) << (options.nul_separated ? '\0' : '\n'); break;
    default: out << fmt::format("{:>8}  {}\n", grouped(value.count), printable(value.value));
    }
  }
}

void write_article(std::ostream& out, const Hit& hit, const OutputOptions& options) {
  if (options.format == OutputFormat::json || options.format == OutputFormat::jsonl) {
    out << article_line(hit.article, hit.entities, hit.copies) << '\n';
    return;
  }
  OutputOptions whole = options;
  whole.format = OutputFormat::text;
  whole.terminal = false;
  Results only;
  only.hits.push_back(hit);
  write_results(out, only, whole);
  out << '\n';
  write_wrapped(out, hit.article.body, options.columns);
}

} // namespace pfind::searcher
