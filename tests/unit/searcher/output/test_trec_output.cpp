#include <catch2/catch.hpp>

#include <sstream>

#include "searcher/output/output.hpp"
#include "searcher/record_names.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

Hit hit_at(std::size_t rank, double score, std::string path, std::string record = {}, std::string id = {}) {
  Hit hit;
  hit.rank = rank;
  hit.score = score;
  hit.article.path = std::move(path);
  hit.article.record = std::move(record);
  hit.article.id = std::move(id);
  return hit;
}

std::string written(std::string query_id, std::vector<Hit> hits, const RecordNames* names = nullptr) {
  Results results;
  results.query_id = std::move(query_id);
  results.hits = std::move(hits);
  std::ostringstream out;
  write_results(out, results, OutputOptions{.format = OutputFormat::trec, .names = names});
  return out.str();
}

/// The scores of a run as a scorer reads them that computes in single precision.
std::vector<float> scores_of(const std::string& run) {
  std::vector<float> scores;
  std::istringstream lines(run);
  for (std::string query, q0, name, rank, score, tag; lines >> query >> q0 >> name >> rank >> score >> tag;)
    scores.push_back(std::stof(score));
  return scores;
}

std::vector<float> scores_written(const std::vector<double>& scores) {
  std::vector<Hit> hits;
  for (const double score : scores) hits.push_back(hit_at(hits.size() + 1, score, std::to_string(hits.size())));
  return scores_of(written("1", std::move(hits)));
}

void check_falling(const std::vector<double>& scores) {
  const std::vector<float> read = scores_written(scores);
  REQUIRE(read.size() == scores.size());
  for (std::size_t i = 1; i < read.size(); ++i) {
    CAPTURE(i, read[i - 1], read[i]);
    CHECK(read[i] < read[i - 1]);
  }
}

} // namespace

TEST_CASE("trec: query, Q0, document, rank, score, the name of the run") {
  CHECK(written("51", {hit_at(11, 12.5, "/a.txt"), hit_at(12, 3, "/dump.jsonl", "17")}) ==
        "51 Q0 /a.txt 11 12.500000 pfind\n"
        "51 Q0 /dump.jsonl#17 12 3.000000 pfind\n");
  CHECK(written("51", {}).empty());
}

TEST_CASE("trec: a record goes by its own id where that tells it apart") {
  const auto record = [](const std::string& path, const std::string& id) {
    Article article = article_of(path, "A text.");
    article.record = article.id = id;
    return article;
  };
  const TestIndex articles({record("/a.jsonl", "1"), record("/a.jsonl", "2"), record("/b.jsonl", "2")});
  const RecordNames names(articles.snapshot());
  CHECK(written("q",
                {hit_at(1, 4, "/a.jsonl", "1", "1"), hit_at(2, 3, "/a.jsonl", "2", "2"),
                 hit_at(3, 2, "/b.jsonl", "2", "2"), hit_at(4, 1, "/c.md", "", "guid")},
                &names) == "q Q0 1 1 4.000000 pfind\n"
                           "q Q0 /a.jsonl#2 2 3.000000 pfind\n"
                           "q Q0 /b.jsonl#2 3 2.000000 pfind\n"
                           "q Q0 /c.md 4 1.000000 pfind\n");
}

TEST_CASE("trec: what would break a line apart is percent-encoded") {
  CHECK(written("q 1", {hit_at(1, 1, "/my articles/a\tb\n\x1b[31m\xff.txt")}) ==
        "q%201 Q0 /my%20articles/a%09b%0A%1B[31m%FF.txt 1 1.000000 pfind\n");
  CHECK(written("1", {hit_at(1, 1,
                             "/caf\xc3\xa9\xc2\xa0"
                             "华为%20.txt")}) == "1 Q0 /caf\xc3\xa9%C2%A0华为%20.txt 1 1.000000 pfind\n");
}

TEST_CASE("trec: scores fall from line to line, whatever those of the hits do") {
  check_falling({3, 3, 3, 2.9999999, 2.9999999});
  check_falling({16.000001, 16, 16, 15.9999999});
  check_falling({123456.789, 123456.789, 123456.788});
  check_falling(std::vector<double>(1000, 0));
  check_falling(std::vector<double>(1000, 31.7));
  check_falling({1, 2, 3, 4}); // as where results are sorted by date
}

TEST_CASE("trec: scores that fall by themselves are printed as they are") {
  CHECK(scores_written({12.345678, 12.3456, 0.25, 0}) == std::vector<float>{12.345678F, 12.3456F, 0.25F, 0.F});
}

TEST_CASE("trec: an article that two indexes hold is named once") {
  CHECK(written("1", {hit_at(1, 2, "/a"), hit_at(2, 2, "/a"), hit_at(3, 1, "/b")}) ==
        "1 Q0 /a 1 2.000000 pfind\n1 Q0 /b 3 1.000000 pfind\n");
}

TEST_CASE("trec: each copy of an article is named, since judgements name any of them") {
  Hit hit = hit_at(1, 2, "/a.jsonl", "1", "1");
  hit.copies = {{{"/a.jsonl", "2"}, "2", "", ""}, {{"/b.txt", ""}, "", "", ""}};
  const TestIndex none(std::vector<Article>{});
  const RecordNames names(none.snapshot());
  CHECK(written("q", {hit, hit_at(2, 1, "/c")}, &names) == "q Q0 1 1 2.000000 pfind\n"
                                                           "q Q0 2 2 1.999996 pfind\n"
                                                           "q Q0 /b.txt 3 1.999992 pfind\n"
                                                           "q Q0 /c 4 1.000000 pfind\n");
}
