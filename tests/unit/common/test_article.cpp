#include <catch2/catch.hpp>

#include "common/article.hpp"

using pfind::Date;

TEST_CASE("dates are written as ISO 8601") {
  CHECK(to_iso(Date{2024, 3, 12, -1}) == "2024-03-12");
  CHECK(to_iso(Date{987, 1, 2, 0}) == "0987-01-02T00:00:00Z");
  CHECK(to_iso(Date{2023, 9, 13, 8 * 3600 + 5}) == "2023-09-13T08:00:05Z");
  CHECK(to_iso(Date{2024, 3, 12, 84600, -300}) == "2024-03-12T23:30:00-05:00");
  CHECK(to_iso(Date{2024, 3, 12, 0, 330}) == "2024-03-12T00:00:00+05:30");
}

TEST_CASE("only dates of the calendar are valid") {
  CHECK(is_valid(Date{2024, 2, 29, -1}));
  CHECK_FALSE(is_valid(Date{2023, 2, 29, -1}));
  CHECK_FALSE(is_valid(Date{2023, 13, 1, -1}));
  CHECK_FALSE(is_valid(Date{0, 1, 1, -1}));
  CHECK_FALSE(is_valid(Date{2023, 1, 1, 86400}));
  CHECK_FALSE(is_valid(Date{2023, 1, 1, 0, -900}));
}
