#include <catch2/catch.hpp>

#include "tests/cli/newsroom.hpp"
#include "tests/support/archive_file.hpp"

using namespace pfind::tests;

namespace {

/// What `pindex -` prints for a stream.
RunResult pipe(const Workspace& user, const std::string& stream, const std::vector<std::string>& arguments = {"-"}) {
  RunOptions options = user.options();
  options.input = stream;
  return Workspace::pindex(arguments, options);
}

std::string summary(const std::string& counts, const std::string& total) {
  return counts + "; " + total + " in the index\n";
}

std::string feed(const std::string& items) {
  return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Deal Wire</title>" + items + "</channel></rss>";
}

std::string item(const std::string& address, const std::string& title) {
  return "<item><title>" + title + "</title><link>https://wire.example/" + address +
         "</link><description>The companies settled every dispute over modem patents.</description></item>";
}

const std::string k_court = "Munich court rules for Nokia\n\nThe court ruled that Oppo infringes a patent.\n";

} // namespace

TEST_CASE("pindex - adds what each stream brings to what came before") {
  const Workspace user;
  const std::string monday = feed(item("acme", "Acme settles") + item("bolt", "Bolt settles"));
  const std::string tuesday = feed(item("bolt", "Bolt settles after all") + item("corvid", "Corvid settles"));
  check_run(pipe(user, monday), 0, summary("2 added, 0 changed, 0 removed, 0 unchanged, 0 skipped", "2 articles"), "");
  check_run(pipe(user, monday), 0, summary("0 added, 0 changed, 0 removed, 2 unchanged, 0 skipped", "2 articles"), "");
  check_run(pipe(user, tuesday), 0, summary("1 added, 1 changed, 0 removed, 1 unchanged, 0 skipped", "3 articles"), "");
  CHECK(user.pfind({"--count", "settles"}).out == "3\n");
  CHECK(user.pfind({"--show", "-#https://wire.example/bolt"}).out.find("Bolt settles after all") != std::string::npos);
}

TEST_CASE("articles of a stream go by address, identifier or text, never by their number") {
  const Workspace user;
  const auto line = [](const std::string& id, const std::string& url, const std::string& title) {
    return R"({"id":")" + id + R"(","url":")" + url + R"(","title":")" + title + R"(","body":"Over patents."})" + "\n";
  };
  pipe(user, line("1", "https://a.example/x", "At an address") + line("2", "", "By an identifier") +
                 line("", "", "By its text") + line("4", "https://a.example/", "At a site"));
  pipe(user, line("", "", "Another text") + line("1", "https://a.example/y", "At another address"));
  CHECK(user.pfind({"--count", "patents"}).out == "6\n");
  for (const std::string name : {"https://a.example/x", "https://a.example/y", "2", "4"}) {
    CAPTURE(name);
    CHECK(user.pfind({"--show", "-#" + name}).status == 0);
  }
}

TEST_CASE("different articles of a stream at one address are all kept") {
  const Workspace user;
  std::string lines;
  for (const std::string number : {"one", "two", "three"})
    lines += R"({"url":"https://a.example/all","title":"Deal )" + number + R"(","body":"Over patents."})" + "\n";
  check_run(pipe(user, lines), 0, summary("3 added, 0 changed, 0 removed, 0 unchanged, 0 skipped", "3 articles"), "");
  check_run(pipe(user, lines), 0, summary("0 added, 0 changed, 0 removed, 3 unchanged, 0 skipped", "3 articles"), "");
}

TEST_CASE("pindex - tells formats, compressions and archives by their content") {
  const Newsroom user;
  user.article("deals.tar", archive_of({{"2024/acme.txt", k_court}}, k_tar));
  const RunResult result = user.shell("set -e\n"
                                      "for file in articles/deal.txt articles/feed.jsonl articles/deals.tar; do\n"
                                      "  pindex --quiet - <$file; cat $file | gzip | pindex --quiet -\n"
                                      "done\n"
                                      "pfind --count 'patent OR orange'");
  check_run(result, 0, "4\n", "");
  CHECK(user.pfind({"--show", "-#2024/acme.txt"}).status == 0);
}

TEST_CASE("what came through standard input outlives updates and rebuilds") {
  const Newsroom user;
  pipe(user, k_court);
  const auto indexed = user.pindex({"articles"});
  CHECK(indexed.out == summary("4 added, 0 changed, 0 removed, 1 unchanged, 0 skipped", "5 articles"));
  CHECK(user.pindex({}).out == summary("0 added, 0 changed, 0 removed, 5 unchanged, 0 skipped", "5 articles"));
  CHECK(user.pindex({"--rebuild"}).out ==
        summary("5 added, 0 changed, 0 removed, 0 unchanged, 0 skipped", "5 articles"));
  CHECK(user.pindex({}).out == summary("0 added, 0 changed, 0 removed, 5 unchanged, 0 skipped", "5 articles"));
  CHECK(user.pfind({"--count", "infringes"}).out == "2\n");
}

