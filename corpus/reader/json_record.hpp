#pragma once

#include <simdjson.h>

#include "corpus/reader/parsed_article.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// The article that one JSON object describes, by the names of `options.json_fields` first and the usual ones after
/// them. Text that is HTML is read as such. Values of a shape that no article has are passed over.
ParsedArticle article_of_record(const simdjson::dom::object& record, const ReadOptions& options);

} // namespace pfind::corpus
