#include <catch2/catch.hpp>

#include "tests/ranking/judgements.hpp"

using namespace pfind::tests;

namespace {

void rejects(const std::string& text, const std::string& message) {
  INFO(text);
  CHECK_THROWS_WITH(parse_judgements(text), message);
}

} // namespace

TEST_CASE("a block of judgements holds a query and grades of articles") {
  const auto judged =
      parse_judgements("# why\n\nHuawei Xiaomi\n  3 text/a.txt\n# more\n  0 json/b.jsonl#1\n\n\n\"x\"\n  1 a b");
  REQUIRE(judged.size() == 2);
  CHECK(judged[0].query == "Huawei Xiaomi");
  CHECK(judged[0].grades == std::map<std::string, int>{{"text/a.txt", 3}, {"json/b.jsonl#1", 0}});
  CHECK(judged[0].grade_of("json/b.jsonl#1") == 0);
  CHECK_FALSE(judged[0].grade_of("text/c.txt"));
  CHECK(judged[1].query == "\"x\"");
  CHECK(judged[1].grades == std::map<std::string, int>{{"a b", 1}});
}

TEST_CASE("several queries of a block share its judgements") {
  const auto judged = parse_judgements("wifi\nWi-Fi\n  2 a\n");
  REQUIRE(judged.size() == 2);
  CHECK(judged[0].query == "wifi");
  CHECK(judged[1].query == "Wi-Fi");
  CHECK(judged[0].grades == judged[1].grades);
}

TEST_CASE("a query goes on after a backslash") {
  const auto judged = parse_judgements("a pasted \\\nparagraph\n  3 a\n");
  REQUIRE(judged.size() == 1);
  CHECK(judged[0].query == "a pasted paragraph");
}

TEST_CASE("a long query is called by its first words") {
  CHECK(label("short") == "short");
  const std::string eighty(80, 'x');
  CHECK(label(eighty) == eighty);
  CHECK(label(std::string(70, 'x') + " word and what follows") == std::string(70, 'x') + " word and ...");
}

TEST_CASE("what is no judgement is reported with its line") {
  rejects("  3 a\n", "judgements, line 1: a judgement without a query");
  rejects("query\n  4 a\n", "judgements, line 2: expected a grade, 0 to 3, and a path");
  rejects("query\n  3\n", "judgements, line 2: expected a grade, 0 to 3, and a path");
  rejects("query\n  3 a\n  1 a\n", "judgements, line 3: an article is judged twice: a");
  rejects("query\n  3 a\nquery two\n", "judgements, line 3: a query follows judgements without a blank line");
  rejects("query\n  3 a\n\nquery\n", "judgements, line 4: a query is judged twice: query");
  rejects("query\n  0 a\n", "judgements, line 3: a query to which nothing is relevant");
  rejects("query\n\nother\n  1 a\n", "judgements, line 2: a query to which nothing is relevant");
  rejects("query \\\n  1 a\n", "judgements, line 2: a judgement without a query");
  rejects("query \\\n", "judgements, line 2: a query that does not go on");
}
