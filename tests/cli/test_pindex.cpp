#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

const std::string k_nothing_new = "0 added, 0 changed, 0 removed, 4 unchanged, 0 skipped; 4 articles in the index\n";

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// What a wrong option leaves behind: one line on standard error.
void check_refused(const std::vector<std::string>& arguments, const std::string& problem) {
  CAPTURE(arguments);
  check_run(Newsroom().pindex(arguments), 2, "", "pindex: " + problem + "\n");
}

} // namespace

TEST_CASE("pindex sums up what it did") {
  const Newsroom user;
  check_run(user.pindex({"articles"}), 0,
            "4 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 4 articles in the index\n", "");
  check_run(user.pindex({"articles"}), 0, k_nothing_new, "");
}

TEST_CASE("pindex without a path brings up to date what was indexed before") {
  const IndexedNewsroom user;
  check_run(user.pindex({}), 0, k_nothing_new, "");
}

TEST_CASE("pindex without a path and without an index asks for one and makes nothing") {
  const Newsroom user;
  const std::string index = user.at(".local/share/pfind/index");
  check_run(user.pindex({}), 2, "",
            "pindex: there is no index at " + index + " yet: say which files or folders to index, pindex PATH...\n");
  CHECK_FALSE(std::filesystem::exists(index));
}

TEST_CASE("pindex writes where --index says, or below XDG_DATA_HOME") {
  const Newsroom user;
  CHECK(user.pindex({"--index", "mine", "--quiet", "articles"}).status == 0);
  CHECK(user.pfind({"--index", "mine", "--count", "*"}).out == "4\n");
  RunOptions elsewhere = user.options();
  elsewhere.environment["XDG_DATA_HOME"] = user.at("data");
  CHECK(user.pindex({"--quiet", "articles"}, elsewhere).status == 0);
  CHECK(user.pfind({"--index", "data/pfind/index", "--count", "*"}).out == "4\n");
}

TEST_CASE("pindex keeps its index from other users") {
  const IndexedNewsroom user;
  const auto mode = std::filesystem::status(user.at(".local/share/pfind/index")).permissions();
  CHECK(mode == std::filesystem::perms::owner_all);
}

TEST_CASE("pindex -q says nothing, -v names every file") {
  const Newsroom user;
  check_run(user.pindex({"-q", "articles/deal.txt"}), 0, "", "");
  const RunResult told = user.pindex({"-v", "articles"});
  CHECK(told.status == 0);
  CHECK(told.out == "3 added, 0 changed, 0 removed, 1 unchanged, 0 skipped; 4 articles in the index\n");
  CHECK(told.err.find(user.at("articles/court.md")) != std::string::npos);
  CHECK(told.err.find(user.at("articles/feed.jsonl")) != std::string::npos);
}

TEST_CASE("pindex --dry-run counts and writes nothing") {
  const Newsroom user;
  const std::string all_new =
      "3 files to read, 0 files to read again, 0 articles to remove, 0 articles unchanged, 0 skipped\n";
  check_run(user.pindex({"--dry-run", "articles"}), 0, all_new, "");
  CHECK_FALSE(std::filesystem::exists(user.at(".local")));
  CHECK(user.pindex({"--quiet", "articles"}).status == 0);
  std::filesystem::remove(user.at("articles/feed.jsonl"));
  user.article("deal.txt", "Another headline\n\nAnother text about the deal.\n");
  check_run(user.pindex({"--dry-run", "articles"}), 0,
            "0 files to read, 1 file to read again, 2 articles to remove, 1 article unchanged, 0 skipped\n", "");
  CHECK(user.pfind({"--count", "*"}).out == "4\n");
}

TEST_CASE("pindex --rebuild makes the index anew from all that was indexed") {
  const IndexedNewsroom user;
  check_run(user.pindex({"--rebuild"}), 0,
            "4 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 4 articles in the index\n", "");
  CHECK(user.pfind({"--count", "*"}).out == "4\n");
}

TEST_CASE("pindex --forget removes articles and says which of them a later run reads again") {
  const IndexedNewsroom user;
  check_run(user.pindex({"--forget", "articles/feed.jsonl"}), 0, "",
            "2 articles removed: articles/feed.jsonl\narticles/feed.jsonl lies below " + user.at("articles") +
                ", which is still indexed: the next run reads it again\n");
  CHECK(user.pfind({"--count", "*"}).out == "2\n");
  CHECK(std::filesystem::exists(user.at("articles/feed.jsonl")));
  check_run(user.pindex({"--forget", "articles"}), 0, "", "2 articles removed: articles\n");
  CHECK(user.pfind({"--count", "*"}).out == "0\n");
}

TEST_CASE("pindex --forget needs an index and a path") {
  const Newsroom user;
  check_run(user.pindex({"--forget", "articles"}), 2, "",
            "pindex: there is no index at " + user.at(".local/share/pfind/index") +
                " that anything could be removed from; name it with --index\n");
  check_refused({"--forget"}, "--forget needs a file or folder; pindex --help lists the options");
}

