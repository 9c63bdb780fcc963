#include "corpus/reader/date.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::corpus::DayOrder;
using pfind::corpus::parse_date;
using pfind::fuzz::require;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = pfind::fuzz::text_of(data, size);
  const auto date = parse_date(text);
  require(!date || is_valid(*date), "a date is in the calendar");
  const auto found = pfind::corpus::find_date(text);
  require(!found || is_valid(*found), "a date that is found is in the calendar");
  if (date) require(parse_date(to_iso(*date)) == date, "a date that is printed reads as itself");
  const auto reading = pfind::corpus::read_date(text);
  const auto day_first = parse_date(text, DayOrder::day_first);
  require(reading.date == date, "a date is read as it is parsed");
  require(reading.is_two_way == (day_first && day_first != parse_date(text, DayOrder::month_first)),
          "a date of two ways is one that the order decides");
  return 0;
}
