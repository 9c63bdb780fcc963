#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <map>

#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Strings = std::vector<std::string>;

/// The request that `pfind QUERY` makes on a terminal: a page, filled up with articles that lack words.
SearchRequest page_for(std::string_view query) {
  SearchRequest request = request_for(query);
  request.limit = 10;
  request.partial = Partial::few;
  return request;
}

using Missing = std::map<std::string, Strings>;

/// What each hit lacks, by its path.
Missing missing(const Results& results) {
  Missing all;
  for (const Hit& hit : results.hits) all[hit.article.path] = hit.missing;
  return all;
}

/// Two articles about a pool and royalties, and articles with one of the words or none.
const TestIndex& pools() {
  static const TestIndex index(
      {{article_of("/both1", "The pool lowers its royalties in spring."), Named{.places = {"A"}}},
       {article_of("/both2", "Royalties of a pool of many owners."), Named{.places = {"A"}}},
       {article_of("/pool", "The pool was full of owners."), Named{.places = {"A", "B"}}},
       {article_of("/royalties", "Royalties rose in autumn.", "Owners"), Named{}},
       {article_of("/owners", "Owners met in winter."), Named{}}});
  return index;
}

} // namespace

TEST_CASE("a page that articles with all the words leave room on is filled up with those that lack some") {
  const Results results = pools().search(page_for("pool royalties"));
  CHECK(results.total == 2);
  CHECK(results.partial == 2);
  CHECK(missing(results) ==
        Missing{{"/both1", {}}, {"/both2", {}}, {"/pool", {"royalties"}}, {"/royalties", {"pool"}}});
  CHECK(results.hits[1].missing.empty());
  CHECK_FALSE(results.hits[2].missing.empty());
  CHECK(results.hits[2].rank == 3);
  CHECK_FALSE(results.relaxed);
  CHECK(results.notices.empty());
  CHECK(pools().search(request_for("pool royalties")).hits.size() == 2); // where nobody asks for more
}

TEST_CASE("what articles lack of a query is said as the query says it") {
  const auto lacks = [](std::string_view query, const std::string& path) {
    return missing(pools().search(page_for(query))).at(path);
  };
  CHECK(lacks("the Pool royalty", "/royalties") == Strings{"Pool"});
  CHECK(lacks("rose title:Owners pool", "/pool") == Strings{"rose", "title:Owners"}); // it has them in its text
  CHECK(lacks(R"("many owners" royalty OR spring)", "/both1") == Strings{R"("many owners")"});
  CHECK(lacks("=Royalty pool", "/both1") == Strings{"=Royalty"});
  CHECK(lacks("spring (winter OR autumn)", "/both1") == Strings{"winter OR autumn"});
}

TEST_CASE("articles that lack words are in no total and no count") {
  SearchRequest request = page_for("pool royalties");
  request.facets = {Field::place};
  const Results results = pools().search(request);
  REQUIRE(results.partial == 2);
  REQUIRE(results.facets.front().values.size() == 1);
  CHECK(results.facets.front().values.front().value == "A");
  CHECK(results.facets.front().values.front().count == 2);
}

TEST_CASE("filters and exclusions hold for articles that lack words too") {
  CHECK(missing(pools().search(page_for("pool royalties place:A"))) ==
        Missing{{"/both1", {}}, {"/both2", {}}, {"/pool", {"royalties"}}});
  CHECK(missing(pools().search(page_for("pool royalties -autumn"))) ==
        Missing{{"/both1", {}}, {"/both2", {}}, {"/pool", {"royalties"}}});
}

TEST_CASE("at most the first page is filled up, to no more than ten") {
  std::vector<Article> articles;
  add_articles(articles, "both", "pool royalties", 3);
  add_articles(articles, "pool", "pool", 20);
  const TestIndex index(articles);
  SearchRequest request = page_for("pool royalties");
  const auto partial = [&](std::size_t offset, std::size_t limit) {
    request.offset = offset;
    request.limit = limit;
    const Results results = index.search(request);
    CHECK(results.total == 3);
    return std::pair(results.hits.size(), results.partial);
  };
  using Counts = std::pair<std::size_t, std::size_t>;
  CHECK(partial(0, 10) == Counts{10, 7});
  CHECK(partial(0, 100) == Counts{10, 7});
  CHECK(partial(0, 5) == Counts{5, 2});
  CHECK(partial(0, 2) == Counts{2, 0});
  CHECK(partial(0, 0) == Counts{0, 0});
  CHECK(partial(1, 10) == Counts{2, 0});
  CHECK(partial(3, 10) == Counts{0, 0});
}

