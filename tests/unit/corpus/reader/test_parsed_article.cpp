#include <catch2/catch.hpp>

#include "corpus/reader/parsed_article.hpp"
#include "tests/unit/corpus/reader/reading.hpp"

using namespace pfind::corpus;
using pfind::Date;

namespace {

constexpr Date k_today{2024, 3, 12, -1};

ParsedArticle checked(const Date& date) {
  ParsedArticle parsed;
  parsed.article.date = date;
  drop_impossible_date(parsed, k_today);
  return parsed;
}

} // namespace

TEST_CASE("a date in the future is dropped and said to be") {
  const auto parsed = checked({2024, 3, 15, -1});
  CHECK_FALSE(parsed.article.date.has_value());
  CHECK(parsed.problems ==
        std::vector<std::string>{"date 2024-03-15 is in the future; the article is indexed without one"});
  CHECK(checked({2024, 3, 14, -1}).article.date.has_value());
  CHECK(checked({2024, 3, 14, 86399, 600}).problems.empty());
}

TEST_CASE("the first moment of Unix time is no date") {
  for (const Date& date :
       {Date{1970, 1, 1, -1}, Date{1970, 1, 1, 0}, Date{1970, 1, 1, 3600, 60}, Date{1969, 12, 31, 68400, -300}}) {
    CAPTURE(to_iso(date));
    const auto parsed = checked(date);
    CHECK_FALSE(parsed.article.date.has_value());
    CHECK(parsed.problems.size() == 1);
  }
  CHECK(checked({1970, 1, 1, 3600}).article.date.has_value());
  CHECK(checked({1970, 1, 2, -1}).article.date.has_value());
}

TEST_CASE("an article with an impossible date is read without it, with one notice") {
  const auto reading = pfind::tests::read(R"({"title": "Acme", "text": "Words.", "date": "2999-01-01"})", "a.jsonl");
  REQUIRE(reading.articles.size() == 1);
  CHECK_FALSE(reading.articles[0].date.has_value());
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].indexed);
}
