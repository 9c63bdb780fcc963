#include "corpus/reader/parsed_article.hpp"

#include <chrono>
#include <fmt/format.h>

#include "corpus/reader/date.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {

namespace {

bool is_unix_zero(const Date& date) {
  if (date.second_of_day < 0) return date == Date{1970, 1, 1, -1, date.utc_offset};
  using namespace std::chrono;
  const sys_days day{year{date.year} / date.month / date.day};
  return sys_seconds{day} + seconds{date.second_of_day} - minutes{date.utc_offset} == sys_seconds{};
}

bool is_future(const Date& date, const Date& today) {
  using namespace std::chrono;
  const auto days_of = [](const Date& d) { return sys_days{year{d.year} / d.month / d.day}; };
  return days_of(date) > days_of(today) + days{2};
}

} // namespace

void drop_impossible_date(ParsedArticle& parsed, const Date& today) {
  auto& date = parsed.article.date;
  if (!date) return;
  std::string_view reason;
  if (is_unix_zero(*date)) {
    reason = "stands for none in broken exports";
  } else if (is_future(*date, today)) {
    reason = "is in the future";
  } else {
    return;
  }
  parsed.problems.push_back(fmt::format("date {} {}; the article is indexed without one",
                                        to_iso(Date{date->year, date->month, date->day, -1}), reason));
  date.reset();
  std::erase_if(parsed.notes.fields, [](const FieldEvidence& field) { return field.field == "date"; });
}

void settle_two_way_date(ParsedArticle& parsed, DayOrder of_file) {
  const std::string& line = parsed.two_way_date;
  if (line.empty()) return;
  const auto day_first = parse_date(line, DayOrder::day_first);
  const auto month_first = parse_date(line, DayOrder::month_first);
  auto& date = parsed.article.date;
  if (date && date != day_first && date != month_first) return; // or something else told since
  DayOrder order = of_file;
  if (order == DayOrder::customary) order = day_order_of(parsed.article.body);
  if (order == DayOrder::customary) order = day_order_of_language(parsed.article.language);
  date = order == DayOrder::day_first ? day_first : month_first;
  if (!date) return;
  for (FieldEvidence& field : parsed.notes.fields) {
    if (field.field == "date" && !field.value.empty()) field.value = to_iso(*date);
  }
  if (order == DayOrder::customary)
    parsed.problems.push_back(
        fmt::format("date \"{}\" may be read day first or month first; taken for {}", line, to_iso(*date)));
}

void set_date(ParsedArticle& parsed, std::string_view text) {
  constexpr std::size_t longest_shown = 60;
  const std::string line = single_spaced(text);
  if (line.empty()) return;
  const DateReading reading = read_date(line);
  parsed.article.date = reading.date;
  if (reading.is_two_way) {
    parsed.two_way_date = line;
    parsed.article.date = parse_date(line, DayOrder::day_first); // until it is settled
  }
  if (parsed.article.date) return;
  const std::string shown =
      line.size() <= longest_shown ? line : std::string(valid_prefix(line, longest_shown)) + "...";
  parsed.problems.push_back(fmt::format("date \"{}\" is not a date; the article is indexed without one", shown));
}

} // namespace pfind::corpus