TEST_CASE("a run to any depth goes on with articles that lack words, page by page") {
  std::vector<Article> articles;
  add_articles(articles, "both", "pool royalties", 3);
  add_articles(articles, "pool", "pool", 4);
  const TestIndex index(articles);
  SearchRequest request = request_for("pool royalties");
  request.partial = Partial::all;
  const Strings whole = TestIndex::paths(index.search(request));
  REQUIRE(whole.size() == 7);
  request.limit = 2;
  for (request.offset = 0; request.offset < 8; request.offset += 2) {
    CAPTURE(request.offset);
    const Results page = index.search(request);
    const auto begin = whole.begin() + static_cast<std::ptrdiff_t>(request.offset);
    CHECK(TestIndex::paths(page) == Strings(begin, std::min(begin + 2, whole.end())));
    const std::size_t expected[] = {0, 1, 2, 1};
    CHECK(page.partial == expected[request.offset / 2]);
  }
}

TEST_CASE("ordered by date, or with a say in how many words must match, nothing lacks words") {
  SearchRequest request = page_for("pool royalties");
  for (const SortOrder sort : {SortOrder::newest, SortOrder::oldest}) {
    request.sort = sort;
    CHECK(pools().search(request).hits.size() == 2);
  }
  request.sort = SortOrder::recent;
  CHECK(pools().search(request).hits.size() == 4);
  request.sort = SortOrder::relevance;
  request.matching = Matching::all;
  CHECK(pools().search(request).hits.size() == 2);
}

TEST_CASE("where nothing has all the words every hit says what it lacks, and counts") {
  SearchRequest request = page_for("pool winter zebra");
  request.facets = {Field::place};
  const Results results = pools().search(request);
  CHECK(results.relaxed);
  CHECK(results.total == 4);
  CHECK(results.partial == 0);
  CHECK(missing(results) == Missing{{"/both1", {"winter", "zebra"}},
                                    {"/both2", {"winter", "zebra"}},
                                    {"/pool", {"winter", "zebra"}},
                                    {"/owners", {"pool", "zebra"}}});
  CHECK(results.facets.front().values.front().count == 3);
}

TEST_CASE("how many words must match can be said") {
  const auto found = [](std::string_view query, Matching matching) {
    SearchRequest request = page_for(query);
    request.matching = matching;
    const Results results = pools().search(request);
    CHECK(results.partial == 0);
    CHECK_FALSE(results.relaxed);
    CHECK(results.total == results.hits.size());
    Strings paths = TestIndex::paths(results);
    std::ranges::sort(paths);
    return paths;
  };
  CHECK(found("the pool royalties", Matching::all) == Strings{"/both1", "/both2"});
  CHECK(found("pool royalties", Matching::any) == Strings{"/both1", "/both2", "/pool", "/royalties"});
  CHECK(found("pool royalties", Matching::most) == Strings{"/both1", "/both2"});
  CHECK(found("pool royalties winter", Matching::most) == Strings{"/both1", "/both2"});
  CHECK(found("pool royalties spring owners", Matching::most) == Strings{"/both1", "/both2"}); // three of four
  CHECK(found("pool royalties winter", Matching::all).empty());
  CHECK(found("pool zebra", Matching::all).empty());
}

TEST_CASE("most of the words are most of all words, those of a name or of a compound too") {
  const TestIndex index(
      {{article_of("/all", "Acme Radio licensed patents in Munich."), Named{.companies = {"Acme Radio"}}},
       {article_of("/radio", "A radio was licensed."), Named{}}});
  SearchRequest request = request_for("Acme Radio patents licensed");
  request.matching = Matching::most;
  CHECK(TestIndex::paths(index.search(request)) == Strings{"/all"});
}

TEST_CASE("which words no article has is said too where all must match") {
  SearchRequest request = request_for("pool zebra");
  request.matching = Matching::all;
  CHECK(pools().search(request).notices == Strings{"No article has zebra."});
}

