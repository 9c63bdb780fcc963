#pragma once

#include <optional>
#include <string_view>

#include "common/article.hpp"

namespace pfind::corpus {

/// The date that `text` is, in any of the usual written forms: ISO 8601, RFC 2822, "Mar 12, 2024", "13 Sept 2023",
/// "Tuesday, 5 March 2024", "12.03.2024" (day first), "03/12/2024" (month first unless impossible), German, French and
/// Spanish months, "2024年3月12日". A label before it ("Published on") and a weekday are allowed, nothing else is.
/// Times with a zone are converted to UTC, times without one are taken for UTC, and a zone that is not understood drops
/// the time. nullopt for what is no date or does not exist in the calendar: never a wrong date.
std::optional<Date> parse_date(std::string_view text);

/// The first complete date (day, month and year) inside `text`.
std::optional<Date> find_date(std::string_view text);

/// The date of a Unix time in seconds, or in milliseconds where seconds would lie beyond the year 5000.
std::optional<Date> date_of_unix_time(double time);

} // namespace pfind::corpus