TEST_CASE("an index of nothing but standard input is updated and rebuilt, too") {
  const Workspace user;
  pipe(user, k_court);
  check_run(user.pindex({}), 0, summary("0 added, 0 changed, 0 removed, 1 unchanged, 0 skipped", "1 article"), "");
  check_run(user.pindex({"--rebuild"}), 0,
            summary("1 added, 0 changed, 0 removed, 0 unchanged, 0 skipped", "1 article"), "");
  check_run(pipe(user, k_court + "Really.\n", {"--rebuild", "-"}), 0,
            summary("2 added, 0 changed, 0 removed, 0 unchanged, 0 skipped", "2 articles"), "");
}

TEST_CASE("where reading is set up otherwise, articles of standard input are analysed as they are stored") {
  const Newsroom user;
  pipe(user, k_court);
  check_run(user.pindex({"--json-field", "body=story"}), 0,
            summary("0 added, 1 changed, 0 removed, 0 unchanged, 0 skipped", "1 article"), "");
  check_run(user.pindex({}), 0, summary("0 added, 0 changed, 0 removed, 1 unchanged, 0 skipped", "1 article"), "");
  CHECK(user.pfind({"--count", "company:Nokia"}).out == "1\n");
}

TEST_CASE("standard input and folders are read in one run") {
  const Newsroom user;
  check_run(pipe(user, k_court, {"articles", "-"}), 0,
            summary("5 added, 0 changed, 0 removed, 0 unchanged, 0 skipped", "5 articles"), "");
}

TEST_CASE("pindex --forget - removes what came through standard input") {
  const Newsroom user;
  pipe(user, k_court, {"articles", "-"});
  check_run(user.pindex({"--forget", "-"}), 0, "", "1 article removed: -\n");
  check_run(user.pindex({"--forget", "-"}), 2, "", "pindex: the index holds nothing from standard input (-)\n");
  CHECK(user.pindex({}).out == summary("0 added, 0 changed, 0 removed, 4 unchanged, 0 skipped", "4 articles"));
}

TEST_CASE("nothing from standard input is a failure, as when a download failed before the pipe") {
  const Workspace user;
  check_run(pipe(user, ""), 2, summary("0 added, 0 changed, 0 removed, 0 unchanged, 1 skipped", "0 articles"),
            "pindex: skipped -: nothing came from it; it holds no article\n");
  RunOptions closed = user.options();
  closed.input_closed = true;
  const RunResult none = Workspace::pindex({"-"}, closed);
  CHECK(none.status == 2);
  CHECK(none.err == "pindex: skipped -: nothing came from it; it holds no article\n");
}

TEST_CASE("of a stream that breaks off everything before the break is indexed") {
  const Newsroom user;
  const RunResult result =
      user.shell("head -c 100000 /dev/urandom | base64 -w 0 | sed 's/.*/{\"title\":\"Noise\",\"body\":\"&\"}/' >noise\n"
                 "cat articles/feed.jsonl noise | gzip | head -c 50000 | pindex -");
  CHECK(result.status == 2);
  CHECK(result.out == summary("2 added, 0 changed, 0 removed, 0 unchanged, 1 skipped", "2 articles"));
  CHECK(result.err.starts_with("pindex: skipped -"));
}

TEST_CASE("a stream that nobody ends is left when pindex is interrupted") {
  const Newsroom user;
  const RunResult result = user.shell("mkfifo stream\n" PFIND_TESTS_PINDEX " - <stream 2>messages >summary & pid=$!\n"
                                      "exec 3>stream\n"
                                      "cat articles/feed.jsonl >&3\n"
                                      "until grep -q '^SigBlk:.*[^0\t ]' /proc/$pid/status; do :; done\n"
                                      "kill -TERM $pid; wait $pid; echo $?\n"
                                      "grep -c 'interrupted: run pindex again for the rest' summary");
  CHECK(result.out == "130\n1\n");
}

TEST_CASE("the report has a line for standard input") {
  const Workspace user;
  pipe(user, k_court, {"--report", "report", "-"});
  CHECK(user.shell("cat report").out.find(R"({"path":"-","result":"read","articles":1)") != std::string::npos);
}
