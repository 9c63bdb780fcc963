#include <catch2/catch.hpp>

#include "tests/ranking/scoring.hpp"

using namespace pfind::tests;

namespace {

using Names = std::vector<std::string>;

const JudgedQuery k_judged{"query", {{"answer", 3}, {"relevant", 2}, {"partly", 1}, {"miss", 0}}};

JudgedQuery twelve_of_grade_one() {
  JudgedQuery judged{"query", {}};
  for (char name = 'a'; name < 'a' + 12; ++name) judged.grades[std::string(1, name)] = 1;
  return judged;
}

} // namespace

TEST_CASE("nDCG of the best ranking is 1, of one without anything relevant 0") {
  CHECK(ndcg(k_judged, {"answer", "relevant", "partly", "miss"}) == Approx(1));
  CHECK(ndcg(k_judged, {"miss", "unjudged"}) == 0);
  CHECK(ndcg(k_judged, {}) == 0);
}

TEST_CASE("nDCG is what it is by hand") {
  // (3/log2 2 + 0 + 7/log2 4) / (7/log2 2 + 3/log2 3 + 1/log2 4) = 6.5 / 9.392789
  CHECK(ndcg(k_judged, {"relevant", "unjudged", "answer"}) == Approx(0.692021).epsilon(1e-5));
  // (1 + 7/1.584963 + 0 + 3/2.321928) / 9.392789
  CHECK(ndcg(k_judged, {"partly", "answer", "miss", "relevant"}) == Approx(0.714223).epsilon(1e-5));
}

TEST_CASE("nDCG looks at ten results, and ten are enough for the best") {
  const JudgedQuery judged = twelve_of_grade_one();
  CHECK(ndcg(judged, {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) == Approx(1));
  CHECK(ndcg(judged, {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "a", "b"}) == 0);
}

TEST_CASE("a good ranking has no failings, whatever stands below") {
  CHECK(failings(k_judged, {"answer", "unjudged", "relevant", "miss", "partly"}).empty());
  CHECK(failings(k_judged, {"relevant", "answer"}).empty());
}

TEST_CASE("a near miss above a relevant article is a failing, the latter found or not") {
  CHECK(failings(k_judged, {"answer", "miss", "relevant"}) ==
        Names{"query: the near miss miss (place 2) stands above relevant (place 3), grade 2"});
  CHECK(failings(k_judged, {"answer", "miss"}) ==
        Names{"query: the near miss miss (place 2) stands above relevant (not found), grade 2"});
  CHECK(failings(k_judged, {"answer"}).empty());
}

TEST_CASE("a first result that is not relevant is a failing where there is an answer") {
  CHECK(failings(k_judged, {"partly", "answer", "relevant"}) ==
        Names{"query: the first result is not relevant, partly"});
  CHECK(failings(k_judged, {"unjudged", "answer", "relevant"}) ==
        Names{"query: the first result is not relevant, unjudged"});
  CHECK(failings(k_judged, {}) == Names{"query: the first result is missing"});
  CHECK(failings({"query", {{"relevant", 2}, {"partly", 1}}}, {"partly", "relevant"}).empty());
}
