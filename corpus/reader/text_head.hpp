#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/reader/article_lines.hpp"
#include "corpus/reader/date.hpp"

namespace pfind::corpus {

/// The dates of a line: of publication, and of a change.
struct LineDates {
  std::optional<Date> published;
  std::optional<Date> updated;

  bool any() const { return published || updated; }
};

/// Whether a word of the line announces a date.
bool has_date_label(std::string_view line);

/// The dates of a line that holds one and little else: "Published: Mar 12, 2024 | 5 min read".
LineDates dates_of_line(std::string_view line, DayOrder order);

/// Whether a line leads through a site: a few words by themselves, or several short parts between separators.
bool is_menu_like(std::string_view line);

/// Whether a line has no small letters.
bool is_shouted(std::string_view line);

/// "Home » News » Headline" -> "Headline"
std::optional<std::string> end_of_breadcrumb(std::string_view line);

/// "Acme and Bolt sign a deal - The Post" -> "The Post", where `headline` is what stands before.
std::string site_behind(std::string_view line, std::string_view headline);

/// The head of a text: where headline, byline and date are, as numbers of lines.
class Head {
public:
  /// Borrows `lines`.
  explicit Head(const Lines& lines);

  /// The line of the headline: the one that the page repeats, else the first above the text that reads like one.
  std::optional<std::size_t> headline() const;

  bool is_dated(std::size_t i) const;

  /// Whether a line is a byline or a date.
  bool is_credit(std::size_t i) const;

  /// Where the running text begins.
  std::size_t prose() const { return prose_; }
  std::size_t size() const { return size_; }

private:
  bool is_running_text(std::size_t i) const;
  bool is_below_menu(std::size_t first, std::size_t second) const;
  std::optional<std::size_t> repeated_headline() const;
  std::optional<std::size_t> short_headline() const;

  const Lines& lines_;
  std::size_t size_;
  std::size_t prose_ = 0;
};

} // namespace pfind::corpus
