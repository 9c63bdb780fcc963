#include "corpus/reader/text_evidence.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <unordered_set>

#include "corpus/names/shipped.hpp"
#include "corpus/reader/date_cursor.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_most_outlet_words = 5;

bool is_upper(char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

/// Which part of "13/02/2024" must be the day; customary for what can be read both ways.
DayOrder order_of_numbers(DateCursor cursor) {
  const auto first = cursor.take_number(1, 2);
  if (!first || !cursor.take_any("/-")) return DayOrder::customary;
  const auto second = cursor.take_number(1, 2);
  if (!second || !cursor.take_any("/-") || !cursor.take_number(4, 4)) return DayOrder::customary;
  if (first->value > 12 && first->value <= 31 && second->value <= 12) return DayOrder::day_first;
  if (second->value > 12 && second->value <= 31 && first->value <= 12) return DayOrder::month_first;
  return DayOrder::customary;
}

/// "12 March" or "March 12".
DayOrder order_of_words(DateCursor cursor) {
  if (const auto day = cursor.take_number(1, 2)) {
    const bool dotted = cursor.take(".");
    return (cursor.skip_space() || dotted) && cursor.take_month() ? DayOrder::day_first : DayOrder::customary;
  }
  const bool named = cursor.take_month().has_value() && cursor.skip_space();
  const auto day = named ? cursor.take_number(1, 2) : std::nullopt;
  return day && day->value >= 1 && day->value <= 31 ? DayOrder::month_first : DayOrder::customary;
}

const std::unordered_set<std::string_view>& known_given_names() {
  static const std::unordered_set<std::string_view> names = [] {
    std::unordered_set<std::string_view> set;
    for (const std::string_view line : split_lines(given_names())) {
      if (!line.starts_with('#')) set.insert(trimmed(line));
    }
    return set;
  }();
  return names;
}

bool is_outlet_name(std::string_view name) {
  const std::size_t words = count_words(name);
  return words >= 1 && words <= k_most_outlet_words && is_upper(name.front()) && name.size() <= 60 &&
         !is_date_digit(name.front());
}

std::string_view without(std::string_view text, std::string_view characters) {
  while (!text.empty() && characters.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && characters.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

/// Years, "2000-2024", marks and commas at both ends.
std::string_view without_years(std::string_view text) { return without(text, "0123456789-, .|"); }

} // namespace

DayOrder day_order_of_numbers(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_date_digit(text[at]) || (at > 0 && (is_date_digit(text[at - 1]) || is_date_letter(text[at - 1])))) continue;
    if (const DayOrder sure = order_of_numbers(DateCursor(text, at)); sure != DayOrder::customary) return sure;
  }
  return DayOrder::customary;
}

DayOrder day_order_of_language(std::string_view tag) {
  constexpr std::array day_first_regions{"gb"sv, "uk"sv, "ie"sv, "au"sv, "nz"sv,
                                         "in"sv, "za"sv, "sg"sv, "hk"sv, "ng"sv};
  const std::string lower = ascii_lower(trimmed(tag));
  if (lower.size() < 2) return DayOrder::customary;
  if (!lower.starts_with("en")) return DayOrder::day_first;
  const std::string region = lower.size() >= 5 ? lower.substr(3, 2) : "";
  if (region == "us") return DayOrder::month_first;
  return std::ranges::find(day_first_regions, region) == day_first_regions.end() ? DayOrder::customary
                                                                                 : DayOrder::day_first;
}

DayOrder day_order_of(std::string_view text) {
  std::size_t day_first = 0;
  std::size_t month_first = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (is_date_digit(text[at]) || is_date_letter(text[at])) &&
                        (at == 0 || !(is_date_digit(text[at - 1]) || is_date_letter(text[at - 1])));
    if (!begins) continue;
    const DateCursor cursor(text, at);
    if (const DayOrder sure = order_of_numbers(cursor); sure != DayOrder::customary) return sure;
    const DayOrder order = order_of_words(cursor);
    day_first += order == DayOrder::day_first;
    month_first += order == DayOrder::month_first;
  }
  if (day_first == month_first) return DayOrder::customary;
  return day_first > month_first ? DayOrder::day_first : DayOrder::month_first;
}

