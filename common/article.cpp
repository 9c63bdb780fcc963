#include "common/article.hpp"

#include <chrono>
#include <cstdlib>
#include <fmt/format.h>

namespace pfind {

std::string to_iso(const Date& date) {
  std::string day = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
  if (date.second_of_day < 0) return day;
  const int s = date.second_of_day;
  const int o = std::abs(date.utc_offset);
  const std::string zone = o == 0 ? "Z" : fmt::format("{}{:02}:{:02}", date.utc_offset < 0 ? '-' : '+', o / 60, o % 60);
  return fmt::format("{}T{:02}:{:02}:{:02}{}", day, s / 3600, s / 60 % 60, s % 60, zone);
}

bool is_valid(const Date& date) {
  using namespace std::chrono;
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.day < 1) return false;
  if (date.second_of_day < -1 || date.second_of_day >= 86400) return false;
  constexpr int furthest_zone = 14 * 60;
  if (std::abs(date.utc_offset) > furthest_zone) return false;
  return year_month_day{year{date.year}, month{static_cast<unsigned>(date.month)}, day{static_cast<unsigned>(date.day)}}
      .ok();
}

} // namespace pfind
