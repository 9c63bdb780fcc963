#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"
#include "corpus/reader/reading_notes.hpp"

namespace pfind::corpus {

/// What a parser of one format makes of a text: the article, and what of it could not be used. The reader fills in what
/// no format says: path, record, and the language where it must be detected.
struct ParsedArticle {
  Article article;
  std::vector<std::string> problems; ///< reasons, one line each; the article stands all the same
  ReadingNotes notes;
  std::string no_article; ///< why the text is none ("is a page to log in, ..."); such a one is not indexed
};

/// Sets the article's date from `text`; notes a problem where that is no date. Empty text changes nothing.
void set_date(ParsedArticle& parsed, std::string_view text);

} // namespace pfind::corpus
