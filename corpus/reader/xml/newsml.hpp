#pragma once

#include <optional>

#include "corpus/reader/parsed_article.hpp"
#include "corpus/reader/xml/element.hpp"
#include "corpus/reader/xml/stream.hpp"

namespace pfind::corpus::xml {

/// How NewsML documents of both generations are read: `newsMessage` and `NewsML` hold items, or the item is the
/// document.
const Shape& newsml_shape();

/// Whether an element is an item that holds an article: `newsItem` (NewsML-G2), `NewsItem` (NewsML 1).
bool is_news_item(const Element& element);

/// Whether an element is a package or another item of NewsML-G2 that only refers to articles.
bool is_other_item(const Element& element);

/// Whether the publisher took the item back.
bool is_withdrawn(const Element& item);

/// The article of an item.
ParsedArticle article_of_news_item(const Element& item);

} // namespace pfind::corpus::xml
