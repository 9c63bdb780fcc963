#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "searcher/ranking/explanation.hpp"
#include "searcher/ranking/ranker.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

using Strings = std::vector<std::string>;

namespace {

/// A model in which nothing counts but BM25.
RankingModel only_bm25() {
  RankingModel model;
  model.headline = model.written = model.acronym = model.stop_word = model.entity = 0;
  model.side_by_side = model.side_by_side_short = model.bound_stop_word = model.near = model.feedback = 0;
  return model;
}

Strings found(const TestIndex& index, std::string_view query, const RankingModel& model) {
  SearchRequest request = request_for(query);
  request.model = model;
  return TestIndex::paths(index.search(request));
}

/// Texts of one length, so that only what is asked tells them apart.
TestIndex index_of(const Strings& headlines, const Strings& bodies) {
  std::vector<Article> articles;
  for (std::size_t i = 0; i < bodies.size(); ++i)
    articles.push_back(article_of(fmt::format("/{}", i + 1), bodies[i], headlines.empty() ? "" : headlines[i]));
  for (int i = 0; i < 20; ++i) articles.push_back(article_of(fmt::format("/other{}", i), "something else altogether"));
  return TestIndex(articles);
}

} // namespace

TEST_CASE("each part of the model moves what it is for to the front, and by itself alone") {
  struct Case {
    std::string query;
    Strings headlines;
    Strings bodies;
    double RankingModel::*part;
  };
  const std::vector<Case> cases{
      {"merger",
       {"All about it", "A merger now"},
       {"it tells of a merger today", "it tells of one thing today"},
       &RankingModel::headline},
      {"licences", {}, {"it was licensed to them", "it has licences of them"}, &RankingModel::written},
      {"IT workers", {}, {"it has workers said all", "our IT workers said all"}, &RankingModel::acronym},
      {"what does the ministry of who plan for trade rules",
       {},
       {"ministry plan trade rules today now and then", "ministry plan trade rules who who then now"},
       &RankingModel::stop_word},
      {"patent pool",
       {},
       {"pool here and patent there", "here a patent pool there"},
       &RankingModel::side_by_side_short},
      {"in vivo", {}, {"vivo is in some phones", "some were seen in vivo"}, &RankingModel::bound_stop_word},
      {"patent pool",
       {},
       {"patent one two three four five six seven eight nine pool",
        "patent one pool two three four five six seven eight nine"},
       &RankingModel::near},
  };
  for (const Case& one : cases) {
    INFO(one.query);
    const TestIndex index = index_of(one.headlines, one.bodies);
    RankingModel model = only_bm25();
    const Strings before = found(index, one.query, model);
    model.*one.part = 1;
    const Strings after = found(index, one.query, model);
    CHECK(after.front() == "/2");
    CHECK((before.size() == after.size() && before.front() == "/1"));
  }
}

TEST_CASE("an article about what the query names goes before one that only has the word") {
  const TestIndex index(
      {IndexedArticle{article_of("/fruit", "an apple a day said apple growers")},
       IndexedArticle{article_of("/firm", "the apple case was long and said much"), Named{.companies = {"Apple"}}},
       IndexedArticle{article_of("/other", "something else")}});
  RankingModel model = only_bm25();
  CHECK(found(index, "apple", model) == Strings{"/fruit", "/firm"});
  model.entity = 1;
  CHECK(found(index, "apple", model) == Strings{"/firm", "/fruit"});
}

TEST_CASE("feedback favours what shares words with the best, and trusts one that stands out") {
  const TestIndex index = index_of({}, {"royalty royalty royalty handset court", "royalty banana coconut orange",
                                        "royalty handset court judge", "handset court court handset"});
  RankingModel model = only_bm25();
  model.feedback = 0.4;
  const Strings ranked = found(index, "royalty", model);
  CHECK(ranked == Strings{"/1", "/3", "/2"}); // and what lacks the word is not found
}

TEST_CASE("scores never increase, whatever the candidates, and the rest keep Xapian's order") {
  std::vector<Article> articles;
  for (int i = 0; i < 120; ++i)
    articles.push_back(article_of(fmt::format("/{}", i), std::string(static_cast<std::size_t>(i % 7) * 5, 'x') +
                                                             fmt::format(" patent word{} word{} pool", i % 5, i % 3)));
  const TestIndex index(articles);
  for (const std::size_t candidates : {0, 1, 10, 50, 500}) {
    SearchRequest request = request_for("patent word1 pool");
    request.model.candidates = candidates;
    const Results results = index.search(request);
    CHECK(results.hits.size() == results.total);
    for (std::size_t i = 1; i < results.hits.size(); ++i) CHECK(results.hits[i - 1].score >= results.hits[i].score);
  }
}

TEST_CASE("pages of any size show one order") {
  std::vector<Article> articles;
  for (int i = 0; i < 90; ++i)
    articles.push_back(
        article_of(fmt::format("/{}", i), fmt::format("patent w{} w{} pool of w{}", i % 5, i % 3, i % 7)));
  const TestIndex index(articles);
  const Strings whole = index.find("patent pool");
  for (const std::size_t size : {1, 7, 49, 60}) {
    Strings pages;
    for (std::size_t offset = 0; offset < whole.size(); offset += size) {
      SearchRequest request = request_for("patent pool");
      request.offset = offset;
      request.limit = size;
      const Strings page = TestIndex::paths(index.search(request));
      pages.insert(pages.end(), page.begin(), page.end());
    }
    CHECK(pages == whole);
  }
}

TEST_CASE("an explanation adds up to the score") {
  const TestIndex index = index_of({"Patent pools", "A pool", "Nothing"},
                                   {"the US patent pool has licences", "licences of a patent, a pool", "a patent"});
  Snapshot snapshot = index.snapshot();
  for (const std::string query : {"US patent pool licences", "\"patent pool\" licence", "pool* patent", "the patent"}) {
    SearchRequest request = request_for(query);
    request.explain = true;
    for (const Hit& hit : index.search(request).hits) {
      double sum = 0;
      for (const std::string& line : hit.explanation) {
        INFO(line);
        if (const std::size_t colon = line.rfind(": "); colon != std::string::npos)
          sum += std::stod(line.substr(colon + 2));
      }
      CHECK(hit.explanation.back() == fmt::format("score {:.3f}", hit.score));
      CHECK(sum == Approx(hit.score).margin(0.005 * static_cast<double>(hit.explanation.size())));
    }
  }
}
