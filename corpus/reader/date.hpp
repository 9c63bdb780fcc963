#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "common/article.hpp"

namespace pfind::corpus {

/// How dates of numbers alone, "03/12/2024" or "03-12-2024", are read where both orders are possible.
enum class DayOrder : std::uint8_t {
  customary,   ///< with slashes the month first; with dashes, where neither prevails, it is no date
  day_first,   ///< 3 December
  month_first, ///< 12 March
};

/// The date that `text` is, in any of the usual written forms: ISO 8601, RFC 2822, "Mar 12, 2024", "13 Sept 2023",
/// "Tuesday, 5 March 2024", "12.03.2024" (always day first), "03/12/2024", months in the languages of Europe,
/// "2024年3月12日". A label before it ("Published on"), a weekday and a time are allowed, nothing else is. The day is
/// the one of the place of publication: an offset is kept beside the time and never moves the day. Times without one
/// are taken for UTC, and a zone that is not understood drops the time. nullopt for what is no date or does not exist
/// in the calendar: never a wrong date.
std::optional<Date> parse_date(std::string_view text, DayOrder order = DayOrder::customary);

/// What a text says of a date.
struct DateReading {
  std::optional<Date> date; ///< as parse_date gives it in the customary order
  bool is_two_way = false;  ///< whether it is one date day first and another month first
};

DateReading read_date(std::string_view text);

/// The first complete date (day, month and year) inside `text`.
std::optional<Date> find_date(std::string_view text, DayOrder order = DayOrder::customary);

/// The first date in `text` that is not said to be one of a change: of "Updated 3 May 2024, published 2 May 2024" the
/// second. Of changes alone, nullopt.
std::optional<Date> find_publication_date(std::string_view text, DayOrder order = DayOrder::customary);

/// The date of a Unix time in seconds, or in milliseconds where seconds would lie beyond the year 5000.
std::optional<Date> date_of_unix_time(double time);

} // namespace pfind::corpus
