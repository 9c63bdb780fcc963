#include <catch2/catch.hpp>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

std::string found(const Workspace& user, const std::string& word) {
  return user.pfind({"--format", "paths", word}).out;
}

} // namespace

TEST_CASE("the index follows its folder") {
  const IndexedNewsroom user;

  // A new article.
  user.article("new.txt", "Zebra patent granted\n\nThe office granted a patent on zebra crossings this week.\n");
  check_run(user.pindex({}), 0, "1 added, 0 changed, 0 removed, 4 unchanged, 0 skipped; 5 articles in the index\n", "");
  CHECK(found(user, "zebra") == user.at("articles/new.txt") + "\n");

  // A changed one: of the same length and, as after a restored backup, of the same age.
  const auto age = fs::last_write_time(user.at("articles/new.txt"));
  user.article("new.txt", "Tapir patent granted\n\nThe office granted a patent on tapir crossings this week.\n");
  fs::last_write_time(user.at("articles/new.txt"), age + std::chrono::seconds(1));
  check_run(user.pindex({}), 0, "0 added, 1 changed, 0 removed, 4 unchanged, 0 skipped; 5 articles in the index\n", "");
  CHECK(found(user, "zebra").empty());
  CHECK(found(user, "tapir") == user.at("articles/new.txt") + "\n");

  // A file that was touched, but not changed.
  fs::last_write_time(user.at("articles/new.txt"), age + std::chrono::seconds(2));
  check_run(user.pindex({}), 0, "0 added, 0 changed, 0 removed, 5 unchanged, 0 skipped; 5 articles in the index\n", "");

  // A renamed one.
  fs::rename(user.at("articles/new.txt"), user.at("articles/renamed.txt"));
  CHECK(user.pindex({}).status == 0);
  CHECK(found(user, "tapir") == user.at("articles/renamed.txt") + "\n");

  // One line of a file of many articles.
  user.article("feed.jsonl", "{\"id\":\"f1\",\"title\":\"Quagga found\",\"body\":\"A quagga was seen again.\"}\n");
  CHECK(user.pindex({}).status == 0);
  CHECK(found(user, "quagga") == user.at("articles/feed.jsonl") + "\n");
  CHECK(found(user, "harvest").empty());

  // Deleted ones.
  fs::remove(user.at("articles/renamed.txt"));
  fs::remove(user.at("articles/feed.jsonl"));
  check_run(user.pindex({"articles"}), 0,
            "0 added, 0 changed, 2 removed, 2 unchanged, 0 skipped; 2 articles in the index\n", "");
  CHECK(found(user, "tapir").empty());
  CHECK(user.pfind({"--count", "*"}).out == "2\n");
}

TEST_CASE("an index built bit by bit answers as one built at once") {
  const Newsroom user;
  for (const std::string name : {"feed.jsonl", "deal.txt", "court.md"})
    CHECK(user.pindex({"-q", "--index", "bits", "articles/" + name}).status == 0);
  CHECK(user.pindex({"-q", "--index", "bits", "articles"}).status == 0);
  CHECK(user.pindex({"-q", "--index", "whole", "articles"}).status == 0);
  for (const std::string query : {"patent", "5G OR harvest", "company:Nokia", "*"}) {
    CAPTURE(query);
    const auto answer = [&](const std::string& index) {
      return user.pfind({"--index", index, "--format", "json", "--facets", "company,year", "--sort", "newest", query})
          .out;
    };
    CHECK(answer("bits") == answer("whole"));
  }
}

TEST_CASE("a folder that cannot be found keeps its articles") {
  const IndexedNewsroom user;
  fs::rename(user.at("articles"), user.at("unmounted"));
  CHECK(user.pindex({}).status == 2);
  CHECK(user.pfind({"--count", "*"}).out == "4\n");
}

TEST_CASE("a rebuild without a folder that cannot be found is not put in place") {
  const IndexedNewsroom user;
  user.article("../more/a.txt", "More royalties\n\nRoyalties rise, the paper says.\n");
  CHECK(user.pindex({"more"}).status == 0);
  fs::rename(user.at("articles"), user.at("unmounted"));
  const auto refused = user.pindex({"--rebuild"});
  CHECK(refused.status == 2);
  CHECK(refused.err.find("the index is as it was before the rebuild") != std::string::npos);
  CHECK(user.pfind({"--count", "*"}).out == "5\n");
  fs::rename(user.at("unmounted"), user.at("articles"));
  CHECK(user.pindex({"--rebuild"}).status == 0);
  CHECK(user.pfind({"--count", "*"}).out == "5\n");
}

