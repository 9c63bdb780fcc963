#include <catch2/catch.hpp>

#include "searcher/query/period.hpp"

using pfind::Date;
using namespace pfind::query;

namespace {

constexpr Date k_today{2024, 3, 31, 12 * 3600};

struct Row {
  std::string typed;
  std::string read; ///< from|to, "none" where it is no period
};

std::string ends(const std::optional<Period>& period) {
  if (!period) return "none";
  return (period->from ? to_iso(*period->from) : "") + '|' + (period->to ? to_iso(*period->to) : "");
}

} // namespace

TEST_CASE("periods are read as whole days") {
  const auto row = GENERATE(values<Row>({
      {"2023", "2023-01-01|2023-12-31"},
      {"2023-09", "2023-09-01|2023-09-30"},
      {"2024-02", "2024-02-01|2024-02-29"},
      {"2023-9-4", "2023-09-04|2023-09-04"},
      {"2023/09/14", "2023-09-14|2023-09-14"},
      {"2023-09..2024-03", "2023-09-01|2024-03-31"},
      {"2023 .. 2024", "2023-01-01|2024-12-31"},
      {"..2019", "|2019-12-31"},
      {"2020..", "2020-01-01|"},
      {">=2023", "2023-01-01|"},
      {">2023", "2024-01-01|"},
      {"<=2023-02", "|2023-02-28"},
      {"<2023", "|2022-12-31"},
      {"today", "2024-03-31|2024-03-31"},
      {"Yesterday", "2024-03-30|2024-03-30"},
      {"7d", "2024-03-24|2024-03-31"},
      {"4W", "2024-03-03|2024-03-31"},
      {"1m", "2024-02-29|2024-03-31"},
      {"6m", "2023-09-30|2024-03-31"},
      {"1y", "2023-03-31|2024-03-31"},
      {"9999y", "0001-01-01|2024-03-31"},
      {"4w..2w", "2024-03-03|2024-03-17"},
      {"..1y", "|2023-03-31"},
      {"yesterday..", "2024-03-30|"},
      {"0001", "0001-01-01|0001-12-31"},
      {"9999", "9999-01-01|9999-12-31"},
  }));
  INFO(row.typed);
  CHECK(ends(parse_period(row.typed, k_today)) == row.read);
}

TEST_CASE("what is no date of the calendar is no period") {
  const std::string typed =
      GENERATE("", " ", "..", "...", "2023-13", "2023-00", "2023-02-29", "2023-04-31", "0000", "23", "20233", "2023-",
               "2023-09-", "2023-009", "2023-09-14-1", "soon", "d", "7x", "99999d", "-7d", ">", ">=", "<soon", ">9999",
               "<0001", "2023..soon", "soon..2023", "2023..2024..2025", "20a3", "٢٠٢٣");
  INFO(typed);
  CHECK_FALSE(parse_period(typed, k_today));
}

TEST_CASE("a range written backwards is turned round, and says so") {
  bool swapped = false;
  CHECK(ends(parse_period("2024-03..2023-09", k_today, &swapped)) == "2023-09-01|2024-03-31");
  CHECK(swapped);
  swapped = false;
  CHECK(ends(parse_period("2023..2023-05", k_today, &swapped)) == "2023-01-01|2023-05-31");
  CHECK_FALSE(swapped);
}

TEST_CASE("a date as a bound begins with its first day or ends with its last") {
  CHECK(ends(period_from("2023-09", k_today)) == "2023-09-01|");
  CHECK(ends(period_until("2024-02", k_today)) == "|2024-02-29");
  CHECK(ends(period_from("7d", k_today)) == "2024-03-24|");
  CHECK(ends(period_until("2023", k_today)) == "|2023-12-31");
  CHECK(ends(period_from("2023..2024", k_today)) == "none");
  CHECK(ends(period_until("2023-13", k_today)) == "none");
}

TEST_CASE("periods are written as short as they can be read back") {
  const std::string text =
      GENERATE("2023", "2023-01", "2023-12", "2023-09-14", "2023-01-01", "2022..2023", "2023-01..2023-06",
               "2023-01-01..2023-06-29", "..2019", "..2019-11", "2020..", "2020-02..", "2020-02-03..", "0987");
  const std::optional<Period> period = parse_period(text, k_today);
  REQUIRE(period);
  CHECK(to_string(*period) == text);
}
