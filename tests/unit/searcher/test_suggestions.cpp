#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "searcher/suggestions.hpp"
#include "tests/support/test_index.hpp"

using pfind::Article;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

const TestIndex& index() {
  static const TestIndex made({article_of("/1", "Huawei and Qualcomm signed a licensing agreement. A licence is dear."),
                               article_of("/2", "Huawei sells H100 chips at 4,000 dollars."),
                               article_of("/3", "华为签署专利许可协议。")});
  return made;
}

Results answer(const std::string& query) { return index().search(request_for(query)); }

/// How a query is rather spelled, whether it was asked instead or is only offered.
std::string suggestion(const std::string& query) {
  const Results results = answer(query);
  return results.corrected.empty() ? results.suggestion : results.corrected;
}

/// The notice where another query was answered than the one typed.
std::string correction(const std::string& query) {
  const Results results = answer(query);
  return results.corrected.empty() ? "" : results.notices.back();
}

} // namespace

TEST_CASE("a misspelt word that finds nothing has a suggestion") {
  CHECK(suggestion("huawie") == "huawei");
  CHECK(suggestion("Qualcom") == "qualcomm");
  CHECK(suggestion("licnsing") == "licensing");
  CHECK(suggestion("licnse") == "licence");
}

TEST_CASE("the rest of a query stays as typed") {
  CHECK(suggestion("company:Huawei  -nokia licnsing (5G OR \"six\")") ==
        "company:Huawei  -nokia licensing (5G OR \"six\")");
  CHECK(suggestion("title:agreemnt OR zzzz") == "title:agreement OR zzzz");
  CHECK(suggestion("Hua Huawie") == "Hua huawei");
  CHECK(suggestion("chipp-licnsing") == "chips-licensing");
  CHECK(suggestion("\"huawie signed\"") == "\"huawei signed\"");
  CHECK(suggestion("huawie huawie OR huawie") == "huawei huawei OR huawei");
}

TEST_CASE("numbers, codes, short words, patterns and words that are there have none") {
  for (const std::string query : {"H101", "4001", "5G", "zz", "huawie*", "zzzzzzzz", "huawei nokia4", "伟为", "-huawie",
                                  "CHPS", "company:huawie"}) {
    INFO(query);
    CHECK(suggestion(query).empty());
  }
}

TEST_CASE("where nothing is found, plain words are corrected unbidden and a notice says so") {
  CHECK(correction("huwaei licensing") == "No article has huwaei: these are the results for \"huawei licensing\".");
  CHECK(correction("Huwaei agreemnt") ==
        "No article has any of Huwaei, agreemnt: these are the results for \"huawei agreement\".");
  const Results results = answer("huwaei licensing");
  CHECK(TestIndex::paths(results) == std::vector<std::string>{"/1"});
  CHECK(results.query == "huwaei licensing");
  CHECK(results.suggestion.empty());
  CHECK_FALSE(results.relaxed);
}

TEST_CASE("what the user has fixed is changed by the user alone") {
  for (const std::string query :
       {"\"huwaei signed\"", "=huwaei", "huwaei near/3 qualcomm", "huwaei -huwaei", "huwaei OR \"huwaei signed\"",
        "chps dollars", "huwaei licensing agreement chips dollars dear"}) {
    INFO(query);
    CHECK(answer(query).corrected.empty());
  }
  for (const std::string query : {"\"huwaei signed\"", "=huwaei", "huwaei near/3 qualcomm"}) {
    INFO(query);
    CHECK(answer(query).suggestion.starts_with(query.front() == 'h' ? "huawei" : query.substr(0, 1) + "huawei"));
  }
}

TEST_CASE("where the corrected query finds nothing either, the closest articles are shown and the rest is offered") {
  const Results results = answer("huwaei agreement chips"); // no article has all three
  CHECK(results.corrected.empty());
  CHECK(results.relaxed);
  CHECK(results.suggestion == "huawei agreement chips");
  CHECK(TestIndex::paths(results).size() == 2);
}

TEST_CASE("an alternative that finds something leaves a misspelt word to be offered") {
  const Results results = answer("huwaei OR qualcomm");
  CHECK(TestIndex::paths(results) == std::vector<std::string>{"/1"});
  CHECK(results.corrected.empty());
  CHECK(results.suggestion == "huawei OR qualcomm");
}

