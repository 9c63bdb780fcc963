#include "corpus/reader/date.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "corpus/reader/date_cursor.hpp"
#include "corpus/reader/date_words.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

/// What stands at one place of a text: the shape of a date (`end` behind it) and the date, if it exists.
struct Match {
  std::optional<Date> date;
  std::size_t end = 0;
  bool is_two_way = false; ///< which date it is depends on the order
};

/// The date with its time, which is left out where it is impossible.
std::optional<Date> at_clock(Date date, const Clock& clock) {
  if (!is_valid(date)) return std::nullopt;
  constexpr int furthest_zone = 14 * 60;
  if (clock.second_of_day < 0 || std::abs(clock.offset_minutes) > furthest_zone) return date;
  date.second_of_day = clock.second_of_day;
  date.utc_offset = clock.offset_minutes;
  return date;
}

/// A time of day behind a date, with whatever joins the two.
Match with_time(DateCursor cursor, Date date) {
  const std::size_t date_end = cursor.at();
  if (!cursor.take_any("Tt") || cursor.done() || !is_date_digit(cursor.rest().front())) {
    cursor.back_to(date_end);
    cursor.skip(",");
    cursor.skip_space();
    cursor.take_any("-|@/") || cursor.take("–") || cursor.take("·") || cursor.take("•");
    cursor.skip_space();
    for (const std::string_view word : {"at"sv, "um"sv, "às"sv, "à"sv, "om"sv, "a las"sv, "alle"sv, "ore"sv, "kl."sv}) {
      if (!cursor.take(word)) continue;
      cursor.skip_space();
      break;
    }
  }
  const auto clock = take_clock(cursor);
  if (!clock) return {.date = is_valid(date) ? std::optional<Date>(date) : std::nullopt, .end = date_end};
  return {.date = at_clock(date, *clock), .end = cursor.at()};
}

/// "2024-03-12", "2024/3/12", "2024.03.12", "2024-Mar-12"
std::optional<Match> match_year_first(DateCursor cursor, DayOrder /*order*/) {
  const auto year = cursor.take_number(4, 4);
  if (!year || cursor.done()) return std::nullopt;
  const char separator = cursor.rest().front();
  if (!cursor.take_any("-/.")) return std::nullopt;
  const auto named = cursor.take_month();
  const auto month = named ? std::optional<Number>({*named, 0}) : cursor.take_number(1, 2);
  if (!month || !cursor.take(std::string_view(&separator, 1))) return std::nullopt;
  const auto day = cursor.take_number(1, 2);
  if (!day) return std::nullopt;
  return with_time(cursor, {year->value, month->value, day->value, -1});
}

/// "20240312", "20240312T080000Z"
std::optional<Match> match_compact(DateCursor cursor, DayOrder /*order*/) {
  const auto number = cursor.take_number(8, 8);
  if (!number) return std::nullopt;
  const Date date{number->value / 10000, number->value / 100 % 100, number->value % 100, -1};
  if (date.year < 1500 || date.year > 2199) return std::nullopt; // any other eight digits are no date
  const std::size_t date_end = cursor.at();
  if (cursor.take("T")) {
    if (const auto time = cursor.take_number(6, 6)) {
      Clock clock{time->value / 10000 * 3600 + time->value / 100 % 100 * 60 + time->value % 100, 0};
      if (time->value / 10000 > 23 || time->value / 100 % 100 > 59 || time->value % 100 > 59) clock.second_of_day = -1;
      take_zone(cursor, clock);
      return Match{.date = at_clock(date, clock), .end = cursor.at()};
    }
  }
  return Match{.date = is_valid(date) ? std::optional<Date>(date) : std::nullopt, .end = date_end};
}

int full_year(const Number& year) {
  if (year.digits == 4) return year.value;
  return year.value + (year.value >= 70 ? 1900 : 2000);
}

void skip_ordinal(DateCursor& cursor) {
  for (const std::string_view suffix : {"st"sv, "nd"sv, "rd"sv, "th"sv, "er"sv, "e"sv}) {
    if (cursor.take_word(suffix)) return;
  }
  cursor.take("º") || cursor.take("°") || cursor.take("ª");
}

/// The words that join the parts of a date: "5th of March", "5 de marzo del 2024", "5 d'abril".
void skip_joining(DateCursor& cursor) {
  cursor.skip_space();
  for (const std::string_view word : {"of"sv, "de"sv, "del"sv, "do"sv, "di"sv}) {
    if (cursor.take_word(word)) break;
  }
  cursor.skip_space();
}

/// "13 Sept 2023", "5. März 2024", "1er mars 2024", "5 de marzo de 2024", "26-FEB-87", "12/Mar/2024"
std::optional<Match> match_day_month(DateCursor cursor, DayOrder /*order*/) {
  const auto day = cursor.take_number(1, 2);
  if (!day) return std::nullopt;
  skip_ordinal(cursor);
  const bool dashed = cursor.take_any("-/");
  if (!dashed) {
    cursor.skip(".");
    skip_joining(cursor);
  }
  const auto month = cursor.take_month();
  if (!month) return std::nullopt;
  cursor.skip(dashed ? "-/" : ".,");
  skip_joining(cursor);
  const auto year = cursor.take_number(4, 4);
  const auto short_year = !year && dashed ? cursor.take_number(2, 2) : std::nullopt;
  if (!year && !short_year) return std::nullopt;
  return with_time(cursor, {full_year(year ? *year : *short_year), *month, day->value, -1});
}

