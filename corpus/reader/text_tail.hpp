#pragma once

#include "corpus/reader/article_lines.hpp"
#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// Drops what is not the article from the lines behind its head: the page's parts behind it, advertising between its
/// paragraphs. Takes the outlet from a copyright line and the authors from a credit, where there are none yet.
void take_tail(Lines& lines, ParsedArticle& parsed);

} // namespace pfind::corpus