TEST_CASE("a question and a longer text mean their gist, a few words all of them") {
  for (const std::string_view gist :
       {"what royalties does the pool ask", "pool royalties winter autumn zebra", "how pool royalties"}) {
    CAPTURE(gist);
    const Results results = pools().search(page_for(gist));
    CHECK(results.total >= 4);
    CHECK(results.partial == 0);
    CHECK_FALSE(results.relaxed);
  }
  CHECK(pools().search(page_for("pool royalties spring owners")).relaxed);
  CHECK(pools().search(page_for("royalties and the pool")).total == 2); // stop words are not counted
}

TEST_CASE("of a question and of a text of a few words, each hit says which it lacks") {
  CHECK(missing(pools().search(request_for("what royalties does the pool ask in spring"))) ==
        Missing{{"/both1", {"ask"}},
                {"/both2", {"ask", "spring"}},
                {"/pool", {"royalties", "ask", "spring"}},
                {"/royalties", {"pool", "ask", "spring"}}});
  CHECK(missing(pools().search(request_for("how do pools lower their royalties"))).at("/both1").empty());
  SearchRequest any = request_for("pool royalties");
  any.matching = Matching::any;
  CHECK(missing(pools().search(any)).at("/pool") == Strings{"royalties"});
  const std::string text = "pool royalties spring winter autumn owners lowers full many met zebra rose";
  CHECK_FALSE(missing(pools().search(request_for(text))).at("/pool").empty());
  CHECK(missing(pools().search(request_for(text + " rain"))).at("/pool").empty()); // a paragraph: it always lacks some
}

TEST_CASE("of articles that have some of the words those come first that have more, and names before all") {
  std::vector<IndexedArticle> articles;
  for (int i = 0; i < 40; ++i)
    articles.push_back(
        {article_of(fmt::format("/huawei{}", i), "Huawei met its partners in a long meeting on the weather."),
         Named{.companies = {"Huawei"}}});
  articles.push_back(
      {article_of("/charge", "Charge, charge and charge: the light brigade in a charge.", "Charge"), {}});
  articles.push_back({article_of("/fees", "Fees were set again; fees, and fees.", "Fees of the year"), {}});
  articles.push_back(
      {article_of("/two", "Much was said of a tariff that the court set, of the soup that they had for dinner, "
                          "of the weather in the morning and of many other things beside the price."),
       {}});
  const TestIndex index(articles);
  const auto order = [&](std::string_view query) {
    SearchRequest request = request_for(query);
    request.partial = Partial::all;
    return TestIndex::paths(index.search(request));
  };
  const auto before = [](const Strings& paths, std::string_view first, std::string_view second) {
    return std::ranges::find(paths, first) < std::ranges::find(paths, second);
  };
  for (const std::string_view query : {"Huawei charge", "what does Huawei charge", "Huawei charge lizard"}) {
    CAPTURE(query);
    CHECK(before(order(query), "/huawei39", "/charge"));
  }
  for (const std::string_view query : {"fees tariff dinner", "tariff fees soup lizard"}) {
    CAPTURE(query);
    CHECK(order(query).front() == "/two");
  }
}

TEST_CASE("scores fall where some of the words are enough, and the explanation says why") {
  SearchRequest request = request_for("what royalties does the pool ask");
  request.explain = true;
  for (const std::string_view query : {"what royalties does a Pool ask", "pool winter zebra"}) {
    request.tree = query::parse_query(query, k_test_today).root;
    const Results results = pools().search(request);
    REQUIRE(results.hits.size() == 4);
    for (std::size_t i = 1; i < 4; ++i) CHECK(results.hits[i].score <= results.hits[i - 1].score);
    const Strings& lines = results.hits.front().explanation;
    CHECK(std::ranges::count_if(
              lines, [](const auto& one) { return one.starts_with("how much of the query it has: "); }) == 1);
  }
  request = page_for("pool royalties");
  request.explain = true;
  const Strings lines = pools().search(request).hits.back().explanation;
  CHECK(std::ranges::count_if(
            lines, [](const auto& one) { return one.starts_with("how much of the query it lacks: -"); }) == 1);
}

