#include <nlohmann/json.hpp>
#include <ostream>

#include "common/article_json.hpp"
#include "searcher/output/formats.hpp"

namespace pfind::searcher {
namespace {

using nlohmann::ordered_json;

ordered_json ranges_json(const std::vector<Highlight>& highlights) {
  ordered_json ranges = ordered_json::array();
  for (const Highlight& h : highlights) ranges.push_back(ordered_json::array({h.begin, h.end}));
  return ranges;
}

ordered_json hit_json(const Hit& hit, const std::string& query_id = {}) {
  const Article& article = hit.article;
  const bool titled = !article.title.empty();
  ordered_json object;
  if (!query_id.empty()) object["query_id"] = query_id;
  object["rank"] = hit.rank;
  object["score"] = hit.score;
  object["path"] = article.path;
  object["record"] = text_or_null(article.record);
  object["id"] = text_or_null(article.id);
  object["url"] = text_or_null(article.url);
  object["title"] = titled ? ordered_json(headline(hit)) : ordered_json(nullptr);
  object["date"] = article.date ? ordered_json(to_iso(*article.date)) : ordered_json(nullptr);
  object["outlet"] = text_or_null(article.outlet);
  object["author"] = text_or_null(joined_authors(article));
  object["language"] = text_or_null(article.language);
  object["locations"] = locations_json(article, hit.copies);
  object["snippet"] = hit.snippet.text;
  object["highlights"] = ranges_json(hit.snippet.highlights);
  object["title_highlights"] = ranges_json(titled ? hit.title.highlights : std::vector<Highlight>());
  object["entities"] = entities_json(hit.entities);
  object["missing"] = hit.missing;
  if (!hit.explanation.empty()) object["explanation"] = hit.explanation;
  return object;
}

ordered_json counts_json(const FacetCounts& facet) {
  ordered_json counts = ordered_json::array();
  for (const FacetCount& c : facet.values) counts.push_back({{"value", c.value}, {"count", c.count}});
  return counts;
}

} // namespace

// One member a line and one hit a line, so that people can read the document too.
void write_json(std::ostream& out, const Results& results) {
  const auto member = [&](std::string_view name, const ordered_json& value) {
    out << ",\n\"" << name << "\":" << json_text(value);
  };
  out << "{\"schema_version\":" << k_output_schema_version;
  member("query", results.query);
  member("total", results.total);
  member("offset", results.offset);
  member("timed_out", results.timed_out);
  member("notices", results.notices);
  member("suggestion", text_or_null(results.suggestion));
  member("corrected", text_or_null(results.corrected));
  if (!results.explained.empty()) member("explained", results.explained);
  if (!results.xapian_query.empty()) member("xapian_query", results.xapian_query);
  out << ",\n\"hits\":[";
  for (const Hit& hit : results.hits) out << (&hit == &results.hits.front() ? "\n" : ",\n") << json_text(hit_json(hit));
  out << "]";
  ordered_json facets = ordered_json::object();
  ordered_json distinct = ordered_json::object();
  for (const FacetCounts& facet : results.facets) {
    facets[std::string(info(facet.field).name)] = counts_json(facet);
    distinct[std::string(info(facet.field).name)] = facet.distinct;
  }
  member("facets", facets);
  member("facet_sizes", distinct);
  out << "}\n";
}

void write_jsonl(std::ostream& out, const Results& results) {
  for (const Hit& hit : results.hits) out << json_text(hit_json(hit, results.query_id)) << '\n';
}

} // namespace pfind::searcher
