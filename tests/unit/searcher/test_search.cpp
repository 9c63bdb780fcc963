#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "common/error.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Strings = std::vector<std::string>;

const TestIndex& deals() {
  static const TestIndex index(
      {{article_of("/huawei", "Huawei licensed 5G patents to Xiaomi after the US court ruled on royalties.",
                   "Huawei signs"),
        Named{.companies = {"Xiaomi", "Huawei"}}},
       {article_of("/nokia", "Nokia licensed 5G patents to Apple after a court ruled on royalties."),
        Named{.companies = {"Nokia"}}},
       {article_of("/apples", "Growers picked apples after the rain."), Named{}}});
  return index;
}

Article dated(Article article, Date date) {
  article.date = date;
  return article;
}

} // namespace

TEST_CASE("a hit has its place over all pages, its article, and its entities as it was indexed with them") {
  SearchRequest request = request_for("patents");
  request.offset = 1;
  const Results results = deals().search(request);
  CHECK(results.total == 2);
  REQUIRE(results.hits.size() == 1);
  CHECK(results.hits.front().rank == 2);
  const Results first = deals().search(request_for("xiaomi"));
  CHECK(first.hits.front().entities.front() == Strings{"Xiaomi", "Huawei"});
  CHECK(first.hits.front().title.text == "Huawei signs");
  CHECK(deals().search(request_for("nokia")).hits.front().title.text == "nokia"); // without a headline: the file
}

TEST_CASE("no hits are asked for, or none are left") {
  SearchRequest request = request_for("patents");
  request.limit = 0;
  CHECK(deals().search(request).total == 2);
  request.limit = 10;
  request.offset = SIZE_MAX;
  CHECK(deals().search(request).total == 2);
  CHECK(deals().search(request).hits.empty());
  CHECK(TestIndex(std::vector<Article>{}).search(request_for("patents")).total == 0);
}

TEST_CASE("an explanation is for people") {
  SearchRequest request = request_for("US huawei company:xiaomi");
  request.explain = true;
  const Results results = deals().search(request);
  REQUIRE(results.hits.size() == 1);
  const Strings& lines = results.hits.front().explanation;
  CHECK(lines.back().starts_with("score "));
  for (const std::string line : {"US once, once in capitals: ", "huawei 2 times, once in the headline: "}) {
    INFO(line);
    CHECK(std::ranges::count_if(lines, [&](const std::string& one) { return one.starts_with(line); }) == 1);
  }
}

TEST_CASE("an explanation names exact words and patterns, and keeps Xapian's query for programs") {
  SearchRequest request = request_for("=royalties court paten*");
  request.explain = true;
  const Results results = deals().search(request);
  for (const std::string& line : results.explained) CHECK(line.find("Query(") == std::string::npos);
  CHECK(results.xapian_query.starts_with("Query("));
  REQUIRE_FALSE(results.hits.empty());
  const Strings& lines = results.hits.front().explanation;
  CHECK(std::ranges::count_if(lines, [](const auto& one) { return one.starts_with("=royalties, paten*: "); }) == 1);
}

TEST_CASE("articles like another are found, without it and within the query") {
  SearchRequest request = request_for("");
  request.similar_to = "/huawei";
  CHECK(TestIndex::paths(deals().search(request)).front() == "/nokia");
  CHECK(std::ranges::count(TestIndex::paths(deals().search(request)), "/huawei") == 0);
  request = request_for("company:Xiaomi");
  request.similar_to = "/nokia";
  request.facets = {Field::company};
  const Results results = deals().search(request);
  CHECK(TestIndex::paths(results) == Strings{"/huawei"});
  CHECK(results.facets.front().values.size() == 2);
  request.similar_to = "/none";
  CHECK_THROWS_AS(deals().search(request), UsageError);
}

TEST_CASE("an article is shown by its path, values are listed by their beginning") {
  Index index = deals().open();
  CHECK(find_article(index, "/nokia")->article.body.starts_with("Nokia licensed"));
  CHECK_FALSE(find_article(index, "/none"));
  CHECK(list_values(index, Field::company, "").size() == 3);
  CHECK(list_values(index, Field::company, "HUA").front().value == "Huawei");
  CHECK(list_values(index, Field::company, "awei").empty());
}

TEST_CASE("where only locations are asked for, hits say where articles are, in the same order") {
  const TestIndex articles({article_of("/a", "Nokia asks for royalties and royalties."),
                            article_of("/b", "Ericsson asks for royalties."), article_of("/c", "A late harvest.")});
  Index index = articles.open();
  SearchRequest request = request_for("royalties");
  const Results whole = search(index, request);
  request.only_locations = true;
  for (int again = 0; again < 2; ++again) { // the second time they are remembered
    const Results bare = search(index, request);
    CHECK(bare.total == 2);
    CHECK(TestIndex::paths(bare) == TestIndex::paths(whole));
    CHECK(bare.hits.front().score == whole.hits.front().score);
    CHECK(bare.hits.back().rank == 2);
    CHECK(bare.hits.front().entities == EntitySets{});
    CHECK(bare.hits.front().snippet.text.empty());
  }
}

