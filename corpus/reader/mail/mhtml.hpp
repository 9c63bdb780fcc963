#pragma once

#include <string_view>

#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// Reads an article from a web page that a browser saved as one file (MHTML, RFC 2557). The day it was saved on is not
/// the day of publication. Where there is no page in it, title and body are empty.
ParsedArticle parse_mhtml(std::string_view bytes);

} // namespace pfind::corpus
