#include "searcher/query/period.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace pfind::query {
namespace {

namespace chr = std::chrono;

constexpr Date k_first_day{1, 1, 1, -1};
constexpr Date k_last_day{9999, 12, 31, -1};
constexpr std::size_t k_max_count_digits = 4; // of the number in `7d`

/// What one date names: a day, a month or a year, as its first and last day.
struct Span {
  Date first;
  Date last;
};

chr::sys_days to_days(const Date& date) {
  return chr::year_month_day{chr::year{date.year}, chr::month{static_cast<unsigned>(date.month)},
                             chr::day{static_cast<unsigned>(date.day)}};
}

Date to_date(chr::year_month_day day) {
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day())), -1};
}

Date days_later(const Date& date, int days) { return to_date(to_days(date) + chr::days{days}); }

/// The same day so many months earlier, or the last of that month where it has no such day.
Date months_earlier(const Date& date, int months) {
  const int month = date.year * 12 + (date.month - 1) - months;
  if (month < 12) return k_first_day;
  const chr::year_month earlier{chr::year{month / 12}, chr::month{static_cast<unsigned>(month % 12 + 1)}};
  const chr::year_month_day last{earlier / chr::last};
  return to_date(earlier / std::min(chr::day{static_cast<unsigned>(date.day)}, last.day()));
}

int days_in_month(int year, int month) {
  const chr::year_month_day last{chr::year{year} / chr::month{static_cast<unsigned>(month)} / chr::last};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Of a few digits.
int to_number(std::string_view digits) {
  int number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string lowered{text};
  for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lowered;
}

/// The text before the first '-' or '/', which are taken away with it.
std::string_view take_part(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("-/"), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// `2023`, `2023-09`, `2023-9-4`, `2023/09/14`.
std::optional<Span> calendar_span(std::string_view text) {
  if (text.empty() || text.back() == '-' || text.back() == '/') return std::nullopt;
  const std::string_view year = take_part(text);
  const bool has_month = !text.empty();
  const std::string_view month = take_part(text);
  const bool has_day = !text.empty();
  const std::string_view day = text;
  if (!is_number(year) || year.size() != 4) return std::nullopt;
  if (has_month && (!is_number(month) || month.size() > 2)) return std::nullopt;
  if (has_day && (!is_number(day) || day.size() > 2)) return std::nullopt;

  Span span{{to_number(year), 1, 1, -1}, {to_number(year), 12, 31, -1}};
  if (has_month) span.first.month = span.last.month = to_number(month);
  if (has_day) span.first.day = span.last.day = to_number(day);
  if (!is_valid(span.first)) return std::nullopt;
  if (has_month && !has_day) span.last.day = days_in_month(span.last.year, span.last.month);
  return is_valid(span.last) ? std::optional{span} : std::nullopt;
}

/// The day that `7d`, `4w`, `6m` or `1y` ago was.
std::optional<Date> day_ago(std::string_view text, const Date& today) {
  if (text.size() < 2 || text.size() > k_max_count_digits + 1) return std::nullopt;
  const std::string_view digits = text.substr(0, text.size() - 1);
  if (!is_number(digits)) return std::nullopt;
  const int count = to_number(digits);
  const auto days_ago = [&](int days) { return std::max(days_later(today, -days), k_first_day); };
  switch (text.back()) {
  case 'd': return days_ago(count);
  case 'w': return days_ago(count * 7);
  case 'm': return months_earlier(today, count);
  case 'y': return months_earlier(today, count * 12);
  default: return std::nullopt;
  }
}

/// What one date names, where it is one end of a range.
std::optional<Span> span_of(std::string_view text, const Date& today) {
  const std::string name = lower(trimmed(text));
  if (name == "today") return Span{today, today};
  if (name == "yesterday") return Span{days_later(today, -1), days_later(today, -1)};
  if (const std::optional<Date> day = day_ago(name, today)) return Span{*day, *day};
  return calendar_span(name);
}

std::optional<Period> range(std::string_view from, std::string_view to, const Date& today, bool* swapped) {
  from = trimmed(from);
  to = trimmed(to);
  if (from.empty() && to.empty()) return std::nullopt;
  std::optional<Span> first = span_of(from, today);
  std::optional<Span> last = span_of(to, today);
  if (!from.empty() && !first) return std::nullopt;
  if (!to.empty() && !last) return std::nullopt;
  if (!first) return Period{std::nullopt, last->last};
  if (!last) return Period{first->first, std::nullopt};
  if (first->first > last->last) {
    std::swap(first, last);
    if (swapped != nullptr) *swapped = true;
  }
  return Period{first->first, last->last};
}

/// `>=2023`, `>2023`, `<=2023`, `<2023`.
std::optional<Period> comparison(std::string_view text, const Date& today) {
  const bool later = text.front() == '>';
  const bool or_equal = text.substr(1).starts_with('=');
  const std::optional<Span> span = span_of(text.substr(or_equal ? 2 : 1), today);
  if (!span) return std::nullopt;
  if (or_equal) return later ? Period{span->first, std::nullopt} : Period{std::nullopt, span->last};
  if (later ? span->last == k_last_day : span->first == k_first_day) return std::nullopt;
  return later ? Period{days_later(span->last, 1), std::nullopt} : Period{std::nullopt, days_later(span->first, -1)};
}

Date without_time(Date date) {
  date.second_of_day = -1;
  return date;
}

/// How many characters of an ISO date an end of a period needs: the year where that is whole, the month, or the day.
std::size_t written_length(const std::optional<Date>& date, bool is_start) {
  if (!date) return 0;
  if (date->day != (is_start ? 1 : days_in_month(date->year, date->month))) return 10;
  return date->month == (is_start ? 1 : 12) ? 4 : 7;
}

} // namespace

std::optional<Period> parse_period(std::string_view text, const Date& today, bool* swapped) {
  const Date day_now = without_time(today);
  text = trimmed(text);
  if (text.empty()) return std::nullopt;
  if (text.front() == '>' || text.front() == '<') return comparison(text, day_now);
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos)
    return range(text.substr(0, dots), text.substr(dots + 2), day_now, swapped);
  if (const std::optional<Date> day = day_ago(lower(text), day_now)) return Period{*day, day_now};
  const std::optional<Span> span = span_of(text, day_now);
  return span ? std::optional{Period{span->first, span->last}} : std::nullopt;
}

std::optional<Period> period_from(std::string_view text, const Date& today) {
  const std::optional<Span> span = span_of(text, without_time(today));
  return span ? std::optional{Period{span->first, std::nullopt}} : std::nullopt;
}

std::optional<Period> period_until(std::string_view text, const Date& today) {
  const std::optional<Span> span = span_of(text, without_time(today));
  return span ? std::optional{Period{std::nullopt, span->last}} : std::nullopt;
}

std::string to_string(const Period& period) {
  const std::size_t length = std::max(written_length(period.from, true), written_length(period.to, false));
  const std::string from = period.from ? to_iso(*period.from).substr(0, length) : "";
  const std::string to = period.to ? to_iso(*period.to).substr(0, length) : "";
  return from == to ? from : from + ".." + to;
}

} // namespace pfind::query
