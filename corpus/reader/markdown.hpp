#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// Reads an article in Markdown with optional front matter (title, date, author, outlet or source, url, language). The
/// body is the text as a reader sees it: no markup, links by their words, one paragraph per block.
ParsedArticle parse_markdown(std::string_view text, const std::string& path);

/// The text of one line of Markdown without emphasis, links, images, code marks and escapes.
std::string strip_inline_markdown(std::string_view line);

} // namespace pfind::corpus
