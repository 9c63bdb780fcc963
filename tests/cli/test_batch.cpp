#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

const std::string k_queries = "q1\tpatent licence\r\n"
                              "\n"
                              "q2\tNokia\n"
                              "q3\txyzzyq\n";

/// A run without its scores, which change whenever ranking does.
std::string without_scores(const std::string& run) {
  static const std::regex score(" [0-9.-]+ pfind\n");
  return std::regex_replace(run, score, " S pfind\n");
}

RunResult batch(const Workspace& user, const std::string& queries, std::vector<std::string> arguments = {}) {
  RunOptions options = user.options();
  options.input = queries;
  arguments.insert(arguments.begin(), {"--batch", "-"});
  return Workspace::pfind(arguments, options);
}

void write_file(const Workspace& user, const std::string& name, const std::string& content) {
  std::ofstream(user.at(name)) << content;
}

void check_refused(const std::vector<std::string>& arguments, const std::string& problem) {
  CAPTURE(problem);
  check_run(IndexedNewsroom().pfind(arguments), 2, "", "pfind: " + problem + "\n");
}

} // namespace

TEST_CASE("option --batch with --format trec writes a run over all queries") {
  const IndexedNewsroom user;
  write_file(user, "queries.tsv", "q1\tnokia\nq2\t5G \"patent licence\"\nq3\txyzzyq\n");
  const RunResult result = user.pfind({"--batch", "queries.tsv", "--format", "trec"});
  CHECK(result.status == 0);
  CHECK(result.err == "pfind: q3: No article has xyzzyq.\n");
  CHECK(without_scores(result.out) == "q1 Q0 " + user.at("articles/court.md") +
                                          " 1 S pfind\n"
                                          "q2 Q0 f1 1 S pfind\n"
                                          "q2 Q0 " +
                                          user.at("articles/deal.txt") + " 2 S pfind\n");
}

TEST_CASE("option --batch writes JSON lines with the id of the query first") {
  const IndexedNewsroom user;
  const RunResult result = batch(user, k_queries);
  CHECK(result.status == 0);
  CHECK(result.err == "pfind: q3: No article has xyzzyq.\n");
  std::string expected;
  for (const auto& [id, query] : {std::pair{"q1", "patent licence"}, std::pair{"q2", "Nokia"}}) {
    const std::string alone = user.pfind({"--format", "jsonl", query}).out;
    CHECK(!alone.empty());
    expected += std::regex_replace(alone, std::regex("^\\{", std::regex::multiline),
                                   std::string("{\"query_id\":\"") + id + "\",");
  }
  CHECK(result.out == expected);
  CHECK(batch(user, k_queries, {"--format", "jsonl"}).out == expected);
}

TEST_CASE("options hold for every query of a batch") {
  const IndexedNewsroom user;
  const std::string court = user.at("articles/court.md");
  const std::string queries = "1\tpatent\n2\troyalties\n";
  CHECK(without_scores(batch(user, queries, {"--format", "trec", "--after", "2023-10"}).out) ==
        "1 Q0 " + court + " 1 S pfind\n2 Q0 " + court + " 1 S pfind\n");
  CHECK(without_scores(batch(user, queries, {"--format", "trec", "--sort", "oldest", "--limit", "1"}).out) ==
        "1 Q0 f1 1 S pfind\n2 Q0 f1 1 S pfind\n");
  CHECK(without_scores(batch(user, queries, {"--format", "trec", "--sort", "oldest", "--offset", "1", "-n1"}).out) ==
        "1 Q0 " + user.at("articles/deal.txt") + " 2 S pfind\n2 Q0 " + court + " 2 S pfind\n");
  CHECK(without_scores(batch(user, "1\t\n", {"--format", "trec", "--company", "Nokia"}).out) ==
        "1 Q0 " + court + " 1 S pfind\n");
}

