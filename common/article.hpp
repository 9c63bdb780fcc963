#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace pfind {

/// A calendar date in the proleptic Gregorian calendar, with the time of day where it is known: the day and the time
/// that clocks showed where it was published, so that an article is never shown, found or counted under another day
/// than its readers saw. Dates compare by day, then by that time.
struct Date {
  int year = 0;           ///< 1..9999
  int month = 0;          ///< 1..12
  int day = 0;            ///< 1..31
  int second_of_day = -1; ///< 0..86399, -1 where only the day is known
  int utc_offset = 0;     ///< minutes that those clocks were ahead of UTC, -840..840

  auto operator<=>(const Date&) const = default;
};

/// `2024-03-12`, or where the time of day is known `2024-03-12T08:00:00Z`, `2024-03-12T08:00:00-05:00` (ISO 8601).
std::string to_iso(const Date& date);

/// Whether the date exists in the calendar (and the time of day, where given, is one).
bool is_valid(const Date& date);

/// Where an article is: the file that holds it, and which of the file's articles it is.
struct ArticleLocation {
  std::string path;
  std::string record; ///< empty where the file holds just one

  /// `path`, or `path#record`: unique in a collection.
  std::string text() const { return record.empty() ? path : path + '#' + record; }

  auto operator<=>(const ArticleLocation&) const = default;
};

/// One place where an article was met, with what may differ from one place to another.
struct Appearance {
  ArticleLocation location;
  std::string id;     ///< as in Article
  std::string url;    ///< likewise
  std::string outlet; ///< likewise

  bool operator==(const Appearance&) const = default;
};

/// A news article as a value: what readers produce and everything after them consumes. All text is valid UTF-8.
struct Article {
  std::string path;   ///< of the file it came from, absolute but for standard input, "-"
  std::string record; ///< which article of that file, empty where the file holds just one
  std::string id;     ///< the publisher's or collection's own identifier, if any
  std::string url;    ///< canonical address
  std::string title;
  std::vector<std::string> authors;
  std::optional<Date> date; ///< of publication
  std::string outlet;       ///< who published it
  std::string language;     ///< ISO 639-1 code, e.g. "en"; "zh" for every form of Chinese; empty where unknown
  std::string body;         ///< paragraphs separated by a blank line, without the page's furniture

  /// Where the article is, unique in a collection: `path`, or `path#record`.
  std::string location() const { return ArticleLocation{path, record}.text(); }
};

} // namespace pfind
