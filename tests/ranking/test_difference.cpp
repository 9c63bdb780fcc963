#include <catch2/catch.hpp>

#include "tests/ranking/difference.hpp"

using namespace pfind::tests;

namespace {

const std::vector<JudgedQuery> k_judged{{"one", {{"a", 3}, {"b", 2}}}, {"two", {{"c", 1}}}};

const Rankings k_before{{"one", 1, {"a", "b", "c"}}, {"two", 0.5, {"x", "c"}}};

} // namespace

TEST_CASE("a ranking is kept to the first ten and whole thousandths") {
  const Ranking ranking = ranking_of({"query", {{"a", 1}}}, {"1", "a", "3", "4", "5", "6", "7", "8", "9", "10", "11"});
  CHECK(ranking.query == "query");
  CHECK(ranking.ndcg == 0.631); // 1 / log2 3
  CHECK(ranking.names == std::vector<std::string>{"1", "a", "3", "4", "5", "6", "7", "8", "9", "10"});
}

TEST_CASE("the mean is over all queries") {
  CHECK(mean_ndcg(k_before) == Approx(0.75));
  CHECK(mean_ndcg({}) == 0);
}

TEST_CASE("rankings are read as they were written") {
  const Rankings rankings{{"first \"query\"", 0.692, {"text/a b.txt", "json/x.jsonl#1"}}, {"none found", 0, {}}};
  const std::string text = print_rankings(rankings);
  CHECK(text == "mean nDCG@10 0.346\n"
                "\nfirst \"query\"\n  nDCG@10 0.692\n   1 text/a b.txt\n   2 json/x.jsonl#1\n"
                "\nnone found\n  nDCG@10 0.000\n");
  CHECK(parse_rankings(text) == rankings);
  CHECK(parse_rankings("").empty());
}

TEST_CASE("what is no ranking is reported with its line") {
  CHECK_THROWS_WITH(parse_rankings("  1 a\n"), "rankings, line 1: not of a ranking:   1 a");
  CHECK_THROWS_WITH(parse_rankings("one\n  nDCG@10 x\n"), "rankings, line 2: not of a ranking:   nDCG@10 x");
  CHECK_THROWS_WITH(parse_rankings("one\n  ??\n"), "rankings, line 2: not of a ranking:   ??");
}

TEST_CASE("rankings that did not change make no difference") {
  CHECK(difference(k_before, k_before, k_judged).empty());
}

TEST_CASE("a difference shows the queries that changed and the articles that moved") {
  Rankings after = k_before;
  after[0] = {"one", 0.869, {"b", "d", "c"}};
  CHECK(difference(k_before, after, k_judged) == "mean nDCG@10 0.750 -> 0.684\n"
                                                 "\n"
                                                 "one\n"
                                                 "  nDCG@10 1.000 -> 0.869\n"
                                                 "  was  is  grade\n"
                                                 "    2   1      2  b\n"
                                                 "    -   2      -  d\n"
                                                 "    1   -      3  a\n");
}

TEST_CASE("a difference names queries that came, went or are judged otherwise") {
  const Rankings after{{"two", 0.4, {"x", "c"}}, {"three", 0, {"y"}}};
  CHECK(difference(k_before, after, k_judged) == "mean nDCG@10 0.750 -> 0.200\n"
                                                 "\n"
                                                 "two\n"
                                                 "  nDCG@10 0.500 -> 0.400\n"
                                                 "  no article moved, the judgements changed\n"
                                                 "\n"
                                                 "three\n"
                                                 "  a new query, nDCG@10 0.000\n"
                                                 "  was  is  grade\n"
                                                 "    -   1      -  y\n"
                                                 "\n"
                                                 "one\n"
                                                 "  no longer asked\n");
}
