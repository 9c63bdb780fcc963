#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ostream>

#include "common/article_json.hpp"
#include "common/terminal.hpp"
#include "searcher/output/formats.hpp"

namespace pfind::searcher {
namespace {

void write_hit(std::ostream& out, const Hit& hit) {
  const Article& article = hit.article;
  out << hit.rank << ',' << fmt::format("{:.4f}", hit.score);
  const std::string date = article.date ? to_iso(*article.date) : std::string();
  const std::string title = article.title.empty() ? std::string() : headline(hit);
  for (const std::string& value : {title, date, article.outlet, joined_authors(article), article.url, article.path,
                                   article.record, article.id, article.language, hit.snippet.text})
    out << ',' << csv_cell(value);
  for (const std::vector<std::string>& names : hit.entities)
    out << ',' << csv_cell(fmt::format("{}", fmt::join(names, "; ")));
  out << "\r\n";
}

} // namespace

std::string csv_cell(std::string_view value) {
  constexpr std::string_view k_formula_starts = "=+-@";
  std::string text = printable(value);
  const std::size_t first = text.find_first_not_of(' ');
  if (first != std::string::npos && k_formula_starts.find(text[first]) != std::string_view::npos)
    text.insert(text.begin(), '\'');
  if (text.find_first_of(",\"") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ')) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void write_csv(std::ostream& out, const Results& results) {
  out << "rank,score,title,date,outlet,author,url,path,record,id,language,snippet";
  for (const EntityKind kind : k_entity_kinds) out << ',' << to_string(kind);
  out << "\r\n";
  for (const Hit& hit : results.hits) write_hit(out, hit);
}

} // namespace pfind::searcher
