#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

TEST_CASE("pindex --why says where each field was found") {
  const Newsroom user;
  check_run(user.pindex({"--why", "articles/court.md"}), 0, user.at("articles/court.md") + R"(
  title       Munich court rules for Nokia
              from front matter, title
  author      Max Mustermann
              from front matter, author
  date        2024-02-03
              from front matter, date
  outlet      Example Wire
              from front matter, source
  url         none
  id          none
  language    en
  body        99 bytes in 1 paragraph: The Munich regional court ruled that Oppo infringes a Nokia patent. Royalties are due from 2022 on.
  company     Nokia, Oppo
  place       Munich
)",
            "");
  CHECK_FALSE(std::filesystem::exists(user.at(".local"))); // no index is made
}

TEST_CASE("pindex --why names the problems of the record that has them") {
  const Workspace user;
  user.article("a.jsonl", R"({"id":"1","headline":"First","body":"One.","pubDate":"some day"})"
                          "\n{broken\n"
                          R"({"id":"2","headline":"Second","body":"Two."})"
                          "\n");
  const RunResult result = user.pindex({"--why", "articles"});
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  const std::size_t first = result.out.find(user.at("articles/a.jsonl") + "#1\n");
  const std::size_t date = result.out.find("  problem     date \"some day\" is not a date");
  const std::size_t broken = result.out.find(user.at("articles/a.jsonl") + ", line 2\n  not read    is not valid JSON");
  const std::size_t second = result.out.find(user.at("articles/a.jsonl") + "#2\n");
  CHECK(first == 0);
  CHECK(first < date);
  CHECK(date < broken);
  CHECK(broken < second);
  CHECK(second != std::string::npos);
  CHECK(result.out.find("from the member \"headline\"") < date);
}

TEST_CASE("pindex --why lets no article act on the terminal") {
  const Workspace user;
  user.article("a.json", "{\"title\":\"\\u001b]0;x\\u0007Title\",\"body\":\"\\u001b[31mred\\u202e\"}");
  const RunResult result = user.pindex({"--why", "articles/a.json"});
  CHECK(result.out.find("title       ]0;xTitle") != std::string::npos);
  CHECK(result.out.find('\x1b') == std::string::npos);
  CHECK(result.out.find("\u202e") == std::string::npos);
}

TEST_CASE("pindex --why reads standard input, and fails where a path cannot be read") {
  const Newsroom user;
  const RunResult result = user.shell("gzip -c articles/feed.jsonl | pindex --why - none.txt");
  CHECK(result.status == 2);
  CHECK(result.out.starts_with("-#https://news.example/f1\n"));
  CHECK(result.out.ends_with(user.at("none.txt") + "\n  not read    no such file or directory\n"));
  check_run(user.pindex({"--why"}), 2, "", "pindex: --why needs a file or folder; pindex --help lists the options\n");
}
