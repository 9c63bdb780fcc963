#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/reading_notes.hpp"

namespace pfind::corpus {

/// What a parser of one format makes of a text: the article, and what of it could not be used. The reader fills in what
/// no format says: path, record, and the language where it must be detected.
struct ParsedArticle {
  Article article;
  std::vector<std::string> problems; ///< reasons, one line each; the article stands all the same
  ReadingNotes notes;
  std::string two_way_date; ///< the date as written, where day and month may be either way and nothing said which yet
  std::string no_article;   ///< why the text is none ("is a page to log in, ..."); such a one is not indexed
};

/// Takes a date away that no article can have, and says so as a problem: one more than two days after `today` (a day
/// may have begun elsewhere, and a printed issue bears the next day's date), and the first moment of Unix time, which
/// broken exports write where they have none.
void drop_impossible_date(ParsedArticle& parsed, const Date& today);

/// Reads a date that can be read in two ways as the article's text has it or, where that shows nothing, as the file
/// (`of_file`) or the article's language does; a problem tells where the custom of America was taken for want of any.
void settle_two_way_date(ParsedArticle& parsed, DayOrder of_file);

/// Sets the article's date from `text`; notes a problem where that is no date. Empty text changes nothing.
void set_date(ParsedArticle& parsed, std::string_view text);

} // namespace pfind::corpus
