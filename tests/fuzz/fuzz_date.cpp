#include "corpus/reader/date.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = pfind::fuzz::text_of(data, size);
  const auto date = pfind::corpus::parse_date(text);
  require(!date || is_valid(*date), "a date is in the calendar");
  const auto found = pfind::corpus::find_date(text);
  require(!found || is_valid(*found), "a date that is found is in the calendar");
  if (date) require(pfind::corpus::parse_date(to_iso(*date)) == date, "a date that is printed reads as itself");
  return 0;
}
