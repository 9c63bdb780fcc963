#include <catch2/catch.hpp>

#include "searcher/facets.hpp"
#include "searcher/query/matches.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

IndexedArticle about(const std::string& path, std::vector<std::string> companies, std::optional<Date> date = {}) {
  Article article = article_of(path, "Patents.");
  article.date = date;
  return {article, Named{.companies = std::move(companies)}};
}

ArticleSet everything(Snapshot& snapshot) {
  return {matches(Xapian::Query::MatchAll, snapshot.shards().front().lists)};
}

/// `Huawei 2, Nokia 1`.
std::string shown(const FacetCounts& counts) {
  std::string text;
  for (const FacetCount& value : counts.values)
    text += (text.empty() ? "" : ", ") + value.value + ' ' + std::to_string(value.count);
  return text;
}

std::string counted(Snapshot& snapshot, Field field, std::size_t limit = 10) {
  return shown(count_facet(snapshot, everything(snapshot), field, limit));
}

} // namespace

TEST_CASE("values are counted, most frequent first, ties by name") {
  const TestIndex index(
      {about("/1", {"Nokia", "Huawei"}), about("/2", {"Huawei"}), about("/3", {}), about("/4", {"Apple"})});
  Snapshot snapshot = index.snapshot();
  CHECK(counted(snapshot, Field::company) == "Huawei 2, Apple 1, Nokia 1");
  const FacetCounts two = count_facet(snapshot, everything(snapshot), Field::company, 2);
  CHECK(shown(two) == "Huawei 2, Apple 1");
  CHECK(two.distinct == 3);
  DocumentBits last_two(4);
  last_two.add(4);
  last_two.add(3);
  CHECK(shown(count_facet(snapshot, {last_two}, Field::company, 9)) == "Apple 1");
  CHECK(counted(snapshot, Field::person).empty());
}

TEST_CASE("values that differ in case alone are one") {
  const TestIndex index({about("/1", {"Huawei"}), about("/2", {"HUAWEI"})});
  Snapshot snapshot = index.snapshot();
  CHECK(counted(snapshot, Field::company) == "Huawei 2");
}

TEST_CASE("periods are counted from the date") {
  const TestIndex index({about("/1", {}, Date{2024, 3, 7, 60}), about("/2", {}, Date{2024, 3, 31, -1}),
                         about("/3", {}, Date{2024, 11, 1, -1}), about("/4", {}, Date{987, 1, 1, -1}),
                         about("/5", {})});
  Snapshot snapshot = index.snapshot();
  CHECK(counted(snapshot, Field::year) == "2024 3, 0987 1");
  CHECK(counted(snapshot, Field::month) == "2024-03 2, 0987-01 1, 2024-11 1");
}

TEST_CASE("several indexes are counted together, whatever numbers their values have") {
  const TestIndex one({about("/1", {"Apple", "Nokia"}), about("/2", {"Nokia"})});
  const TestIndex two({about("/3", {"Nokia"}), about("/4", {"Vivo", "apple"}), about("/5", {"Zeta"})});
  Index index({one.path(), two.path(), one.path()});
  SearchRequest request = request_for("patents");
  request.facets = {Field::company};
  const Results results = search(index, request);
  CHECK(results.total == 5);
  CHECK(shown(results.facets.front()) == "Nokia 3, Apple 2, Vivo 1, Zeta 1");
  for (const Hit& hit : results.hits) {
    if (hit.article.path == "/4") CHECK(hit.entities.front() == std::vector<std::string>{"Vivo", "Apple"});
    if (hit.article.path == "/2") CHECK(hit.entities.front() == std::vector<std::string>{"Nokia"});
  }
  CHECK(TestIndex::paths(search(index, request_for("company:apple"))).size() == 2);
  CHECK(TestIndex::paths(search(index, request_for("=patents company:vivo"))) == std::vector<std::string>{"/4"});
  CHECK(list_values(index, Field::company, "no").size() == 1);
}
