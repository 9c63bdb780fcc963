#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>

#include "searcher/first_days.hpp"
#include "searcher/query/matches.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

/// Articles of a year and a half, some with the time of day, several of one moment, a few without a date.
std::vector<Article> dated_articles() {
  std::mt19937 random(7); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same articles each time
  std::vector<Article> articles;
  for (int i = 0; i < 400; ++i) {
    const auto below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
    Article article = article_of(fmt::format("/{}", i), below(5) == 0 ? "Courts." : "Patents patents in court.");
    if (below(4) == 0) article.body += " Royalties.";
    if (below(20) != 0) article.date = Date{2022 + below(2), 1 + below(9), 1 + below(28), -1};
    if (article.date && below(2) == 0) article.date->second_of_day = 3600 * below(3);
    articles.push_back(std::move(article));
  }
  return articles;
}

std::string day_of(const Article& article) {
  return article.date ? fmt::format("{:04}{:02}{:02}", article.date->year, article.date->month, article.date->day) : "";
}

} // namespace

TEST_CASE("a page of results by date is that part of all of them") {
  const TestIndex index(dated_articles());
  for (const SortOrder order : {SortOrder::newest, SortOrder::oldest}) {
    for (const std::string query : {"patents", "patents OR royalties", "court -royalties", "royalties", "*"}) {
      INFO(query);
      SearchRequest request = request_for(query);
      request.sort = order;
      const std::vector<std::string> all = TestIndex::paths(index.search(request));
      for (const std::size_t offset : {0U, 1U, 7U, 50U}) {
        request.offset = offset;
        request.limit = 5;
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(offset, all.size()));
        const auto end = begin + std::min<std::ptrdiff_t>(5, all.end() - begin);
        CHECK(TestIndex::paths(index.search(request)) == std::vector(begin, end));
      }
    }
  }
}

TEST_CASE("the first days are whole and hold as many articles as are wanted") {
  const std::vector<Article> articles = dated_articles();
  const TestIndex index(articles);
  Snapshot snapshot = index.snapshot();
  const DocumentBits found = matches(Xapian::Query("patent"), snapshot.shards().front().lists);
  REQUIRE(found.count() > 250);
  for (const bool newest : {true, false}) {
    const auto first = articles_of_first_days(found, newest, 10, snapshot.shards().front().lists);
    REQUIRE(first);
    CHECK(first->count() >= 10);
    CHECK(first->count() < 30);
    std::string border; // the last of the days
    first->for_each([&](Xapian::docid article) {
      const std::string day = day_of(articles[article - 1]);
      if (border.empty() || (newest ? day < border : day > border)) border = day;
    });
    found.for_each([&](Xapian::docid article) {
      const std::string day = day_of(articles[article - 1]);
      CHECK(first->has(article) == (!day.empty() && (newest ? day >= border : day <= border)));
    });
  }
}

TEST_CASE("where few articles were found, or all are wanted, days are not looked through") {
  const TestIndex index(dated_articles());
  Snapshot snapshot = index.snapshot();
  const DocumentBits found = matches(Xapian::Query("patent"), snapshot.shards().front().lists);
  CHECK_FALSE(articles_of_first_days(found, true, found.count(), snapshot.shards().front().lists));
  CHECK_FALSE(articles_of_first_days(found, true, SIZE_MAX, snapshot.shards().front().lists));
  DocumentBits few(400);
  CHECK_FALSE(articles_of_first_days(few, true, 1, snapshot.shards().front().lists));
  few.add(1);
  CHECK_FALSE(articles_of_first_days(few, true, 1, snapshot.shards().front().lists));
}
