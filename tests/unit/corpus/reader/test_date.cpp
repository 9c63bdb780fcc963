#include <catch2/catch.hpp>

#include "corpus/reader/date.hpp"

using pfind::Date;
using pfind::corpus::date_of_unix_time;
using pfind::corpus::DayOrder;
using pfind::corpus::find_date;
using pfind::corpus::find_publication_date;
using pfind::corpus::parse_date;
using pfind::corpus::read_date;

namespace {

std::string parsed(std::string_view text) {
  const auto date = parse_date(text);
  return date ? to_iso(*date) : "none";
}

std::string found(std::string_view text) {
  const auto date = find_date(text);
  return date ? to_iso(*date) : "none";
}

} // namespace

TEST_CASE("a date of two ways is one that the order decides") {
  const std::vector<std::string> two_way{"03/12/2024",
                                         "03-12-2024",
                                         "3/4/24",
                                         "Published on 03-12-2024 10:30",
                                         "Updated: 03/12/2024 at 8:00 pm EST",
                                         "8:30 am, 03/12/2024"};
  const std::vector<std::string> one_way{"13/03/2024", "03/13/24",       "12.03.2024",       "2024-03-12",
                                         "12/12/2024", "5 March 2024",   "2024-03-12 10:30", "03/12/20245",
                                         "31/31/2024", "03-12-2024 and", "no date",          ""};
  for (const std::string& text : two_way) {
    INFO(text);
    CHECK(read_date(text).is_two_way);
    CHECK(read_date(text).date == parse_date(text));
    CHECK(parse_date(text, DayOrder::day_first) != parse_date(text, DayOrder::month_first));
  }
  for (const std::string& text : one_way) {
    INFO(text);
    CHECK_FALSE(read_date(text).is_two_way);
    CHECK(read_date(text).date == parse_date(text));
    CHECK(parse_date(text, DayOrder::day_first) == parse_date(text, DayOrder::month_first));
  }
}

TEST_CASE("written forms of dates are understood") {
  const std::vector<std::pair<std::string, std::string>> forms{
      {"Mar 12, 2024", "2024-03-12"},
      {"Mar. 12, 2024", "2024-03-12"},
      {"September 14, 2023", "2023-09-14"},
      {"13 Sept 2023", "2023-09-13"},
      {"Tuesday, 5 March 2024", "2024-03-05"},
      {"March 5th, 2024", "2024-03-05"},
      {"5th of March 2024", "2024-03-05"},
      {"2023/09/13", "2023-09-13"},
      {"2023-09-13", "2023-09-13"},
      {"20240312", "2024-03-12"},
      {"12.03.2024", "2024-03-12"},
      {"3.4.2024", "2024-04-03"},
      {"03/12/2024", "2024-03-12"},
      {"13/03/2024", "2024-03-13"},
      {"13-03-2024", "2024-03-13"},
      {"26-FEB-87", "1987-02-26"},
      {"5. März 2024", "2024-03-05"},
      {"1er février 2024", "2024-02-01"},
      {"12 AOÛT 2024", "2024-08-12"},
      {"5 de marzo de 2024", "2024-03-05"},
      {"2024年3月12日", "2024-03-12"},
      {"2024년 3월 12일", "2024-03-12"},
      {"12.03.24", "2024-03-12"},
      {"03/13/24", "2024-03-13"},
      {"12/Mar/2024", "2024-03-12"},
      {"2024-Mar-12", "2024-03-12"},
      {"12 March, 2024", "2024-03-12"},
      {"12 March 2024 (Tuesday)", "2024-03-12"},
      {"martedì 12 marzo 2024", "2024-03-12"},
      {"dinsdag 12 maart 2024", "2024-03-12"},
      {"terça-feira, 12 de março de 2024", "2024-03-12"},
      {"12 de septiembre del 2023", "2023-09-12"},
      {"le 1er août 2024", "2024-08-01"},
      {"12 września 2023", "2023-09-12"},
      {"den 12 oktober 2023", "2023-10-12"},
      {"12 сентября 2023", "2023-09-12"},
      {"2024年3月12日（火）", "2024-03-12"},
      {"Stand: 12.03.2024", "2024-03-12"},
      {"Veröffentlicht am 12. März 2024", "2024-03-12"},
      {"Mis à jour le 12 mars 2024", "2024-03-12"},
      {"Publicado el 12 de marzo de 2024", "2024-03-12"},
      {"发布时间：2024年3月12日", "2024-03-12"},
      {"Published on: Mar 12, 2024", "2024-03-12"},
      {"  29 February 2024. ", "2024-02-29"},
  };
  for (const auto& [text, iso] : forms) {
    CAPTURE(text);
    CHECK(parsed(text) == iso);
  }
}