TEST_CASE("pindex recognizes names of the user's own in articles that are indexed already") {
  const IndexedNewsroom user;
  CHECK(user.pfind({"--count", "--company", "Growers United"}).out == "0\n");
  std::ofstream(user.at("names.tsv")) << "company\tGrowers United\tGrowers\n";
  const RunResult result = user.pindex({"--names", "names.tsv", "articles"});
  CHECK(result.status == 0);
  CHECK(user.pfind({"--count", "--company", "Growers United"}).out == "1\n");
}

TEST_CASE("pindex --json-field names the members that hold an article's fields") {
  const Workspace user;
  user.article("dump.jsonl", R"({"kop":"Deal signed","story":"A long text about royalties."})"
                             "\n");
  CHECK(user.pindex({"-q", "--json-field", "title=kop", "--json-field=body=story", "articles"}).status == 0);
  CHECK(user.pfind({"royalties"}).out.substr(0, 12) == "Deal signed\n");
}

TEST_CASE("pindex --report writes every problem as a line of JSON") {
  const Workspace user;
  user.article("a.jsonl", "{\"title\":\"One\",\"body\":\"Text\",\"date\":\"2023-13-45\"}\n{broken\n");
  user.article("empty.txt", "");
  CHECK(user.pindex({"--report", "report.jsonl", "articles"}).status == 0);
  const std::string report = content_of(user.at("report.jsonl"));
  CHECK(report.find("{\"path\":\"" + user.at("articles/a.jsonl") +
                    R"(","where":"line 1","reason":"date \"2023-13-45\" is not a date; the article is indexed )"
                    R"(without one","indexed":true})") == 0);
  CHECK(report.find(R"("where":"line 2","reason":"is not valid JSON)") != std::string::npos);
  CHECK(report.find("{\"path\":\"" + user.at("articles/empty.txt") +
                    "\",\"where\":null,\"reason\":\"the file is empty; it holds no article\",\"indexed\":false}\n") !=
        std::string::npos);
}

TEST_CASE("pindex --jobs leaves the result as it is") {
  const Newsroom user;
  CHECK(user.pindex({"-q", "-j1", "--index", "one", "articles"}).status == 0);
  CHECK(user.pindex({"-q", "-j", "7", "--index", "seven", "articles"}).status == 0);
  const auto found = [&](const std::string& index) {
    return user.pfind({"--index", index, "--format", "json", "--facets", "company,place", "patent"}).out;
  };
  CHECK(found("one") == found("seven"));
}

TEST_CASE("while another pindex writes, a second waits and gives up with status 75") {
  const IndexedNewsroom user;
  const RunResult result = user.shell("exec 9<.local/share/pfind/index/lock; flock 9; pindex --wait 0 articles");
  check_run(result, 75, "",
            "pindex: another pindex is writing to the index " + user.at(".local/share/pfind/index") +
                "; try again when it has finished\n");
}

TEST_CASE("of an option of pindex given twice the last counts") {
  const Newsroom user;
  CHECK(user.pindex({"-q", "-q", "--index", "first", "--index", "second", "articles"}).status == 0);
  CHECK_FALSE(std::filesystem::exists(user.at("first")));
  CHECK(std::filesystem::exists(user.at("second")));
}

TEST_CASE("pindex refuses options that it does not know or that make no sense") {
  check_refused({"--bogus", "articles"}, "there is no option --bogus; pindex --help lists the options");
  check_refused({"-x", "articles"}, "there is no option -x; pindex --help lists the options");
  check_refused({"articles", "--index"}, "--index needs a value; pindex --help lists the options");
  check_refused({"--index=", "articles"}, "--index needs a value; pindex --help lists the options");
  check_refused({"--quiet=3", "articles"}, "--quiet takes no value; pindex --help lists the options");
  check_refused({"--jobs", "0", "articles"}, "--jobs 0: expected a whole number from 1 to 256");
  check_refused({"--jobs=-1", "articles"}, "--jobs -1: expected a whole number from 1 to 256");
  check_refused({"-j", "many", "articles"}, "--jobs many: expected a whole number from 1 to 256");
  check_refused({"--wait", "1h", "articles"}, "--wait 1h: expected a whole number from 0 to 86400");
  check_refused({"--json-field", "colour=x", "articles"},
                "--json-field colour=x: expected FIELD=NAME with FIELD one of title, body, date, url, outlet, author, "
                "id, language");
  check_refused({"--print", "--rebuild", "articles"}, "--print and --rebuild do not go together");
  check_refused({"-q", "-v", "articles"}, "--verbose and --quiet do not go together");
  check_refused({"--print"}, "--print needs a file or folder; pindex --help lists the options");
  check_refused({"--dry-run", "-"},
                "what standard input (-) holds is not known before it is read; --print shows its articles");
}

TEST_CASE("pindex --help fits a terminal of 80 columns") {
  const RunResult result = Workspace().pindex({"-h"});
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  CHECK(result.out.find("Usage: pindex [OPTION]... PATH...\n") == 0);
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 88); // the sentence below the usage
  }
}
