#include "corpus/reader/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

struct NamedNumber {
  std::string_view name;
  int number;
};

// Names of months in English, German, French and Spanish, lower case; abbreviations as newspapers write them.
constexpr NamedNumber k_months[]{
    NamedNumber{"january", 1},
    {"jan", 1},
    {"januar", 1},
    {"jänner", 1},
    {"janvier", 1},
    {"janv", 1},
    {"enero", 1},
    {"february", 2},
    {"feb", 2},
    {"februar", 2},
    {"février", 2},
    {"fevrier", 2},
    {"févr", 2},
    {"fév", 2},
    {"febrero", 2},
    {"march", 3},
    {"mar", 3},
    {"märz", 3},
    {"maerz", 3},
    {"mär", 3},
    {"mrz", 3},
    {"mars", 3},
    {"marzo", 3},
    {"april", 4},
    {"apr", 4},
    {"avril", 4},
    {"avr", 4},
    {"abril", 4},
    {"may", 5},
    {"mai", 5},
    {"mayo", 5},
    {"june", 6},
    {"jun", 6},
    {"juni", 6},
    {"juin", 6},
    {"junio", 6},
    {"july", 7},
    {"jul", 7},
    {"juli", 7},
    {"juillet", 7},
    {"juil", 7},
    {"julio", 7},
    {"august", 8},
    {"aug", 8},
    {"août", 8},
    {"aout", 8},
    {"agosto", 8},
    {"september", 9},
    {"sept", 9},
    {"sep", 9},
    {"septembre", 9},
    {"septiembre", 9},
    {"october", 10},
    {"oct", 10},
    {"oktober", 10},
    {"okt", 10},
    {"octobre", 10},
    {"octubre", 10},
    {"november", 11},
    {"nov", 11},
    {"novembre", 11},
    {"noviembre", 11},
    {"december", 12},
    {"dec", 12},
    {"dezember", 12},
    {"dez", 12},
    {"décembre", 12},
    {"decembre", 12},
    {"déc", 12},
    {"diciembre", 12},
};

constexpr std::array k_weekdays{
    "monday"sv, "mon"sv,    "tuesday"sv,  "tues"sv,     "tue"sv,        "wednesday"sv, "wed"sv,      "thursday"sv,
    "thurs"sv,  "thur"sv,   "thu"sv,      "friday"sv,   "fri"sv,        "saturday"sv,  "sat"sv,      "sunday"sv,
    "sun"sv,    "montag"sv, "dienstag"sv, "mittwoch"sv, "donnerstag"sv, "freitag"sv,   "samstag"sv,  "sonntag"sv,
    "lundi"sv,  "mardi"sv,  "mercredi"sv, "jeudi"sv,    "vendredi"sv,   "samedi"sv,    "dimanche"sv,
};

// Minutes east of Greenwich. ET, PT and the like stand for two offsets each and are left out.
constexpr NamedNumber k_zones[]{
    NamedNumber{"z", 0}, {"utc", 0},    {"gmt", 0},    {"ut", 0},     {"est", -300}, {"edt", -240},
    {"cst", -360},       {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
    {"cet", 60},         {"cest", 120}, {"mez", 60},   {"mesz", 120}, {"bst", 60},   {"ist", 330},
    {"jst", 540},        {"kst", 540},  {"hkt", 480},  {"sgt", 480},
};

constexpr std::array k_labels{
    "first published"sv,
    "published"sv,
    "publication date"sv,
    "pubdate"sv,
    "posted"sv,
    "updated"sv,
    "last updated"sv,
    "last modified"sv,
    "modified"sv,
    "created"sv,
    "date"sv,
    "released"sv,
    "veröffentlicht"sv,
    "publié"sv,
    "on"sv,
    "at"sv,
    "le"sv,
    "am"sv,
    "den"sv,
    "el"sv,
};

std::optional<int> number_named(std::span<const NamedNumber> table, std::string_view name) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const NamedNumber& r) { return r.name == name; });
  return row == table.end() ? std::nullopt : std::optional<int>(row->number);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Lower case for ASCII and for the accented capitals that names of months hold.
std::string lower(std::string_view word) {
  std::string folded = ascii_lower(word);
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    if (folded[i] != '\xc3') continue;
    const auto next = static_cast<unsigned char>(folded[i + 1]);
    if (next >= 0x80 && next <= 0x9e) folded[i + 1] = static_cast<char>(next + 0x20);
  }
  return folded;
}

