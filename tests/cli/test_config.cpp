#include <catch2/catch.hpp>
#include <fstream>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

void write_config(const Workspace& user, std::string_view text) {
  const std::filesystem::path file = user.at(".config/pfind/config");
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

/// What a wrong line in the configuration file leaves behind.
void check_refused(std::string_view config, const std::string& problem) {
  CAPTURE(config);
  const IndexedNewsroom user;
  write_config(user, config);
  check_run(user.pfind({"patent"}), 2, "", "pfind: " + user.at(".config/pfind/config") + problem + "\n");
}

} // namespace

TEST_CASE("the configuration file holds options of both programs, in their sections") {
  const Newsroom user;
  write_config(user, "# where the index lies\nindex = mine\n\n[pindex]\nquiet = yes\nverbose = no\n"
                     "[pfind]\n  limit=1\nformat = paths\nsort = newest\n");
  check_run(user.pindex({"articles"}), 0, "", "");
  CHECK(std::filesystem::exists(user.at("mine")));
  check_run(user.pfind({"patent"}), 0, user.at("articles/court.md") + "\n", "");
}

TEST_CASE("the command line goes before the configuration file") {
  const IndexedNewsroom user;
  write_config(user, "[pfind]\nlimit = 1\ncompany = Huawei\n");
  CHECK(user.pfind({"--count", "patent"}).out == "1\n");
  CHECK(user.pfind({"--count", "--company", "Nokia", "--company", "Ericsson", "patent"}).out == "2\n");
  CHECK(user.pfind({"-n", "5", "--company", "Nokia", "--format", "paths", "patent"}).out ==
        user.at("articles/court.md") + "\n");
}

TEST_CASE("options --config and XDG_CONFIG_HOME name another configuration file") {
  const IndexedNewsroom user;
  write_config(user, "[pfind]\nformat = csv\n");
  std::ofstream(user.at("other")) << "[pfind]\nformat = paths\n";
  CHECK(user.pfind({"--config", "other", "court"}).out == user.at("articles/court.md") + "\n");
  RunOptions elsewhere = user.options();
  elsewhere.environment["XDG_CONFIG_HOME"] = user.at("xdg");
  CHECK(user.pfind({"court"}, elsewhere).out.find("Munich court") == 0);
}

TEST_CASE("a faulty configuration file is refused by file and line") {
  check_refused("limit 5\n", R"(, line 1: expected "name = value", a [section] or a # comment)");
  check_refused("\nbogus = 1\n", R"(, line 2: pfind has no option "bogus"; what is for one program only goes below )"
                                 "a line [pindex] or [pfind]");
  check_refused("[pfnd]\nlimit = 5\n", ", line 1: there is no section [pfnd]; there are [pindex] and [pfind]");
  check_refused("[pfind]\nlimit = many\n", ", line 2: limit many: expected a whole number from 0 to 1000000000");
  check_refused("[pfind]\nexplain = maybe\n", ", line 2: explain is yes or no, not \"maybe\"");
  check_refused("[pfind]\nformat =\n", ", line 2: format needs a value");
  check_refused("[pfind]\nsort = up\n", ", line 2: sort up: expected one of relevance, recent, newest, oldest");
  check_refused("config = other\n", ", line 1: config is for the command line only");
}

TEST_CASE("a configuration file that is named must be there") {
  const IndexedNewsroom user;
  check_run(user.pfind({"--config", "none", "x"}), 2, "",
            "pfind: cannot read the configuration file none: No such file or directory\n");
  check_run(user.pindex({"--config", "articles", "articles"}), 2, "",
            "pindex: cannot read the configuration file articles: Is a directory\n");
}

TEST_CASE("a faulty names file is refused by file and line") {
  const Newsroom user;
  std::ofstream(user.at("names.tsv")) << "company\tAcme\nplanet\tMars\n";
  check_run(user.pindex({"--names", "names.tsv", "articles"}), 2, "",
            "pindex: " + user.at("names.tsv") +
                ", line 2: unknown kind \"planet\"; write company, organization, person, place or "
                "technology\n");
  check_run(user.pindex({"--names", "none.tsv", "articles"}), 2, "",
            "pindex: cannot read the names file " + user.at("none.tsv") +
                ": No such file or directory; name another with --names FILE, or none with --names ''\n");
  CHECK_FALSE(std::filesystem::exists(user.at(".local")));
}

TEST_CASE("files of synonyms can be named in the configuration file, and left out on the command line") {
  const IndexedNewsroom user;
  std::ofstream(user.at("mine.txt")) << "GG => Munich\n";
  write_config(user, "[pfind]\nsynonyms = mine.txt\n");
  CHECK(user.pfind({"--count", "GG"}).out == "1\n");
  CHECK(user.pfind({"--count", "--no-synonyms", "GG"}).out == "0\n");
}