/// "Mar 12, 2024", "March 5th 2024"; with the time before the year as C and Unix write it: "Mar 12 08:00:00 2024"
std::optional<Match> match_month_day(DateCursor cursor, DayOrder /*order*/) {
  const auto month = cursor.take_month();
  if (!month) return std::nullopt;
  cursor.skip(".-");
  cursor.skip_space();
  const auto day = cursor.take_number(1, 2);
  if (!day) return std::nullopt;
  skip_ordinal(cursor);
  const bool marked = cursor.skip(",.-");
  const bool separated = cursor.skip_space() || marked;
  if (!separated) return std::nullopt;
  const std::size_t day_end = cursor.at();
  auto clock = take_clock(cursor);
  if (clock && clock->second_of_day < 0) cursor.back_to(day_end), clock.reset();
  skip_joining(cursor);
  const auto year = cursor.take_number(4, 4);
  if (!year) return std::nullopt;
  const Date date{year->value, *month, day->value, -1};
  if (clock) return Match{.date = at_clock(date, *clock), .end = cursor.at()};
  return with_time(cursor, date);
}

/// The year behind two numbers: in four digits, or in two where those are written in two as well, "12.03.24", or with
/// slashes. (A version has one digit somewhere.)
std::optional<Number> take_last_year(DateCursor& cursor, char separator, const Number& first, const Number& second) {
  if (const auto year = cursor.take_number(4, 4)) return year;
  const bool even = first.digits == 2 && second.digits == 2;
  return (even && separator != '-') || separator == '/' ? cursor.take_number(2, 2) : std::nullopt;
}

/// "12.03.2024" day first, "03/12/2024" and "03-12-2024" in the order that prevails.
std::optional<Match> match_year_last(DateCursor cursor, DayOrder order) {
  const auto first = cursor.take_number(1, 2);
  if (!first || cursor.done()) return std::nullopt;
  const char separator = cursor.rest().front();
  if (!cursor.take_any("./-")) return std::nullopt;
  if (separator == '.') cursor.skip_space();
  const auto second = cursor.take_number(1, 2);
  if (!second || !cursor.take(std::string_view(&separator, 1))) return std::nullopt;
  if (separator == '.') cursor.skip_space();
  const auto digits = take_last_year(cursor, separator, *first, *second);
  if (!digits) return std::nullopt;
  const int year = full_year(*digits);
  const Date day_first{year, second->value, first->value, -1};
  const Date month_first{year, first->value, second->value, -1};
  if (separator == '.') return with_time(cursor, day_first);
  const bool ambiguous = is_valid(day_first) && is_valid(month_first) && day_first != month_first;
  if (separator == '-' && ambiguous && order == DayOrder::customary)
    return Match{.end = cursor.at(), .is_two_way = true};
  const bool by_day = ambiguous ? order == DayOrder::day_first : is_valid(day_first);
  Match match = with_time(cursor, by_day ? day_first : month_first);
  match.is_two_way = ambiguous;
  return match;
}

/// "2024年3月12日", "2024년 3월 12일"
std::optional<Match> match_east_asian(DateCursor cursor, DayOrder /*order*/) {
  const auto year = cursor.take_number(4, 4);
  if (!year) return std::nullopt;
  cursor.skip_space();
  if (!cursor.take("年") && !cursor.take("년")) return std::nullopt;
  cursor.skip_space();
  const auto month = cursor.take_number(1, 2);
  cursor.skip_space();
  if (!month || (!cursor.take("月") && !cursor.take("월"))) return std::nullopt;
  cursor.skip_space();
  const auto day = cursor.take_number(1, 2);
  cursor.skip_space();
  if (!day || (!cursor.take("日") && !cursor.take("일") && !cursor.take("号"))) return std::nullopt;
  for (const std::string_view open : {"（"sv, "("sv}) { // the weekday: "12日（火）"
    DateCursor weekday = cursor;
    if (!weekday.take(open)) continue;
    for (const std::string_view close : {"）"sv, ")"sv}) {
      const std::size_t at = weekday.rest().substr(0, 12).find(close);
      if (at == std::string_view::npos) continue;
      cursor.back_to(weekday.at() + at + close.size());
      break;
    }
  }
  return with_time(cursor, {year->value, month->value, day->value, -1});
}

std::optional<Match> match_at(std::string_view text, std::size_t at, DayOrder order) {
  const DateCursor cursor(text, at);
  for (const auto match :
       {match_year_first, match_compact, match_day_month, match_month_day, match_year_last, match_east_asian}) {
    const auto found = match(cursor, order);
    // Digits right behind belong to another number: "1/2/20245".
    if (found && (found->end >= text.size() || !is_date_digit(text[found->end]))) return found;
  }
  return std::nullopt;
}

