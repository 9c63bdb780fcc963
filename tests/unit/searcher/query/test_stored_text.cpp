#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "searcher/query/stored_text.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

TEST_CASE("where articles are too many to be read, what is shown was read all the same") {
  constexpr int k_apart = 1000; // to read them would cost twice what a query may spend
  constexpr int k_together = 12;
  const std::string filler(20'000, '-');
  CHECK(k_apart * filler.size() / StoredText::k_bytes_read + k_apart * filler.size() / StoredText::k_bytes_analysed >
        2 * StoredText::k_limit);
  std::vector<IndexedArticle> articles;
  for (int i = 0; i < k_apart; ++i)
    articles.push_back({article_of(fmt::format("/apart{}", i),
                                   fmt::format("A pool was lowered. Its royalties rose by {}.", i) + filler)});
  for (int i = 0; i < k_together; ++i)
    articles.push_back({article_of(fmt::format("/together{}", i),
                                   fmt::format("The pool, a pool of royalties, pays royalties of {}.", i))});
  const TestIndex deals(articles);
  SearchRequest request = request_for("pool SENTENCE royalties");
  request.limit = 10;
  const Results results = deals.search(request);
  REQUIRE(results.hits.size() == 10);
  CHECK(std::ranges::all_of(results.hits, [](const Hit& hit) { return hit.article.path.starts_with("/together"); }));
  CHECK(results.total > k_together); // those that were not read are counted
  CHECK(std::ranges::any_of(results.notices, [](const std::string& n) { return n.starts_with("Too many articles"); }));
}