struct Number {
  int value = 0;
  std::size_t digits = 0;
};

struct Clock {
  int second_of_day = -1;
  int offset_minutes = 0;
};

/// What stands at one place of a text: the shape of a date (`end` behind it) and the date, if it exists.
struct Match {
  std::optional<Date> date;
  std::size_t end = 0;
};

/// Reads a text from front to back; every `take_` member moves on only when it succeeds.
class Cursor {
public:
  explicit Cursor(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  bool done() const { return at_ >= text_.size(); }
  std::string_view rest() const { return text_.substr(at_); }

  bool take(std::string_view literal) {
    if (!rest().starts_with(literal)) return false;
    at_ += literal.size();
    return true;
  }

  bool take_any(std::string_view characters) {
    if (done() || characters.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }

  bool skip(std::string_view characters) {
    bool any = false;
    while (take_any(characters)) any = true;
    return any;
  }

  /// White space, which web pages also write as no-break space.
  bool skip_space() {
    bool any = false;
    while (take_any(" \t\n") || take("\xc2\xa0") || take("\xe2\x80\xaf")) any = true;
    return any;
  }

  std::optional<Number> take_number(std::size_t least, std::size_t most) {
    std::size_t digits = 0;
    while (at_ + digits < text_.size() && is_digit(text_[at_ + digits])) ++digits;
    if (digits < least || digits > most) return std::nullopt;
    Number number{0, digits};
    std::from_chars(text_.data() + at_, text_.data() + at_ + digits, number.value);
    at_ += digits;
    return number;
  }

  std::string_view word() const {
    std::size_t length = 0;
    while (at_ + length < text_.size() && is_letter(text_[at_ + length])) ++length;
    return text_.substr(at_, length);
  }

  std::optional<int> take_month() {
    const std::string_view name = word();
    if (name.size() < 3 || name.size() > 12) return std::nullopt;
    const auto month = number_named(k_months, lower(name));
    if (month) at_ += name.size();
    return month;
  }

  bool take_weekday() {
    const std::string_view name = word();
    if (name.empty() || std::find(k_weekdays.begin(), k_weekdays.end(), lower(name)) == k_weekdays.end()) return false;
    at_ += name.size();
    return true;
  }

private:
  std::string_view text_;
  std::size_t at_;
};

std::optional<int> take_offset(Cursor& cursor) {
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
  return !word.empty() && word.size() <= 5 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The zone behind a time. A name that stands for none, or for several offsets, makes the time unknown.
void take_zone(Cursor& cursor, Clock& clock) {
  const std::size_t begin = cursor.at();
  cursor.skip_space();
  const bool bracket = cursor.take("(");
  const std::string_view name = cursor.word();
  if (is_zone_like(name) || name == "z") {
    const auto minutes = number_named(k_zones, ascii_lower(name));
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

std::optional<int> hour_of_half(Cursor& cursor, int hour) {
  const std::size_t begin = cursor.at();
  cursor.skip_space();
  const bool am = cursor.take_any("aA");
  if (!am && !cursor.take_any("pP")) return cursor.back_to(begin), hour;
  cursor.take(".");
  if (!cursor.take_any("mM")) return cursor.back_to(begin), hour;
  cursor.take(".");
  if (hour < 1 || hour > 12) return std::nullopt;
  return hour % 12 + (am ? 0 : 12);
}

/// "08:00", "8:00:01.79 pm EST", "T08:00Z"; nullopt where no time stands, a time without second where it is impossible.
std::optional<Clock> take_clock(Cursor& cursor) {
  const std::size_t begin = cursor.at();
  const auto hour = cursor.take_number(1, 2);
  if (!hour || !(cursor.take(":") || (cursor.rest().starts_with("h") && cursor.take("h"))))
    return cursor.back_to(begin), std::nullopt;
  const auto minute = cursor.take_number(2, 2);
  if (!minute) return cursor.back_to(begin), std::nullopt;
  std::optional<Number> second = Number{};
  if (cursor.take(":")) second = cursor.take_number(2, 2);
  if (!second) return cursor.back_to(begin), std::nullopt;
  if (cursor.take_any(".,")) cursor.take_number(1, 9);
  const auto full_hour = hour_of_half(cursor, hour->value);
  Clock clock;
  const bool exists = full_hour && *full_hour < 24 && minute->value < 60 && second->value <= 60;
  if (exists) clock.second_of_day = *full_hour * 3600 + minute->value * 60 + std::min(second->value, 59);
  take_zone(cursor, clock);
  return clock;
}

/// The date with its time moved to UTC, which may be the day before or after.
std::optional<Date> in_utc(Date date, const Clock& clock) {
  using namespace std::chrono;
  if (!is_valid(date)) return std::nullopt;
  if (clock.second_of_day < 0 || std::abs(clock.offset_minutes) > 14 * 60) return date;
  const int seconds = clock.second_of_day - clock.offset_minutes * 60;
  const int days_moved = seconds < 0 ? -1 : seconds >= 86400 ? 1 : 0;
  const sys_days moved = sys_days{year{date.year} / date.month / date.day} + days{days_moved};
  const year_month_day day{moved};
  const Date result{static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                    static_cast<int>(static_cast<unsigned>(day.day())), seconds - days_moved * 86400};
  return is_valid(result) ? std::optional<Date>(result) : std::nullopt;
}

/// A time of day behind a date, with whatever joins the two.
Match with_time(Cursor cursor, Date date) {
  const std::size_t date_end = cursor.at();
  if (!cursor.take_any("Tt") || cursor.done() || !is_digit(cursor.rest().front())) {
    cursor.back_to(date_end);
    cursor.skip(",");
    cursor.skip_space();
    cursor.take_any("-|@") || cursor.take("–") || cursor.take("·") || cursor.take("•");
    cursor.skip_space();
    for (const std::string_view word : {"at"sv, "um"sv, "à"sv}) {
      if (lower(cursor.word()) == word) cursor.take(cursor.rest().substr(0, word.size()));
    }
    cursor.skip_space();
  }
  const auto clock = take_clock(cursor);
  if (!clock) return {is_valid(date) ? std::optional<Date>(date) : std::nullopt, date_end};
  return {in_utc(date, *clock), cursor.at()};
}

/// "2024-03-12", "2024/3/12", "2024.03.12"
std::optional<Match> match_year_first(Cursor cursor) {
  const auto year = cursor.take_number(4, 4);
  if (!year || cursor.done()) return std::nullopt;
  const char separator = cursor.rest().front();
  if (!cursor.take_any("-/.")) return std::nullopt;
  const auto month = cursor.take_number(1, 2);
  if (!month || !cursor.take(std::string_view(&separator, 1))) return std::nullopt;
  const auto day = cursor.take_number(1, 2);
  if (!day) return std::nullopt;
  return with_time(cursor, {year->value, month->value, day->value, -1});
}

/// "20240312", "20240312T080000Z"
std::optional<Match> match_compact(Cursor cursor) {
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
      return Match{in_utc(date, clock), cursor.at()};
    }
  }
  return Match{is_valid(date) ? std::optional<Date>(date) : std::nullopt, date_end};
}

int full_year(const Number& year) {
  if (year.digits == 4) return year.value;
  return year.value + (year.value >= 70 ? 1900 : 2000);
}

void skip_ordinal(Cursor& cursor) {
  for (const std::string_view suffix : {"st"sv, "nd"sv, "rd"sv, "th"sv, "er"sv, "º"sv}) {
    if (lower(cursor.word()) == suffix) cursor.take(cursor.rest().substr(0, suffix.size()));
  }
}

/// "13 Sept 2023", "5. März 2024", "1er mars 2024", "5 de marzo de 2024", "26-FEB-87"
std::optional<Match> match_day_month(Cursor cursor) {
  const auto day = cursor.take_number(1, 2);
  if (!day) return std::nullopt;
  skip_ordinal(cursor);
  const bool dashed = cursor.take("-");
  if (!dashed) {
    cursor.skip(".");
    cursor.skip_space();
    if (cursor.take("of ") || cursor.take("de ")) cursor.skip_space();
  }
  const auto month = cursor.take_month();
  if (!month) return std::nullopt;
  cursor.skip(dashed ? "-" : ".,");
  cursor.skip_space();
  if (cursor.take("de ") || cursor.take("del ")) cursor.skip_space();
  const auto year = cursor.take_number(4, 4);
  const auto short_year = !year && dashed ? cursor.take_number(2, 2) : std::nullopt;
  if (!year && !short_year) return std::nullopt;
  return with_time(cursor, {full_year(year ? *year : *short_year), *month, day->value, -1});
}

/// "Mar 12, 2024", "March 5th 2024"; with the time before the year as C and Unix write it: "Mar 12 08:00:00 2024"
std::optional<Match> match_month_day(Cursor cursor) {
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
  const auto clock = take_clock(cursor);
  cursor.skip_space();
  const auto year = cursor.take_number(4, 4);
  if (!year) return std::nullopt;
  const Date date{year->value, *month, day->value, -1};
  if (clock) return Match{in_utc(date, *clock), cursor.at()};
  return with_time(cursor, date);
}

/// "12.03.2024" day first, "03/12/2024" month first unless that is impossible. With dashes both orders are in use, so
/// only what is possible in one alone is a date.
std::optional<Match> match_year_last(Cursor cursor) {
  const auto first = cursor.take_number(1, 2);
  if (!first || cursor.done()) return std::nullopt;
  const char separator = cursor.rest().front();
  if (!cursor.take_any("./-")) return std::nullopt;
  if (separator == '.') cursor.skip_space();
  const auto second = cursor.take_number(1, 2);
  if (!second || !cursor.take(std::string_view(&separator, 1))) return std::nullopt;
  if (separator == '.') cursor.skip_space();
  const auto year = cursor.take_number(4, 4);
  if (!year) return std::nullopt;
  const Date day_first{year->value, second->value, first->value, -1};
  const Date month_first{year->value, first->value, second->value, -1};
  if (separator == '.') return with_time(cursor, day_first);
  const bool ambiguous = is_valid(day_first) && is_valid(month_first) && day_first != month_first;
  if (separator == '-' && ambiguous) return Match{std::nullopt, cursor.at()};
  return with_time(cursor, is_valid(month_first) ? month_first : day_first);
}

/// "2024年3月12日", "2024년 3월 12일"
std::optional<Match> match_east_asian(Cursor cursor) {
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
  return with_time(cursor, {year->value, month->value, day->value, -1});
}

std::optional<Match> match_at(std::string_view text, std::size_t at) {
  const Cursor cursor(text, at);
  for (const auto match :
       {match_year_first, match_compact, match_day_month, match_month_day, match_year_last, match_east_asian}) {
    const auto found = match(cursor);
    // Digits right behind belong to another number: "1/2/20245".
    if (found && (found->end >= text.size() || !is_digit(text[found->end]))) return found;
  }
  return std::nullopt;
}

/// A number or word begins here, so a date can.
bool may_begin(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (!is_digit(c) && !is_letter(c)) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  if (is_digit(c)) {
    const bool joined =
        at > 1 && is_digit(text[at - 2]) && (before == '.' || before == '/' || before == '-' || before == ':');
    return !is_digit(before) && !joined && !(is_letter(before) && static_cast<unsigned char>(before) < 0x80);
  }
  return !is_letter(before);
}

void skip_labels(Cursor& cursor) {
  for (bool more = true; more;) {
    const bool space = cursor.skip_space();
    more = cursor.skip(":,|-") || space;
    const std::string rest = lower(cursor.rest().substr(0, 32));
    for (const std::string_view label : k_labels) {
      if (!rest.starts_with(label) || (rest.size() > label.size() && is_letter(rest[label.size()]))) continue;
      cursor.back_to(cursor.at() + label.size());
      more = true;
      break;
    }
    if (cursor.take_weekday()) more = true, cursor.skip(".");
  }
}

constexpr std::size_t k_longest_desk_mark = 8; // bytes

} // namespace

std::optional<Date> parse_date(std::string_view text) {
  Cursor cursor(text);
  skip_labels(cursor);
  const auto match = match_at(text, cursor.at());
  if (!match) return std::nullopt;
  cursor.back_to(match->end);
  // RFC 2822 allows a comment: "+0100 (CET)".
  if (cursor.skip_space() && cursor.take("(") && !cursor.word().empty()) cursor.take(cursor.word()), cursor.take(")");
  cursor.skip_space();
  cursor.skip(".,;:|)");
  cursor.skip_space();
  if (cursor.done()) return match->date;
  // Newswires mark the desk behind the time: "27-MAR-1987 02:17:09.88T C F".
  const std::string_view mark = cursor.rest();
  const bool is_mark = mark.size() <= k_longest_desk_mark &&
                       std::ranges::all_of(mark, [](char c) { return c == ' ' || (c >= 'A' && c <= 'Z'); });
  return is_mark ? match->date : std::nullopt;
}

std::optional<Date> find_date(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!may_begin(text, at)) continue;
    const auto match = match_at(text, at);
    if (!match) continue;
    if (match->date) return match->date;
    at = match->end - 1; // the shape of a date that does not exist is not searched for another one
  }
  return std::nullopt;
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