TEST_CASE("what an ignore file names is left out, and counted") {
  const IndexedNewsroom user;
  user.article(".pfindignore", "court.*\n");
  check_run(user.pindex({"--verbose"}), 0,
            "0 added, 0 changed, 1 removed, 3 unchanged, 0 skipped, 1 ignored; 3 articles in the index\n",
            "ignored: " + user.at("articles/court.md") + "\nremoved: " + user.at("articles/court.md") + "\n");
  CHECK(user.pindex({"--dry-run"}).out ==
        "0 files to read, 0 files to read again, 0 articles to remove, 3 articles unchanged, 0 skipped, 1 ignored\n");
}

TEST_CASE("files with problems are read again with --retry-failed, and a report has every file") {
  const Workspace user;
  user.article("a.txt", "");
  user.article("b.txt", "A headline\n\nNokia and Oppo settled their dispute over patents.\n");
  user.pindex({"--quiet", "articles"});
  CHECK(user.pindex({}).out == "0 added, 0 changed, 0 removed, 1 unchanged, 1 skipped; 1 article in the index; "
                               "1 file with problems not read again (--retry-failed does)\n");
  const RunResult again = user.shell("pindex --retry-failed --report report.jsonl && sort report.jsonl");
  CHECK(again.out == "0 added, 0 changed, 0 removed, 1 unchanged, 1 skipped; 1 article in the index\n{\"path\":\"" +
                         user.at("articles/a.txt") +
                         R"(","result":"read","articles":0,"format":null})"
                         "\n{\"path\":\"" +
                         user.at("articles/a.txt") +
                         R"(","where":null,"reason":"the file is empty; it holds no article","indexed":false})"
                         "\n{\"path\":\"" +
                         user.at("articles/b.txt") + "\",\"result\":\"unchanged\",\"articles\":1,\"format\":null}\n");
}

TEST_CASE("an article met twice is one result that says where it was met") {
  const Newsroom user;
  std::string body = "The office granted a patent on zebra crossings this week, and said why at length.";
  for (int i = 0; body.size() < 1500; ++i) body += " It gave reason number " + std::to_string(i) + " for it.";
  user.article("zebra.json", R"({"title":"Zebra patent granted","body":")" + body + R"(","source":"Wire"})");
  user.article("other.json", R"({"title":"A patent on crossings","body":")" + body + R"(","source":"The Daily"})");
  check_run(user.pindex({"--report", "report.jsonl", "articles"}), 0,
            "6 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 5 articles in the index and 1 duplicate of them\n",
            "");
  CHECK(user.shell("cat report.jsonl")
            .out.find("{\"path\":\"" + user.at("articles/zebra.json") + "\",\"where\":null,\"duplicate_of\":\"" +
                      user.at("articles/other.json") + "\"}\n") != std::string::npos);
  const std::string answer = user.pfind({"zebra"}).out;
  CHECK(answer.find("A patent on crossings\nThe Daily\n") == 0);
  CHECK(answer.find("\narticles/other.json\n  also at articles/zebra.json · Wire\n") != std::string::npos);
  CHECK(user.pfind({"--count", "zebra"}).out == "1\n");
  CHECK(user.pindex({"--check"}).out.ends_with("5 articles checked: the index is sound\n"));
  for (const std::string outlet : {"Wire", "The Daily"})
    CHECK(user.pfind({"--count", "--outlet", outlet, "zebra"}).out == "1\n");
  const std::string shown = user.pfind({"--show", "articles/other.json"}).out;
  CHECK(shown.find("reason number 20") != std::string::npos);
  CHECK(user.pfind({"--show", "articles/zebra.json"}).out == shown);
  CHECK(user.pfind({"--show", "articles/zebra.json", "--format", "json"}).out.find(R"("locations":[{"path")") !=
        std::string::npos);
  CHECK(user.pfind({"--count", "path:" + user.at("articles/zebra.json")}).out == "1\n");

  fs::remove(user.at("articles/other.json"));
  check_run(user.pindex({}), 0, "0 added, 0 changed, 1 removed, 5 unchanged, 0 skipped; 5 articles in the index\n", "");
  CHECK(user.pfind({"zebra"}).out.find("Zebra patent granted\nWire\n") == 0);
  CHECK(user.pindex({"--check"}).out.ends_with("5 articles checked: the index is sound\n"));
}
