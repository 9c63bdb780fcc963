#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "common/article.hpp"
#include "common/entity/entity.hpp"

namespace pfind {

/// An article and its entities as one line of JSON without a line end, the form that `pindex --print` documents as
/// stable:
///
///     {"path", "title", "author", "authors", "date", "outlet", "url", "language", "body",
///      "entities": {"company": [], "organization": [], "person": [], "place": [], "technology": []}}
///
/// in this order, with "record" and "id" after "path" where they are not empty. `authors` holds the authors, `author`
/// all of them joined by
/// ", ", `date` is ISO 8601; title, author, date, outlet, url and language are null where unknown. Where the article
/// was met elsewhere too, "locations" follow, see locations_json.
std::string article_line(const Article& article, const EntitySets& entities, std::span<const Appearance> copies = {});

/// `{"company": [...], ...}`: every kind, in the order of k_entity_kinds.
nlohmann::ordered_json entities_json(const EntitySets& entities);

/// The authors joined by ", ".
std::string joined_authors(const Article& article);

/// Every place where an article was met, its own first: `[{"path", "record", "id", "url", "outlet"}]`.
nlohmann::ordered_json locations_json(const Article& article, std::span<const Appearance> copies);

/// `text`, or null where it is empty.
nlohmann::ordered_json text_or_null(const std::string& text);

/// `value` on one line in valid UTF-8. Malformed UTF-8 becomes U+FFFD; everything that would act on a terminal or in
/// JavaScript source (controls, bidirectional controls, U+2028, U+2029) is written as an escape.
std::string json_text(const nlohmann::ordered_json& value);

} // namespace pfind