TEST_CASE("a time keeps the day of the place that its zone names") {
  const std::vector<std::pair<std::string, std::string>> forms{
      {"2023-09-13T08:00Z", "2023-09-13T08:00:00Z"},
      {"2023-09-13T08:00:05.123+02:00", "2023-09-13T08:00:05+02:00"},
      {"2023-09-13 01:30:00 +0530", "2023-09-13T01:30:00+05:30"},
      {"2023-12-31T23:30:00-08:00", "2023-12-31T23:30:00-08:00"},
      {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"},
      {"27-MAR-1987 13:58:01.19E A RM", "1987-03-27"}, // a desk's letter may be a zone's, so the time is not known
      {"Wed, 13 Sep 2023 08:00:00 +0100 (BST)", "2023-09-13T08:00:00+01:00"},
      {"Wed, 13 Sep 2023 08:00:00 GMT", "2023-09-13T08:00:00Z"},
      {"Wed Sep 13 08:00:00 +0000 2023", "2023-09-13T08:00:00Z"},
      {"20240312T080000Z", "2024-03-12T08:00:00Z"},
      {"March 5, 2024 at 12:05 am EST", "2024-03-05T00:05:00-05:00"},
      {"March 5, 2024 4:10 p.m. GMT", "2024-03-05T16:10:00Z"},
      {"Mar 12, 2024 | 8:00 UTC", "2024-03-12T08:00:00Z"},
      {"12.03.2024, 08:30 Uhr", "2024-03-12T08:30:00Z"},
      {"12.03.2024 um 8.30 Uhr", "2024-03-12T08:30:00Z"},
      {"mardi 12 mars 2024 à 14h30", "2024-03-12T14:30:00Z"},
      {"Mar 12, 2024, 8 a.m. EDT", "2024-03-12T08:00:00-04:00"},
      {"March 12, 2024 08:30 AM Eastern Daylight Time", "2024-03-12T08:30:00-04:00"},
      {"8:30 AM EST, March 12, 2024", "2024-03-12T08:30:00-05:00"},
      {"March 12, 2024 10:15 (GMT+8)", "2024-03-12T10:15:00+08:00"},
  };
  for (const auto& [text, iso] : forms) {
    CAPTURE(text);
    CHECK(parsed(text) == iso);
  }
}

TEST_CASE("a time whose zone is not known leaves the day") {
  CHECK(parsed("June 12, 2024 6:05 am ET") == "2024-06-12");
  CHECK(parsed("2024-06-12 25:00") == "2024-06-12");
}

TEST_CASE("what is no date of the calendar is none") {
  for (const std::string text : {"",
                                 "yesterday",
                                 "31 February 2024",
                                 "2024-02-30",
                                 "2024-13-01",
                                 "0000-01-01",
                                 "00/00/2024",
                                 "2023-02-29",
                                 "March 2024",
                                 "2024",
                                 "12 March",
                                 "20240230",
                                 "12345678",
                                 "03-12-2024",
                                 "1/2/20245",
                                 "Mar 12, 2024 and later",
                                 "99.99.2024",
                                 "2024-3",
                                 "3 hours ago",
                                 "1.2.24",
                                 "12 Mar",
                                 "03-12-24",
                                 "9999-99-99T99:99:99Z"}) {
    CAPTURE(text);
    CHECK(parsed(text) == "none");
  }
}

TEST_CASE("the order of day and month is the one that prevails") {
  const auto read = [](std::string_view text, DayOrder order) {
    const auto date = parse_date(text, order);
    return date ? to_iso(*date) : "none";
  };
  CHECK(read("03/12/2024", DayOrder::day_first) == "2024-12-03");
  CHECK(read("03/12/2024", DayOrder::month_first) == "2024-03-12");
  CHECK(read("03-12-2024", DayOrder::day_first) == "2024-12-03");
  CHECK(read("03/13/2024", DayOrder::day_first) == "2024-03-13"); // the only one that exists
  CHECK(read("03.12.2024", DayOrder::month_first) == "2024-12-03");
}

TEST_CASE("the date of publication is told from that of a change") {
  const auto published = [](std::string_view text) {
    const auto date = find_publication_date(text);
    return date ? to_iso(*date) : "none";
  };
  CHECK(published("Updated: Mar 13, 2024 | Published: Mar 12, 2024") == "2024-03-12");
  CHECK(published("Published: Mar 12, 2024 Updated: Mar 13, 2024") == "2024-03-12");
  CHECK(published("Last updated on Tuesday, 13 March 2024") == "none");
  CHECK(published("Zuletzt aktualisiert am 13.03.2024") == "none");
  CHECK(published("Mar 12, 2024 | 5 min read") == "2024-03-12");
}

TEST_CASE("a date is found inside a line") {
  CHECK(found("Posted by Ana on March 12, 2024 in Patents") == "2024-03-12");
  CHECK(found("2023-09-14-huawei.txt") == "2023-09-14");
  CHECK(found("news_20230914_huawei.txt") == "2023-09-14");
  CHECK(found("On 31 February 2024 nothing happened, on 1 March 2024 it did") == "2024-03-01");
  CHECK(found("The 5G and 4G patents of 2024") == "none");
  CHECK(found("call 555-12-2024123") == "none");
  CHECK(found("version 1.2.3.2024") == "none");
  CHECK(found("000_a9068737f072de5b.txt") == "none");
}

TEST_CASE("Unix times are dates") {
  CHECK(to_iso(date_of_unix_time(1694592000).value()) == "2023-09-13T08:00:00Z");
  CHECK(to_iso(date_of_unix_time(1694592000123).value()) == "2023-09-13T08:00:00Z");
  CHECK_FALSE(date_of_unix_time(-1).has_value());
  CHECK_FALSE(date_of_unix_time(1e30).has_value());
}