TEST_CASE("sorted by relevance and recency, a recent article overtakes an old one that is a little more relevant") {
  const TestIndex index(
      {dated(article_of("/old", "Royalties, royalties and a pool, said the owners."), {2014, 3, 1, -1}),
       dated(article_of("/new", "Royalties and a pool, said the owners today."), {2024, 3, 1, -1}),
       article_of("/undated", "Royalties, royalties and a pool, they said once."),
       dated(article_of("/off", "Owners of a harvest met on the last of February."), {2024, 2, 29, -1})});
  SearchRequest request = request_for("royalties");
  CHECK(TestIndex::paths(index.search(request)).back() == "/new");
  request.sort = SortOrder::recent;
  CHECK(TestIndex::paths(index.search(request)).front() == "/new");
  const Results results = index.search(request);
  CHECK(results.hits.back().score < results.hits.front().score);
}

TEST_CASE("an article without a date is as old as can be") {
  const std::string text = "Royalties and a pool, said the owners.";
  const TestIndex index({article_of("/undated", text), dated(article_of("/old", text), {1999, 1, 1, -1}),
                         dated(article_of("/new", text), {2024, 3, 1, -1})});
  SearchRequest request = request_for("royalties");
  request.sort = SortOrder::recent;
  const Results results = index.search(request);
  CHECK(TestIndex::paths(results).front() == "/new");
  REQUIRE(results.hits.size() == 3);
  CHECK(results.hits[1].score == Approx(results.hits[2].score).epsilon(0.001));
  CHECK(results.hits[0].score == Approx(2 * results.hits[2].score).epsilon(0.001)); // half of the score fades
}

TEST_CASE("sorted by relevance and recency, scores never increase, candidates or not") {
  std::vector<Article> articles;
  for (int i = 0; i < 30; ++i)
    articles.push_back(dated(article_of(fmt::format("/{}", i), "Royalties and a pool, said the owners."),
                             {1990 + i, 1 + i % 12, 1, -1}));
  SearchRequest request = request_for("royalties");
  request.sort = SortOrder::recent;
  request.model.candidates = 10;
  const Results results = TestIndex(articles).search(request);
  REQUIRE(results.hits.size() == 30);
  for (std::size_t i = 1; i < results.hits.size(); ++i) CHECK(results.hits[i - 1].score >= results.hits[i].score);
}

TEST_CASE("where no article has a date recency changes nothing") {
  const TestIndex index({article_of("/a", "Royalties and royalties."), article_of("/b", "Royalties once more.")});
  SearchRequest request = request_for("royalties");
  const Results relevance = index.search(request);
  request.sort = SortOrder::recent;
  const Results recent = index.search(request);
  CHECK(TestIndex::paths(recent) == TestIndex::paths(relevance));
  CHECK(recent.hits.front().score == relevance.hits.front().score);
}

TEST_CASE("an article whose language is unknown is read as English, whatever the others are in") {
  std::vector<Article> articles{{.path = "/unknown", .title = "Extraction of Roots (Algorithm 12)"}};
  for (const char* language : {"de", "fr", "es"}) {
    for (const char* path : {"/1", "/2"})
      articles.push_back({.path = std::string(language) + path, .language = language, .body = "Nokia Ericsson"});
  }
  const TestIndex index(articles);
  for (const char* query : {"extracting root", "algorithms", "\"extraction of root\"", "title:algorithm"}) {
    CAPTURE(query);
    CHECK(index.find_strictly(query) == Strings{"/unknown"});
  }
}

TEST_CASE("a search whose time is up answers with what it has, and says so") {
  std::vector<Article> articles;
  add_articles(articles, "pool", "The pool lowers its royalties", 200);
  const TestIndex index(articles);
  SearchRequest request = request_for("royalties");
  request.limit = 10;
  request.facets = {Field::language};
  const std::size_t whole = index.search(request).total;
  CHECK(whole == 200);
  request.sort = GENERATE(SortOrder::relevance, SortOrder::newest, SortOrder::oldest, SortOrder::recent);
  request.time_limit = std::chrono::nanoseconds(0);
  const Results results = index.search(request);
  CHECK(results.timed_out);
  CHECK(results.total > 0);
  CHECK(results.total < whole);
  REQUIRE_FALSE(results.hits.empty());
  CHECK(results.hits.size() <= results.total);
  CHECK_FALSE(results.hits.front().snippet.text.empty());
  CHECK(results.facets.front().values.front().count == results.total);
  CHECK(results.notices.front().starts_with("Time was up"));
  CHECK_FALSE(results.relaxed);
}

TEST_CASE("time that is not up changes nothing in an answer") {
  SearchRequest request = request_for("royalties court");
  request.facets = {Field::company};
  const Results before = deals().search(request);
  request.time_limit = std::chrono::hours(1);
  const Results timed = deals().search(request);
  CHECK_FALSE(timed.timed_out);
  CHECK(timed.total == before.total);
  CHECK(TestIndex::paths(timed) == TestIndex::paths(before));
  CHECK(timed.notices == before.notices);
  CHECK(timed.facets.front().values.size() == before.facets.front().values.size());
}

TEST_CASE("over several indexes too, a search whose time is up shows only what matches") {
  std::vector<Article> articles;
  add_articles(articles, "pool", "The pool lowers its royalties", 100);
  add_articles(articles, "court", "The court rules", 100);
  const TestIndex first(articles);
  const TestIndex second(articles);
  Index both({first.path(), second.path()});
  SearchRequest request = request_for("royalties");
  request.time_limit = std::chrono::nanoseconds(0);
  const Results results = search(both, request);
  CHECK(results.timed_out);
  REQUIRE_FALSE(results.hits.empty());
  for (const Hit& hit : results.hits) CHECK(hit.article.path.starts_with("/pool"));
}
