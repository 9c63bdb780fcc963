#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <ostream>

#include "common/article_json.hpp"
#include "common/terminal.hpp"
#include "searcher/output/formats.hpp"

namespace pfind::searcher {
namespace {

using nlohmann::ordered_json;

ordered_json counts_json(const std::vector<FacetCount>& counts) {
  ordered_json list = ordered_json::array();
  for (const FacetCount& c : counts) list.push_back({{"value", c.value}, {"count", c.count}});
  return list;
}

ordered_json article_json(const Article& article) {
  return {{"path", article.path},
          {"record", text_or_null(article.record)},
          {"id", text_or_null(article.id)},
          {"url", text_or_null(article.url)},
          {"title", text_or_null(article.title)},
          {"date", article.date ? ordered_json(to_iso(*article.date)) : ordered_json(nullptr)},
          {"outlet", text_or_null(article.outlet)}};
}

ordered_json profile_json(const EntityProfile& profile) {
  ordered_json object{{"kind", to_string(profile.kind)}, {"name", profile.name}, {"articles", profile.articles}};
  object["aliases"] = counts_json(profile.aliases);
  object["years"] = counts_json(profile.years);
  for (const FacetCounts& facet : profile.named_with)
    object["named_with"][std::string(info(facet.field).name)] = counts_json(facet.values);
  object["newest"] = ordered_json::array();
  for (const Hit& hit : profile.newest) object["newest"].push_back(article_json(hit.article));
  return object;
}

void write_counts(std::ostream& out, std::string_view heading, const std::vector<FacetCount>& counts) {
  if (counts.empty()) return;
  out << '\n' << heading << '\n';
  for (const FacetCount& c : counts) out << fmt::format("{:>8}  {}\n", grouped(c.count), printable(c.value));
}

void write_newest(std::ostream& out, const std::vector<Hit>& hits, const OutputOptions& options) {
  out << "\nnewest articles\n";
  for (const Hit& hit : hits) {
    const Article& article = hit.article;
    const std::string date = article.date ? to_iso(*article.date).substr(0, 10) : "no date";
    out << fmt::format("  {:<10}  {}\n", date, article.title.empty() ? "(no headline)" : printable(article.title));
    out << fmt::format("              {}{}\n", short_path(article.path, options),
                       article.record.empty() ? "" : '#' + printable(article.record));
  }
}

void write_text(std::ostream& out, const EntityProfile& profile, const OutputOptions& options) {
  out << fmt::format("{} ({}): {} {}\n", printable(profile.name), to_string(profile.kind), grouped(profile.articles),
                     profile.articles == 1 ? "article" : "articles");
  write_counts(out, "also written", profile.aliases);
  write_counts(out, "by year", profile.years);
  for (const FacetCounts& facet : profile.named_with)
    write_counts(out, fmt::format("named with: {}", info(facet.field).name), facet.values);
  write_newest(out, profile.newest, options);
}

} // namespace

void write_entities(std::ostream& out, const std::vector<EntityProfile>& profiles, const OutputOptions& options) {
  if (options.format == OutputFormat::json) {
    ordered_json document{{"schema_version", k_output_schema_version}, {"entities", ordered_json::array()}};
    for (const EntityProfile& profile : profiles) document["entities"].push_back(profile_json(profile));
    out << json_text(document) << '\n';
    return;
  }
  for (const EntityProfile& profile : profiles) {
    if (options.format == OutputFormat::jsonl) {
      out << json_text(profile_json(profile)) << '\n';
    } else {
      if (&profile != &profiles.front()) out << '\n';
      write_text(out, profile, options);
    }
  }
}

} // namespace pfind::searcher