/// A number or word begins here, so a date can.
bool may_begin(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (!is_date_digit(c) && !is_date_letter(c)) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  if (is_date_digit(c)) {
    const bool joined =
        at > 1 && is_date_digit(text[at - 2]) && (before == '.' || before == '/' || before == '-' || before == ':');
    return !is_date_digit(before) && !joined && !(is_date_letter(before) && static_cast<unsigned char>(before) < 0x80);
  }
  return !is_date_letter(before);
}

/// Moves on behind labels and weekdays; whether one of them says that the date behind it is one of a change.
bool skip_labels(DateCursor& cursor) {
  bool updated = false;
  for (bool more = true; more;) {
    more = cursor.skip_space();
    more = cursor.skip(":,|-(.") || cursor.take("：") || cursor.take("•") || cursor.take("·") || more;
    constexpr std::size_t longest_label = 40; // bytes
    const DateLabel label = date_label(latin_lower(valid_prefix(cursor.rest(), longest_label)));
    cursor.back_to(cursor.at() + label.size);
    updated = label.says_published ? false : updated || label.says_updated;
    more = label.size > 0 || cursor.take_weekday() || more;
  }
  return updated;
}

/// A time of day before the date: "8:30 am EST, March 12, 2024"
std::optional<Clock> take_leading_clock(DateCursor& cursor) {
  const auto clock = take_clock(cursor);
  if (clock) skip_labels(cursor);
  return clock;
}

constexpr std::size_t k_longest_desk_mark = 8; // bytes

/// What may follow a date that is all of a text: a comment as in RFC 2822, "+0100 (CET)"; a newswire's mark of the
/// desk, "27-MAR-1987 02:17:09.88T C F".
bool is_tail(DateCursor cursor) {
  if (cursor.skip_space() && cursor.take("(") && !cursor.word().empty()) cursor.take(cursor.word()), cursor.take(")");
  cursor.skip_space();
  cursor.skip(".,;:|)-");
  cursor.skip_space();
  const std::string_view mark = cursor.rest();
  return mark.size() <= k_longest_desk_mark &&
         std::ranges::all_of(mark, [](char c) { return c == ' ' || (c >= 'A' && c <= 'Z'); });
}

/// The label that ends right before `at`, judged by the words there: "... last updated on Tuesday, ".
bool follows_update(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 48; // bytes
  const std::size_t begin = at > longest ? at - longest : 0;
  for (std::size_t i = begin; i < at; ++i) {
    if (i > 0 && is_date_letter(text[i - 1])) continue;
    DateCursor cursor(text.substr(0, at), i);
    const bool updated = skip_labels(cursor);
    if (cursor.at() == at) return updated;
  }
  return false;
}

template <typename Accept>
std::optional<Date> find_date_where(std::string_view text, DayOrder order, Accept accept) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!may_begin(text, at)) continue;
    const auto match = match_at(text, at, order);
    if (!match) continue;
    if (match->date && accept(at)) return match->date;
    at = match->end - 1; // the shape of a date that does not exist is not searched for another one
  }
  return std::nullopt;
}

/// The match that the whole text is, but for labels before it and what may follow; without a date where something else
/// does.
std::optional<Match> match_whole(std::string_view text, DayOrder order) {
  DateCursor cursor(text);
  skip_labels(cursor);
  auto match = match_at(text, cursor.at(), order);
  if (!match) {
    const auto clock = take_leading_clock(cursor);
    if (clock) match = match_at(text, cursor.at(), order);
    if (match && match->date && match->date->second_of_day < 0) match->date = at_clock(*match->date, *clock);
  }
  if (!match) return std::nullopt;
  cursor.back_to(match->end);
  if (!is_tail(cursor)) match->date.reset();
  return match;
}

} // namespace

std::optional<Date> parse_date(std::string_view text, DayOrder order) {
  const auto match = match_whole(text, order);
  return match ? match->date : std::nullopt;
}

DateReading read_date(std::string_view text) {
  const auto match = match_whole(text, DayOrder::customary);
  if (!match) return {};
  if (!match->is_two_way) return {match->date};
  const auto day_first = parse_date(text, DayOrder::day_first);
  return {match->date, day_first && day_first != parse_date(text, DayOrder::month_first)};
}

std::optional<Date> find_date(std::string_view text, DayOrder order) {
  return find_date_where(text, order, [](std::size_t) { return true; });
}

std::optional<Date> find_publication_date(std::string_view text, DayOrder order) {
  return find_date_where(text, order, [&](std::size_t at) { return !follows_update(text, at); });
}

std::optional<Date> date_of_unix_time(double time) {
  using namespace std::chrono;
  constexpr double k_year_5000 = 95'617'584'000.0;
  const double seconds = time > k_year_5000 ? time / 1000 : time;
  if (!(seconds >= 0) || seconds > k_year_5000) return std::nullopt;
  const sys_seconds moment{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
  const sys_days day = floor<days>(moment);
  const year_month_day ymd{day};
  return Date{static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
              static_cast<int>(static_cast<unsigned>(ymd.day())), static_cast<int>((moment - day).count())};
}

} // namespace pfind::corpus
