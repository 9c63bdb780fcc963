#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/article.hpp"

namespace pfind::query {

/// A span of whole days, both ends included; an end that is not there is open. At least one end is there, `from` is not
/// after `to`, and the dates carry no time of day.
struct Period {
  std::optional<Date> from;
  std::optional<Date> to;

  bool operator==(const Period&) const = default;
};

/// Reads a period as it is written after `date:`: `2023`, `2023-09`, `2023-09-14`, `2023-09..2024-03`, `..2019`,
/// `2020..`,
/// `>=2023`, `>2023`, `<=2023`, `<2023`, `today`, `yesterday`, and `7d`, `4w`, `6m`, `1y` for the last so many days,
/// weeks, months or years up to `today`. Nothing where that is no date of the calendar.
///
/// The ends of a range written backwards change places, and `*swapped` (where given) tells so.
std::optional<Period> parse_period(std::string_view text, const Date& today, bool* swapped = nullptr);

/// The period that begins with the first day of what `text` names: `--after 2023-09` is from 2023-09-01 on. Nothing
/// where `text` names no year, month or day.
std::optional<Period> period_from(std::string_view text, const Date& today);

/// The period that ends with the last day of what `text` names: `--before 2024-02` is until 2024-02-29. Nothing where
/// `text` names no year, month or day.
std::optional<Period> period_until(std::string_view text, const Date& today);

/// The shortest spelling that `parse_period` reads as the same period: `2023`, `2023-09..2024-03`, `2020..`.
std::string to_string(const Period& period);

} // namespace pfind::query
