#include <catch2/catch.hpp>

#include <sstream>

#include "common/error.hpp"
#include "searcher/batch.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

struct Read {
  std::vector<std::string> queries; // "id=text"
  std::vector<std::string> problems;
};

Read read(const std::string& lines) {
  Read all;
  std::istringstream in(lines);
  QueryReader reader(in, "q.tsv", [&](const std::string& problem) { all.problems.push_back(problem); });
  while (const auto query = reader.next()) all.queries.push_back(query->id + '=' + query->text);
  return all;
}

using Strings = std::vector<std::string>;

TestIndex three_articles() {
  return TestIndex({{article_of("/a", "Nokia asks for royalties."), Named{.companies = {"Nokia"}}},
                    {article_of("/b", "Ericsson asks for royalties."), Named{.companies = {"Ericsson"}}},
                    {article_of("/c", "A late harvest.")}});
}

} // namespace

TEST_CASE("batch: a query is an id, a tab and text") {
  CHECK(read("1\tboundary layer\nq-2\t\"a phrase\"\tand more").queries ==
        Strings{"1=boundary layer", "q-2=\"a phrase\"\tand more"});
}

TEST_CASE("batch: a byte order mark, line ends of Windows, empty lines and white space around are passed over") {
  const Read all = read("\xef\xbb\xbf"
                        "1\tone\r\n\r\n \t \n 2 \t two \r\n");
  CHECK(all.queries == Strings{"1=one", "2=two"});
  CHECK(all.problems.empty());
}

TEST_CASE("batch: a line that is no query is reported with its number, the others are read") {
  const Read all = read("1\tone\nno tab\n\n\tno id\n1\tagain\n2\t\n3\tthree\n");
  CHECK(all.queries == Strings{"1=one", "2=", "3=three"});
  CHECK(all.problems == Strings{"q.tsv, line 2: has no tab; expected id<TAB>query",
                                "q.tsv, line 4: has no id; expected id<TAB>query",
                                "q.tsv, line 5: the id 1 occurs a second time; only the first query counts"});
}

TEST_CASE("batch: a long line is one query") {
  const std::string text(3'000'000, 'x');
  CHECK(read("1\t" + text + "\n2\ttwo\n").queries == Strings{"1=" + text, "2=two"});
}

TEST_CASE("batch: a file without any query is an error") {
  CHECK_THROWS_AS(read(""), UsageError);
  CHECK_THROWS_AS(read("\n\n"), UsageError);
  CHECK_THROWS_WITH(read("what is this\n"), "q.tsv holds no query; expected id<TAB>query a line");
}

TEST_CASE("batch: filters hold for every query, notices are those of the query") {
  const TestIndex articles = three_articles();
  Index index = articles.open();
  SearchRequest common;
  common.tree = query::with_filter({}, Field::company, Strings{"Nokia"}, k_test_today);
  const Results royalties = search_one(index, {"7", "royalties (now"}, common, k_test_today);
  CHECK(royalties.query_id == "7");
  CHECK(royalties.query == "royalties (now");
  CHECK(TestIndex::paths(royalties) == Strings{"/a"});
  CHECK(royalties.notices.front() == "An opening parenthesis has no partner, so it was closed at the end.");
  CHECK(search_one(index, {"8", "ericsson"}, common, k_test_today).total == 0);
  CHECK(TestIndex::paths(search_one(index, {"9", ""}, common, k_test_today)) == Strings{"/a"});
}

TEST_CASE("batch: an empty query is no wish to see every article") {
  const TestIndex articles = three_articles();
  Index index = articles.open();
  for (const std::string text : {"", "()", "-"}) {
    CAPTURE(text);
    const Results nothing = search_one(index, {"1", text}, {}, k_test_today);
    CHECK(nothing.total == 0);
    CHECK(nothing.query_id == "1");
    CHECK(nothing.notices.front() == "The query is empty; * finds every article.");
  }
  CHECK(search_one(index, {"1", "*"}, {}, k_test_today).total == 3);
}