TEST_CASE("AND asks for both its sides, in a long query too") {
  const auto found = [](std::string_view query) {
    Strings paths = TestIndex::paths(pools().search(request_for(query)));
    std::ranges::sort(paths);
    return paths;
  };
  CHECK(found("pool AND royalties") == Strings{"/both1", "/both2"});
  CHECK(found("pool AND royalties spring winter autumn lowers") == Strings{"/both1", "/both2"});
  CHECK(found("what royalties AND owners of the pool rose") == Strings{"/both2", "/royalties"});
  CHECK(found("(pool royalties) AND (spring lowers) autumn zebra") == Strings{"/both1"});
  CHECK(found("royalties AND (winter full many rain spring)") == Strings{"/both1", "/both2"}); // a side of any words
  CHECK(found("title:owners AND autumn royalties spring winter pool") == Strings{"/royalties"});
  CHECK(found("pool royalties spring winter autumn lowers").size() == 5);
  SearchRequest any = request_for("pool AND royalties");
  any.matching = Matching::any;
  CHECK(pools().search(any).total == 4);
  const Results results = pools().search(page_for("spring AND autumn pool royalties winter lowers"));
  CHECK(results.relaxed); // none has both
  CHECK(missing(results).at("/both1") == Strings{"autumn", "winter"});
}

TEST_CASE("AND changes neither scores nor order where all words are asked for anyhow") {
  const auto scores = [](std::string_view query) {
    std::map<std::string, double> all;
    for (const Hit& hit : pools().search(request_for(query)).hits) all[hit.article.path] = hit.score;
    return all;
  };
  CHECK(scores("pool AND royalties") == scores("pool royalties"));
  CHECK(scores("pool AND royalties AND owners") == scores("pool royalties owners"));
}

TEST_CASE("where all that is found counts alike, a longer text means most of its words, and a notice says so") {
  const std::string_view query = "what royalties does the pool ask";
  const auto request = [&](std::string_view text) {
    SearchRequest made = request_for(text);
    made.facets = {Field::place};
    return made;
  };
  const Results results = pools().search(request(query));
  CHECK(results.total == 2);
  CHECK(results.hits.size() == 2);
  REQUIRE(results.notices.size() == 2);
  CHECK(results.notices.front().find("most of its words") != std::string::npos);
  REQUIRE(results.facets.front().values.size() == 1);
  for (const FacetCount& value : results.facets.front().values) {
    const std::string narrowed = fmt::format("{} place:{}", query, value.value);
    CHECK(pools().search(request(narrowed)).total == value.count);
    SearchRequest count = request_for(narrowed);
    count.limit = 0;
    CHECK(pools().search(count).total == value.count);
  }
  SearchRequest newest = request_for(query);
  newest.sort = SortOrder::newest;
  CHECK(pools().search(newest).total == 2);
  CHECK(pools().search(request_for(query)).total == 4); // the best first
  CHECK(pools().search(request_for(query)).notices == Strings{"No article has ask."});
  SearchRequest any = request(query);
  any.matching = Matching::any;
  CHECK(pools().search(any).total == 4);
  CHECK(pools().search(request("pool royalties")).notices.empty()); // a few words mean all of them
}

TEST_CASE("where no article has most of the words of a longer text, those with any count") {
  SearchRequest request = request_for("pool winter autumn zebra spring");
  request.facets = {Field::place};
  const Results results = pools().search(request);
  CHECK(results.relaxed);
  CHECK(results.total == 5);
  CHECK(results.notices ==
        Strings{"No article has zebra.", "No article has most of the words; these have some of them."});
}

TEST_CASE("phrases in a paragraph only quote where all that is found counts alike, too") {
  const TestIndex index(
      {article_of("/paragraph", "Growers picked red apples, green pears and some late plums before rain "
                                "flooded their orchards, roads, cellars and barns.")});
  SearchRequest request = request_for("Growers picked red apples, green pears and late plums before rain flooded "
                                      "orchards, roads, cellars \"and every barn\"");
  request.limit = 0;
  CHECK(index.search(request).total == 1);
  CHECK_FALSE(index.search(request).relaxed);
}

TEST_CASE("a word of a name or of a compound can be lacking by itself, unless the article has the whole otherwise") {
  const TestIndex index(
      {{article_of("/whole", "Acme Radio cross-licensed patents in Munich."), Named{.companies = {"Acme Radio"}}},
       {article_of("/other", "The firm crosslicensed its patents."), Named{.companies = {"Acme Radio"}}},
       {article_of("/part", "A radio licensed patents across borders."), Named{}}});
  const Missing lacks = missing(index.search(request_for("why did Acme Radio cross licence patents")));
  CHECK(lacks.at("/whole").empty());
  CHECK(lacks.at("/other").empty());
  CHECK(lacks.at("/part") == Strings{"Acme", "cross"});
}
