#pragma once

#include "corpus/reader/article_lines.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// Takes headline, byline, date and outlet out of the head of a text, with the menu above the headline and the block of
/// "Title: ..." lines with which some exports begin; notes what was found where and what was dropped.
void take_head(Lines& lines, ParsedArticle& parsed, DayOrder order);

} // namespace pfind::corpus
