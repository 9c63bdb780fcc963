#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

const std::string k_no_entities =
    R"("entities":{"company":[],"organization":[],"person":[],"place":[],"technology":[]}})"
    "\n";

} // namespace

TEST_CASE("pindex --print reads the rows of a table") {
  const Workspace user;
  user.article("a.csv", "kop;text;date\nA late harvest;Growers wait for the fruit.;2021-01-05\nshort;row\n");
  const std::string path = user.at("articles/a.csv");
  check_run(
      user.pindex({"--print", "--json-field", "title=kop", "articles/a.csv"}), 0,
      "{\"path\":\"" + path +
          R"(","record":"2","title":"A late harvest","author":null,"authors":[],"date":"2021-01-05","outlet":null,"url":null,)"
          R"("language":"en","body":"Growers wait for the fruit.",)" +
          k_no_entities,
      "pindex: skipped " + path + ", row 3: found 2 fields where the header has 3\n");
}

TEST_CASE("pindex --print reads the items of a feed") {
  const Workspace user;
  user.article("a.rss", "<rss><channel><title>Farm Post</title><language>en</language><item><guid>7</guid>"
                        "<title>A late harvest</title><description>Growers wait.</description></item></channel></rss>");
  const std::string path = user.at("articles/a.rss");
  check_run(
      user.pindex({"--print", "articles/a.rss"}), 0,
      "{\"path\":\"" + path +
          R"(","record":"7","id":"7","title":"A late harvest","author":null,"authors":[],"date":null,"outlet":"Farm Post",)"
          R"("url":null,"language":"en","body":"Growers wait.",)" +
          k_no_entities,
      "");
}

TEST_CASE("the samples of further formats are read with headline, author, date and outlet") {
  const Workspace user;
  const RunResult result = user.pindex({"--index", "index", "--report", "report.jsonl", PFIND_TESTS_FORMATS});
  check_run(result, 0, "8 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 8 articles in the index\n", "");
  const RunResult listed =
      user.pfind({"--index", "index", "--format", "csv", "--sort", "newest", "--limit", "20", "date:2025"});
  for (const std::string line : {"Tidegate cuts its rate for small carmakers", "Brightmoor’s quiet quarter",
                                 "Norrvik Radio publishes its rates for meters", "2025-05-13", "Noor Halvorsen",
                                 "2025-04-28", "Max Thornbury", "Licensing Wire", "Telecom Ledger"}) {
    CAPTURE(line);
    CHECK(listed.out.find(line) != std::string::npos);
  }
  const std::string report = user.shell("sort report.jsonl").out;
  for (const std::string format : {"mbox", "PDF", "table", "XML"}) {
    CAPTURE(format);
    CHECK(report.find("\"format\":\"" + format + "\"") != std::string::npos);
  }
}