TEST_CASE("a misprint that an article has is doubted where the right word is far more frequent") {
  std::vector<Article> articles{article_of("/wrong", "Huwaei signed."), article_of("/other", "Patents lapse.")};
  for (int i = 0; i < 10; ++i) articles.push_back(article_of("/" + std::to_string(i), "Huawei signed."));
  const TestIndex made(articles);
  const Results results = made.search(request_for("huwaei"));
  CHECK(results.suggestion == "huawei");
  CHECK(results.corrected.empty());
  CHECK(TestIndex::paths(results) == std::vector<std::string>{"/wrong"});
  CHECK(made.search(request_for("huawei")).suggestion.empty());
  CHECK(made.search(request_for("patents")).suggestion.empty());
  CHECK(made.search(request_for("huwaei OR huawei")).suggestion.empty()); // enough was found
}

TEST_CASE("a misprint that three articles share is doubted beside other words too, a number never") {
  std::vector<Article> articles;
  for (int i = 0; i < 3; ++i)
    articles.push_back(article_of(fmt::format("/slip{}", i), "A comapny of compani in 19867."));
  for (int i = 0; i < 1000; ++i)
    articles.push_back(article_of(fmt::format("/right{}", i), "The company had profits and owners in 19876."));
  const TestIndex index(articles);
  const auto suggestion = [&](std::string_view query) { return index.search(request_for(query)).suggestion; };
  CHECK(suggestion("comapny profits") == "company profits");
  CHECK(suggestion("owmers comapny") == "owners company");
  CHECK(suggestion("19867 profits").empty());
  CHECK(suggestion("company profits").empty());
}

TEST_CASE("any word with one letter wrong is doubted where the right one is everywhere") {
  std::vector<Article> articles{article_of("/slip", "The profots of late.")};
  for (int i = 0; i < 299; ++i) articles.push_back(article_of(fmt::format("/{}", i), "Profits of owners."));
  CHECK(TestIndex(articles).search(request_for("profots owners")).suggestion.empty()); // `scale` is no `sale`
  articles.push_back(article_of("/300", "Profits of owners."));
  CHECK(TestIndex(articles).search(request_for("profots owners")).suggestion == "profits owners");
}

TEST_CASE("a rare word that is a name is not doubted") {
  std::vector<IndexedArticle> articles{{article_of("/name", "Huwaei Ltd signed."), Named{.companies = {"Huwaei"}}}};
  for (int i = 0; i < 10; ++i) articles.push_back({article_of("/" + std::to_string(i), "Huawei signed."), Named{}});
  CHECK(TestIndex(articles).search(request_for("huwaei")).suggestion.empty());
}

TEST_CASE("a missing or a superfluous space is put right") {
  const TestIndex made({article_of("/apart", "Licensing that may cross borders. Nvidia, a chip maker.")});
  const Results joined = made.search(request_for("crosslicencing"));
  CHECK(joined.corrected == "cross licensing");
  CHECK(TestIndex::paths(joined).size() == 1);
  CHECK(made.search(request_for("crosslicensing")).corrected == "cross licensing");
  CHECK(made.find("chipmaker").size() == 1); // side by side: another spelling
  CHECK(made.find_strictly("nvi dia").size() == 1);
  CHECK(made.search(request_for("\"crosslicencing deal\"")).corrected.empty());
}

TEST_CASE("values are not listed for another query than the one asked") {
  Index open = index().open();
  CHECK(list_values(open, pfind::Field::language, "", request_for("huawei")).size() == 1);
  CHECK(list_values(open, pfind::Field::language, "", request_for("huwaei")).empty());
}

TEST_CASE("the nearest value of a facet is suggested") {
  const TestIndex made({{article_of("/1", "Chips."), Named{.companies = {"Huawei", "Hawaii Air"}}}});
  Snapshot snapshot = made.snapshot();
  CHECK(suggest_value("huawie", pfind::Field::company, snapshot) == "Huawei");
  CHECK(suggest_value("nokia", pfind::Field::company, snapshot).empty());
}

TEST_CASE("fragments that articles have are no spelling of a word, unless side by side") {
  const TestIndex index({article_of("/1", "The treasury sold treasury bonds."), article_of("/2", "A treasur here."),
                         article_of("/3", "An ry there."), article_of("/4", "The treasury again.")});
  const Results results = index.search(request_for("treasurry"));
  CHECK(results.corrected == "treasury");
  CHECK(TestIndex::paths(results).size() == 2);
}