TEST_CASE("a line that is no query is reported, the others are answered") {
  const IndexedNewsroom user;
  write_file(user, "queries.tsv", "no tab\n1\tnokia\n\tnokia\n1\tericsson\n2\t\n");
  const RunResult result = user.pfind({"--format", "trec", "--batch", "queries.tsv"});
  CHECK(without_scores(result.out) == "1 Q0 " + user.at("articles/court.md") + " 1 S pfind\n");
  CHECK(result.err == "pfind: queries.tsv, line 1: has no tab; expected id<TAB>query\n"
                      "pfind: queries.tsv, line 3: has no id; expected id<TAB>query\n"
                      "pfind: queries.tsv, line 4: the id 1 occurs a second time; only the first query counts\n"
                      "pfind: 2: The query is empty; * finds every article.\n");
  CHECK(result.status == 0);
}

TEST_CASE("a batch that finds nothing ends with status 1, one without queries with 2") {
  const IndexedNewsroom user;
  check_run(batch(user, "1\txyzzyq\n"), 1, "", "pfind: 1: No article has xyzzyq.\n");
  check_run(batch(user, ""), 2, "", "pfind: standard input holds no query; expected id<TAB>query a line\n");
  check_run(user.pfind({"--batch", "none.tsv"}), 2, "", "pfind: cannot read none.tsv: No such file or directory\n");
  check_run(user.pfind({"--batch", "articles"}), 2, "", "pfind: cannot read articles: Is a directory\n");
  RunOptions closed = user.options();
  closed.input_closed = true;
  check_run(Workspace::pfind({"--batch", "-"}, closed), 2, "",
            "pfind: cannot read standard input: Bad file descriptor\n");
}

TEST_CASE("a batch whose reader has seen enough ends quietly") {
  const IndexedNewsroom user;
  RunOptions options = user.options();
  options.input = k_queries;
  options.output_closed = true;
  for (const std::string format : {"trec", "jsonl"})
    check_run(Workspace::pfind({"--batch", "-", "--format", format}, options), 0, "", "");
}

TEST_CASE("a batch answers a query as soon as it has it") {
  const IndexedNewsroom user;
  const RunResult result = user.shell("coproc pfind --batch - --format trec --limit 1\n"
                                      "printf '1\\tnokia\\n' >&${COPROC[1]}; read -r -u ${COPROC[0]} line\n"
                                      "echo \"${line%% *}\"\n"
                                      "printf '2\\tericsson\\n' >&${COPROC[1]}; read -r -u ${COPROC[0]} line\n"
                                      "echo \"${line%% *}\"\n");
  CHECK(result.out == "1\n2\n");
}

TEST_CASE("pfind refuses what does not go together with a batch") {
  const std::string help = "; pfind --help lists the options";
  check_refused({"--batch", "q.tsv", "word"},
                "with --batch all queries come from its file; leave out the others" + help);
  for (const std::string option : {"--count", "--null"})
    check_refused({"--batch", "q.tsv", option}, "--batch and " + option + " do not go together" + help);
  for (const std::string option : {"--facets", "--list"})
    check_refused({"--batch", "q.tsv", option, "company"}, "--batch and " + option + " do not go together" + help);
  for (const std::string option : {"--show", "--similar"})
    check_refused({"--batch", "q.tsv", option, "a.txt"}, "--batch and " + option + " do not go together" + help);
  for (const std::string format : {"text", "json", "csv", "paths"})
    check_refused({"--batch", "q.tsv", "--format", format},
                  "--format " + format + ": expected jsonl or trec with --batch");
  check_refused({"--batch", "q.tsv", "--format", "trec", "--explain"},
                "--explain and --format trec do not go together" + help);
  check_refused({"--format", "trec", "nokia"}, "--format trec: only --batch writes it");
  check_refused({"--list", "company", "--format", "trec"}, "--format trec: only --batch writes it");
}

TEST_CASE("what the configuration file says for other runs does not hinder a batch") {
  const IndexedNewsroom user;
  write_file(user, "config", "[pfind]\nformat = csv\nfacets = company\n");
  const RunResult result = batch(user, "1\tnokia\n", {"--config", "config"});
  CHECK(result.status == 0);
  CHECK(nlohmann::json::parse(result.out)["query_id"] == "1");
}
