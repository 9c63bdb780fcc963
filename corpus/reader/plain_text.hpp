#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// Reads an article from clean plain text as people copy or scrape it: headline, byline and date are recognised at its
/// head, the page's furniture is dropped. What is not there stays empty: no headline or date is made up. The date may
/// also come from the file's name.
ParsedArticle parse_plain_text(std::string_view text, const std::string& path);

} // namespace pfind::corpus
