#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// Reads an article from a web page (UTF-8): what the page says about itself (JSON-LD, OpenGraph and other metadata),
/// and the text of the article without what surrounds it.
ParsedArticle parse_html(std::string_view page);

/// All text of a fragment of HTML but what is hidden, paragraphs separated by a blank line: for bodies that are given
/// as HTML.
std::string html_to_text(std::string_view fragment);

/// Whether a text holds HTML markup or character references.
bool looks_like_html(std::string_view text);

} // namespace pfind::corpus
