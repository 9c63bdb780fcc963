#include "corpus/reader/date_cursor.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "corpus/reader/date_words.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

std::optional<int> take_offset(DateCursor& cursor) {
  const std::size_t begin = cursor.at();
  const bool east = cursor.take("+");
  if (!east && !cursor.take("-") && !cursor.take("\xe2\x88\x92")) return std::nullopt;
  const auto number = cursor.take_number(1, 4);
  if (!number || number->digits == 3) return cursor.back_to(begin), std::nullopt;
  int minutes = number->digits == 4 ? number->value / 100 * 60 + number->value % 100 : number->value * 60;
  if (number->digits <= 2 && cursor.take(":")) {
    const auto rest = cursor.take_number(2, 2);
    if (!rest) return cursor.back_to(begin), std::nullopt;
    minutes += rest->value;
  }
  return east ? minutes : -minutes;
}

bool is_zone_like(std::string_view word) {
  return !word.empty() && word.size() <= 5 && std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

enum class Half : std::uint8_t { none, am, pm };

Half take_half(DateCursor& cursor) {
  const std::size_t begin = cursor.at();
  cursor.skip_space();
  const bool am = cursor.take_any("aA");
  if (!am && !cursor.take_any("pP")) return cursor.back_to(begin), Half::none;
  cursor.take(".");
  if (!cursor.take_any("mM") || !cursor.word().empty()) return cursor.back_to(begin), Half::none;
  cursor.take(".");
  return am ? Half::am : Half::pm;
}

bool take_uhr(DateCursor& cursor) {
  const std::size_t begin = cursor.at();
  cursor.skip_space();
  return cursor.take_word("uhr") || (cursor.back_to(begin), false);
}

struct Digits {
  int hour = 0;
  int minute = 0;
  int second = 0;
};

/// "8:00:01.79", "14h30"; "8.30" where "Uhr" follows, "8" where "a.m." or "Uhr" does.
std::optional<Digits> take_digits(DateCursor& cursor) {
  const auto hour = cursor.take_number(1, 2);
  if (!hour) return std::nullopt;
  DateCursor ahead = cursor;
  if (take_half(ahead) != Half::none || take_uhr(ahead)) return Digits{hour->value, 0, 0};
  if (cursor.take(".")) {
    const auto minute = cursor.take_number(2, 2);
    ahead = cursor;
    const bool is_time = minute && (take_half(ahead) != Half::none || take_uhr(ahead));
    return is_time ? std::optional<Digits>({hour->value, minute->value, 0}) : std::nullopt;
  }
  if (!cursor.take(":") && !cursor.take("h") && !cursor.take("H")) return std::nullopt;
  const auto minute = cursor.take_number(2, 2);
  if (!minute) return std::nullopt;
  if (!cursor.take(":")) return Digits{hour->value, minute->value, 0};
  const auto second = cursor.take_number(2, 2);
  if (!second) return std::nullopt;
  if (cursor.take_any(".,")) cursor.take_number(1, 9);
  return Digits{hour->value, minute->value, second->value};
}

} // namespace

bool DateCursor::take(std::string_view literal) {
  if (!rest().starts_with(literal)) return false;
  at_ += literal.size();
  return true;
}

bool DateCursor::take_any(std::string_view characters) {
  if (done() || characters.find(text_[at_]) == std::string_view::npos) return false;
  ++at_;
  return true;
}

bool DateCursor::take_word(std::string_view wanted) {
  const std::string_view here = word();
  if (here.size() != wanted.size() || lower_date_word(here) != wanted) return false;
  at_ += wanted.size();
  return true;
}

bool DateCursor::skip(std::string_view characters) {
  bool any = false;
  while (take_any(characters)) any = true;
  return any;
}

bool DateCursor::skip_space() {
  bool any = false;
  while (take_any(" \t\n") || take("\xc2\xa0") || take("\xe2\x80\xaf")) any = true;
  return any;
}

std::optional<Number> DateCursor::take_number(std::size_t least, std::size_t most) {
  std::size_t digits = 0;
  while (at_ + digits < text_.size() && is_date_digit(text_[at_ + digits])) ++digits;
  if (digits < least || digits > most) return std::nullopt;
  Number number{0, digits};
  std::from_chars(text_.data() + at_, text_.data() + at_ + digits, number.value);
  at_ += digits;
  return number;
}

std::string_view DateCursor::word() const {
  std::size_t length = 0;
  while (at_ + length < text_.size() && is_date_letter(text_[at_ + length])) {
    if (text_.substr(at_ + length).starts_with("\xc2\xa0")) break;
    ++length;
  }
  return text_.substr(at_, length);
}

std::optional<int> DateCursor::take_month() {
  constexpr std::size_t longest = 24; // bytes
  const std::string_view name = word();
  if (name.size() < 3 || name.size() > longest) return std::nullopt;
  const auto month = month_named(lower_date_word(name));
  if (month) at_ += name.size();
  return month;
}

bool DateCursor::take_weekday() {
  const std::string_view name = word();
  if (name.empty() || !is_weekday(lower_date_word(name))) return false;
  at_ += name.size();
  take("-feira"); // Portuguese: "terça-feira"
  return true;
}

void take_zone(DateCursor& cursor, Clock& clock) {
  const std::size_t begin = cursor.at();
  cursor.skip_space();
  const bool bracket = cursor.take("(");
  const std::string_view name = cursor.word();
  if (is_zone_like(name) || name == "z") {
    const auto minutes = zone_named(ascii_lower(name));
    cursor.take(name);
    if (!minutes) clock.second_of_day = -1;
    clock.offset_minutes = minutes.value_or(0);
    if (minutes && *minutes == 0) clock.offset_minutes = take_offset(cursor).value_or(0); // "GMT+2"
  } else if (const auto minutes = take_offset(cursor)) {
    clock.offset_minutes = *minutes;
  } else {
    return cursor.back_to(begin);
  }
  if (bracket) cursor.take(")");
}

std::optional<Clock> take_clock(DateCursor& cursor) {
  const std::size_t begin = cursor.at();
  const auto digits = take_digits(cursor);
  if (!digits) return cursor.back_to(begin), std::nullopt;
  const Half half = take_half(cursor);
  if (half == Half::none) take_uhr(cursor);
  const bool hour_exists = half == Half::none ? digits->hour < 24 : digits->hour >= 1 && digits->hour <= 12;
  const int hour = half == Half::none ? digits->hour : digits->hour % 12 + (half == Half::am ? 0 : 12);
  Clock clock;
  if (hour_exists && digits->minute < 60 && digits->second <= 60)
    clock.second_of_day = hour * 3600 + digits->minute * 60 + std::min(digits->second, 59);
  take_zone(cursor, clock);
  return clock;
}

} // namespace pfind::corpus
