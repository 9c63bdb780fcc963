#include <catch2/catch.hpp>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

std::string court(const Workspace& user) {
  return "{\"path\":\"" + user.at("articles/court.md") +
         R"(","title":"Munich court rules for Nokia","author":"Max Mustermann","authors":["Max Mustermann"],"date":"2024-02-03",)"
         R"("outlet":"Example Wire","url":null,"language":"en","body":"The Munich regional court ruled that Oppo )"
         R"(infringes a Nokia patent. Royalties are due from 2022 on.","entities":{"company":["Nokia","Oppo"],)"
         R"("organization":[],"person":[],"place":["Munich"],"technology":[]}})"
         "\n";
}

std::string feed(const std::string& path, const std::string& first_record = "f1") {
  const std::string path_member = "{\"path\":\"" + path + "\",";
  return path_member + R"("record":")" + first_record +
         R"(","id":"f1","title":"Ericsson renews with Samsung","author":null,"authors":[],"date":"2022-12-09",)"
         R"("outlet":"Example Wire","url":"https://news.example/f1","language":"en","body":"Ericsson and Samsung )"
         R"(renewed their patent licence. It covers 5G and royalties.","entities":{"company":["Ericsson","Samsung"],)"
         R"("organization":[],"person":[],"place":[],"technology":["5G"]}})"
         "\n" +
         path_member +
         R"("record":"f2","id":"f2","title":"A late orange harvest","author":null,"authors":[],"date":"2021-01-05","outlet":null,)"
         R"("url":null,"language":"en","body":"Growers say the orange harvest is late this year.",)"
         R"("entities":{"company":[],"organization":[],"person":[],"place":[],"technology":[]}})"
         "\n";
}

} // namespace

TEST_CASE("pindex --print writes each article of a file as a line of JSON") {
  const Newsroom user;
  check_run(user.pindex({"--print", "articles/court.md"}), 0, court(user), "");
  check_run(user.pindex({"--print", "articles/feed.jsonl"}), 0, feed(user.at("articles/feed.jsonl")), "");
  CHECK_FALSE(std::filesystem::exists(user.at(".local"))); // no index is made
}

TEST_CASE("pindex --print reads folders in the order of their names") {
  const Newsroom user;
  const RunResult result = user.pindex({"--print", "articles"});
  CHECK(result.status == 0);
  CHECK(result.out.find(court(user)) == 0);
  CHECK(result.out.size() > feed(user.at("articles/feed.jsonl")).size());
  CHECK(result.out.ends_with(feed(user.at("articles/feed.jsonl"))));
}

TEST_CASE("pindex --print reads standard input as -") {
  const Newsroom user;
  const std::string named = feed("-", "https://news.example/f1"); // as pindex - names them
  check_run(user.shell("pindex --print - <articles/feed.jsonl"), 0, named, "");
  check_run(user.shell("gzip -c articles/feed.jsonl | pindex --print -"), 0, named, "");
}

TEST_CASE("pindex --print without a standard input says so") {
  RunOptions closed;
  closed.input_closed = true;
  check_run(Workspace::pindex({"--print", "-"}, closed), 2, "",
            "pindex: skipped -: standard input: cannot be read: Bad file descriptor\n");
}

TEST_CASE("pindex --print goes on behind what cannot be read") {
  const Newsroom user;
  user.article("a.txt", "");
  const RunResult result = user.pindex({"--print", "none.txt", "articles/a.txt", "articles/court.md"});
  check_run(result, 2, court(user),
            "pindex: skipped " + user.at("none.txt") + ": no such file or directory\npindex: skipped " +
                user.at("articles/a.txt") + ": the file is empty; it holds no article\n");
}

TEST_CASE("pindex --print names ten problems and counts the others") {
  const Workspace user;
  for (int i = 0; i < 12; ++i) user.article("empty" + std::to_string(i) + ".txt", "");
  const RunResult result = user.pindex({"--print", "articles"});
  CHECK(result.out.empty());
  CHECK(result.err.ends_with("pindex: 2 problems more; --verbose or --report FILE names them all\n"));
  const RunResult all = user.pindex({"--print", "--verbose", "articles"});
  CHECK(all.err.find("empty9.txt") != std::string::npos);
  CHECK(all.err.find("more;") == std::string::npos);
}
