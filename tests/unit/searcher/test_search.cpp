#include <catch2/catch.hpp>

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
