#pragma once

#include "corpus/reader/parsed_article.hpp"
#include "corpus/reader/xml/element.hpp"

namespace pfind::corpus::xml {

/// The article of an element `nitf` (News Industry Text Format, IPTC, 3.x).
ParsedArticle article_of_nitf(const Element& nitf);

} // namespace pfind::corpus::xml
