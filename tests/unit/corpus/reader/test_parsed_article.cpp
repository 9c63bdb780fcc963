#include <catch2/catch.hpp>
#include <utility>

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

namespace {

/// The day of the first article of a file, and how many problems there were.
std::pair<std::string, std::size_t> first_day(std::string_view content, const std::string& path) {
  const auto reading = pfind::tests::read(content, path);
  REQUIRE_FALSE(reading.articles.empty());
  const auto& date = reading.articles.front().date;
  return {date ? to_iso(*date) : "none", reading.problems.size()};
}

} // namespace

TEST_CASE("which of two numbers is the day is told by the file, the text, the language, or taken to be the second") {
  using Day = std::pair<std::string, std::size_t>;
  const std::string record = R"({"title": "Acme", "text": "Words.", "date": "03/12/2024"})";
  CHECK(first_day(record + '\n' + record + '\n', "a.jsonl") == Day("2024-03-12", 2));
  CHECK(first_day(record + '\n' + R"({"title": "B", "text": "Words.", "date": "31/12/2024"})" + '\n', "a.jsonl") ==
        Day("2024-12-03", 0));
  CHECK(first_day(record + '\n' + R"({"title": "B", "text": "Words.", "date": "12/31/2024"})" + '\n', "a.jsonl") ==
        Day("2024-03-12", 0));
  CHECK(first_day("title,text,date\nA,Words,03/12/2024\nB,Words,31/12/2024\n", "a.csv") == Day("2024-12-03", 0));
  CHECK(first_day(R"({"title": "A", "text": "Agreed on 2 December 2024.", "date": "03/12/2024"})", "a.json") ==
        Day("2024-12-03", 0));
  CHECK(first_day(R"({"title": "A", "text": "Wörter.", "date": "03/12/2024", "lang": "de"})", "a.json") ==
        Day("2024-12-03", 0));
  CHECK(first_day("---\ntitle: A\ndate: 03/12/2024\n---\nIt was agreed on 2 December 2024.\n", "a.md") ==
        Day("2024-12-03", 0));
}

TEST_CASE("of web pages the region in their markup tells which number is the day") {
  const auto page = [](const std::string& language) {
    return "<html lang=\"" + language +
           "\"><head><title>Acme settles with Bolt</title><meta name=\"date\" content=\"03/12/2024\"></head><body><article>"
           "<h1>Acme settles with Bolt</h1><p>The two companies have settled every dispute over modem patents, they said "
           "in a joint statement that gave no terms.</p></article></body></html>";
  };
  using Day = std::pair<std::string, std::size_t>;
  CHECK(first_day(page("en-GB"), "a.html") == Day("2024-12-03", 0));
  CHECK(first_day(page("en_US"), "a.html") == Day("2024-03-12", 0));
  CHECK(first_day(page("en"), "a.html") == Day("2024-03-12", 1));
}
