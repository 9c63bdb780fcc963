#include "common/article_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "common/text/characters.hpp"

namespace pfind {
namespace {

using nlohmann::ordered_json;

bool wants_escape(char32_t c) { return c >= 0x7F && (text::is_control(c) || c == 0x85 || c == 0x2028 || c == 0x2029); }

} // namespace

std::string json_text(const ordered_json& value) {
  const std::string dumped = value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  std::string line;
  line.reserve(dumped.size());
  // Outside strings JSON is ASCII, so whatever is escaped here stands in a string.
  for (std::size_t at = 0; at < dumped.size();) {
    const text::Character c = text::character_at(dumped, at);
    if (wants_escape(c.code_point)) {
      line += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c.code_point));
    } else {
      line.append(dumped, at, c.bytes);
    }
    at += c.bytes;
  }
  return line;
}

ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

std::string joined_authors(const Article& article) { return fmt::format("{}", fmt::join(article.authors, ", ")); }

ordered_json entities_json(const EntitySets& entities) {
  ordered_json object = ordered_json::object();
  for (const EntityKind kind : k_entity_kinds) {
    ordered_json names = ordered_json::array();
    for (const std::string& name : entities[static_cast<std::size_t>(kind)]) names.push_back(name);
    object[std::string(to_string(kind))] = std::move(names);
  }
  return object;
}

ordered_json locations_json(const Article& article, std::span<const Appearance> copies) {
  ordered_json locations = ordered_json::array();
  const auto add = [&](const Appearance& place) {
    locations.push_back({{"path", place.location.path},
                         {"record", text_or_null(place.location.record)},
                         {"id", text_or_null(place.id)},
                         {"url", text_or_null(place.url)},
                         {"outlet", text_or_null(place.outlet)}});
  };
  add({{article.path, article.record}, article.id, article.url, article.outlet});
  for (const Appearance& copy : copies) add(copy);
  return locations;
}

std::string article_line(const Article& article, const EntitySets& entities, std::span<const Appearance> copies) {
  ordered_json object;
  object["path"] = article.path;
  if (!article.record.empty()) object["record"] = article.record;
  if (!article.id.empty()) object["id"] = article.id;
  object["title"] = text_or_null(article.title);
  object["author"] = text_or_null(joined_authors(article));
  object["authors"] = article.authors;
  object["date"] = article.date ? ordered_json(to_iso(*article.date)) : ordered_json(nullptr);
  object["outlet"] = text_or_null(article.outlet);
  object["url"] = text_or_null(article.url);
  object["language"] = text_or_null(article.language);
  object["body"] = article.body;
  object["entities"] = entities_json(entities);
  if (!copies.empty()) object["locations"] = locations_json(article, copies);
  return json_text(object);
}

} // namespace pfind