std::optional<Date> date_without_year(std::string_view line, int year) {
  DateCursor cursor(line);
  const std::string_view weekday = cursor.word().substr(0, 3);
  const bool has_weekday = cursor.take_weekday();
  cursor.skip("., ");
  Date date{year, 0, 0, -1};
  if (const auto month = cursor.take_month()) {
    cursor.skip(". ");
    const auto day = cursor.take_number(1, 2);
    date.month = *month;
    date.day = day ? day->value : 0;
  } else if (const auto day = cursor.take_number(1, 2)) {
    cursor.skip(". ");
    date.day = day->value;
    date.month = cursor.take_month().value_or(0);
  }
  cursor.skip("., ");
  if (!cursor.done() || !is_valid(date)) return std::nullopt;
  using namespace std::chrono;
  const std::chrono::weekday real{sys_days{std::chrono::year{year} / date.month / date.day}};
  constexpr std::array k_english{"Sun"sv, "Mon"sv, "Tue"sv, "Wed"sv, "Thu"sv, "Fri"sv, "Sat"sv};
  const auto named = std::ranges::find(k_english, weekday);
  const bool contradicts =
      has_weekday && named != k_english.end() && static_cast<unsigned>(named - k_english.begin()) != real.c_encoding();
  return contradicts ? std::nullopt : std::optional<Date>(date);
}

std::optional<int> year_of_file_name(std::string_view name) {
  std::optional<int> found;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!is_date_digit(name[at]) || (at > 0 && (is_date_digit(name[at - 1]) || is_date_letter(name[at - 1])))) continue;
    DateCursor cursor(name, at);
    const auto year = cursor.take_number(4, 4);
    if (!year || year->value < 1900 || year->value > 2100 || !cursor.word().empty()) continue;
    if (found && *found != year->value) return std::nullopt;
    found = year->value;
  }
  return found;
}

std::string agency_of_dateline(std::string_view paragraph) {
  constexpr std::size_t longest = 140;
  const std::string_view head = valid_prefix(paragraph, longest);
  struct Mark {
    std::string_view text;
    std::string_view outlet;
  };
  constexpr std::array k_marks{
      Mark{"/PRNewswire"sv, "PR Newswire"sv},        Mark{"(BUSINESS WIRE)"sv, "Business Wire"sv},
      Mark{"(GLOBE NEWSWIRE)"sv, "GlobeNewswire"sv}, Mark{"/CNW/"sv, "CNW"sv},
      Mark{"(Newsfile Corp"sv, "Newsfile"sv},        Mark{"(ACCESSWIRE)"sv, "ACCESSWIRE"sv}};
  for (const Mark& mark : k_marks) {
    if (head.find(mark.text) != std::string_view::npos) return std::string(mark.outlet);
  }
  const std::size_t open = head.find('(');
  const std::size_t close = head.find(')', std::min(open, head.size()));
  if (open == std::string_view::npos || close == std::string_view::npos || !is_upper(head.front())) return "";
  const std::string_view behind = trimmed(head.substr(close + 1));
  const bool dash = behind.starts_with("-") || behind.starts_with("–") || behind.starts_with("—");
  const std::string_view name = trimmed(head.substr(open + 1, close - open - 1));
  return dash && count_words(head.substr(0, open)) <= 8 && !name.empty() && is_outlet_name(name) ? std::string(name)
                                                                                                 : "";
}

std::string outlet_of_copyright(std::string_view line) {
  constexpr std::size_t longest = 160;
  line = trimmed(line);
  const std::string lower = ascii_lower(line.substr(0, 16));
  if (line.size() > longest || !(lower.starts_with("copyright") || lower.starts_with("©") || lower.starts_with("(c) ")))
    return "";
  for (const std::string_view mark : {"Copyright"sv, "copyright"sv, "COPYRIGHT"sv, "©"sv, "(c)"sv, "(C)"sv, "©"sv}) {
    line = trimmed(line);
    if (line.starts_with(mark)) line.remove_prefix(mark.size());
  }
  const std::string rest = ascii_lower(line);
  for (const std::string_view rights :
       {"all rights"sv, "alle rechte"sv, "tous droits"sv, "todos los derechos"sv, "|"sv})
    line = line.substr(0, rest.find(rights));
  line = without_years(line);
  if (line.starts_with("by ")) line.remove_prefix(3);
  line = without_years(line);
  return !line.empty() && is_outlet_name(line) ? std::string(line) : "";
}

bool is_person_name(std::string_view text) {
  text = trimmed(text);
  const std::size_t words = count_words(text);
  if (words < 2 || words > 4 || text.find_first_of("0123456789,.:;!?|()") != std::string_view::npos) return false;
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos || !is_upper(text[space + 1 < text.size() ? space + 1 : 0])) return false;
  std::string first(text.substr(0, space));
  if (first.size() > 1 && first[1] >= 'A' && first[1] <= 'Z') first = first.substr(0, 1) + ascii_lower(first.substr(1));
  return known_given_names().contains(first) && text.size() <= 40;
}

} // namespace pfind::corpus
