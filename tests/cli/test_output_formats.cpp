#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

/// Scores change whenever ranking does; everything else about a result is told exactly.
std::string without_scores(const std::string& text) {
  static const std::regex score("\"score\":[0-9.e+-]+");
  return std::regex_replace(text, score, "\"score\":0");
}

std::string feed_hit(const Workspace& user) {
  return R"({"rank":1,"score":0,"path":")" + user.at("articles/feed.jsonl") +
         R"(","record":"f1","id":"f1","url":"https://news.example/f1","title":"Ericsson renews with Samsung",)"
         R"("date":"2022-12-09","outlet":"Example Wire","author":null,"language":"en",)"
         R"("locations":[{"path":")" +
         user.at("articles/feed.jsonl") +
         R"(","record":"f1","id":"f1","url":"https://news.example/f1","outlet":"Example Wire"}],)"
         R"("snippet":"It covers 5G and royalties.","highlights":[[10,12],[17,26]],"title_highlights":[],)"
         R"("entities":{"company":["Ericsson","Samsung"],"organization":[],"person":[],"place":[],)"
         R"("technology":["5G"]},"missing":[]})";
}

} // namespace

TEST_CASE("option --format json is one document") {
  const IndexedNewsroom user;
  const RunResult result = user.pfind({"--format", "json", "--facets", "company", "5G", "royalties"});
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  CHECK(
      without_scores(result.out) ==
      "{\"schema_version\":1,\n\"query\":\"5G royalties\",\n\"total\":1,\n\"offset\":0,\n\"timed_out\":false,\n\"notices\":[],\n"
      "\"suggestion\":null,\n\"corrected\":null,\n\"hits\":[\n" +
          feed_hit(user) +
          "],\n\"facets\":{\"company\":[{\"value\":\"Ericsson\",\"count\":1},{\"value\":\"Samsung\",\"count\":1}]},\n"
          "\"facet_sizes\":{\"company\":2}}\n");
}

TEST_CASE("option --format json holds notices and suggestions, standard error stays empty") {
  const IndexedNewsroom user;
  const RunResult result = user.pfind({"--format", "json", "=Ericson"});
  CHECK(result.status == 1);
  CHECK(result.err.empty());
  const auto document = nlohmann::json::parse(result.out);
  CHECK(document["total"] == 0);
  CHECK(document["hits"].empty());
  CHECK(document["suggestion"] == "=ericsson");
  CHECK(document["corrected"].is_null());
}

TEST_CASE("option --format json says which query was asked instead") {
  const IndexedNewsroom user;
  const RunResult result = user.pfind({"--format", "json", "Ericson"});
  CHECK(result.status == 0);
  const auto document = nlohmann::json::parse(result.out);
  CHECK(document["query"] == "Ericson");
  CHECK(document["corrected"] == "ericsson");
  CHECK(document["suggestion"].is_null());
  CHECK(document["total"] == 1);
  CHECK(document["notices"].size() == 1);
}

TEST_CASE("option --format jsonl is one hit a line") {
  const IndexedNewsroom user;
  const RunResult result = user.pfind({"--format", "jsonl", "5G", "royalties"});
  CHECK(without_scores(result.out) == feed_hit(user) + "\n");
}

TEST_CASE("option --format csv has a header and quotes what needs it") {
  const IndexedNewsroom user;
  const RunResult result = user.pfind({"--format", "csv", "--sort", "newest", "-n", "2"});
  check_run(result, 0,
            "rank,score,title,date,outlet,author,url,path,record,id,language,snippet,company,organization,person,place,"
            "technology\r\n"
            "1,0.0000,Munich court rules for Nokia,2024-02-03,Example Wire,Max Mustermann,," +
                user.at("articles/court.md") +
                ",,,en,The Munich regional court ruled that Oppo infringes a Nokia patent. Royalties are due from 2022 "
                "on.,Nokia; Oppo,,,Munich,\r\n"
                "2,0.0000,Huawei and Xiaomi sign global patent cross-licensing agreement,2023-09-14,,Jane Doe,," +
                user.at("articles/deal.txt") +
                ",,,en,\"Huawei and Xiaomi have signed a global patent cross-licensing agreement that covers 5G, the "
                "companies said on Thursday. The terms were not disclosed.\",Huawei; Xiaomi,,,,5G\r\n",
            "");
}

TEST_CASE("option --format paths names each file once, -0 for xargs") {
  const IndexedNewsroom user;
  const std::string feed = user.at("articles/feed.jsonl");
  check_run(user.pfind({"--format", "paths", "--sort", "oldest", "-n", "2"}), 0, feed + "\n", "");
  CHECK(user.pfind({"-0", "royalties", "5G"}).out == feed + std::string(1, '\0'));
  CHECK(user.shell("pfind -0 royalties 5G | xargs -0 wc -l | cut -d' ' -f1").out == "2\n");
}

TEST_CASE("lists and articles have formats too") {
  const IndexedNewsroom user;
  check_run(user.pfind({"--list", "company:e", "--format", "json"}), 0,
            "{\"schema_version\":1,\"company\":[{\"value\":\"Ericsson\",\"count\":1}]}\n", "");
  check_run(user.pfind({"--list", "company:e", "--format", "jsonl"}), 0, "{\"value\":\"Ericsson\",\"count\":1}\n", "");
  check_run(user.pfind({"--list", "company:e", "--format", "csv"}), 0, "value,count\r\nEricsson,1\r\n", "");
  check_run(user.pfind({"--list", "company:e", "--format", "paths"}), 0, "Ericsson\n", "");
  CHECK(user.pfind({"--show", "articles/court.md", "--format", "json"}).out ==
        user.pindex({"--print", "articles/court.md"}).out);
}

TEST_CASE("colours go to a terminal, or where they are asked for") {
  const IndexedNewsroom user;
  CHECK(user.pfind({"nokia"}).out.find('\x1b') == std::string::npos);
  const std::string bold_match = "\x1b[1;33mNokia\x1b[0m";
  CHECK(user.pfind({"--color", "always", "nokia"}).out.find(bold_match) != std::string::npos);
  const std::string on_terminal = "script -qec 'pfind --no-pager nokia' /dev/null";
  const std::string exported = "export -f pindex pfind; export SHELL=/bin/bash TERM=xterm; ";
  CHECK(user.shell(exported + on_terminal).out.find(bold_match) != std::string::npos);
  CHECK(user.shell(exported + "export NO_COLOR=1; " + on_terminal).out.find("\x1b[1") == std::string::npos);
}

TEST_CASE("where there is no pager, results go to the terminal as they are") {
  const IndexedNewsroom user;
  // A screen of three lines, and a PATH without `less`.
  const RunResult result =
      user.shell("export -f pfind; export SHELL=/bin/bash TERM=dumb; mkdir bin; ln -s $(type -P bash) bin/sh; "
                 "script -qec 'stty rows 3; PATH=$HOME/bin; pfind nokia' /dev/null");
  CHECK(result.out.find("Munich court rules for Nokia") == 0);
  CHECK(result.out.find("not found") == std::string::npos);
}

TEST_CASE("a pager of the user's own gets all results, and none where PAGER is empty") {
  const IndexedNewsroom user;
  const std::string terminal = "export -f pfind; export SHELL=/bin/bash TERM=dumb; ";
  const std::string search = "script -qec 'stty rows 3; pfind nokia' /dev/null";
  CHECK(user.shell(terminal + "export PAGER='sed s/^/paged:/'; " + search).out.find("paged:Munich court") == 0);
  CHECK(user.shell(terminal + "export PAGER=; " + search).out.find("Munich court") == 0);
}
