#include <catch2/catch.hpp>
#include <fstream>

#include "tests/cli/workspace.hpp"

using namespace pfind::tests;

namespace {

/// Articles that name a few companies, people and courts in several ways.
class Files : public Workspace {
public:
  Files() {
    article("a.txt",
            "Samsung Electronics signs\n\n12 March 2023\n\nSamsung Electronics Co and Nokia signed. Samsung pays.\n");
    article("b.txt",
            "Nokia in court\n\n13 May 2024\n\nThe Munich Regional Court heard Nokia. Samsung was not there.\n");
    article("c.txt", "Chips\n\n14 May 2024\n\nThe firm said that Samsung makes chips by zorblatting.\n");
  }

  RunResult apply(std::string_view names) const {
    std::ofstream(at("names.tsv")) << names;
    return pindex({"--quiet", "--names", "names.tsv", "articles"});
  }

  std::string count(const std::string& filter) const { return pfind({"--count", filter}).out; }
};

class Indexed : public Files {
public:
  Indexed() {
    if (pindex({"--quiet", "articles"}).status != 0) throw std::runtime_error("cannot index");
  }
};

} // namespace

TEST_CASE("pfind --entity shows an entity") {
  const Indexed user;
  const std::string text = "Samsung (company): 3 articles\n"
                           "\nalso written\n"
                           "       1  Samsung Electronics\n"
                           "       1  Samsung Electronics Co\n"
                           "\nby year\n"
                           "       1  2023\n"
                           "       2  2024\n"
                           "\nnamed with: company\n"
                           "       2  Nokia\n"
                           "\nnamed with: organization\n"
                           "       1  Munich Regional Court\n"
                           "\nnewest articles\n"
                           "  2024-05-14  Chips\n"
                           "              articles/c.txt\n"
                           "  2024-05-13  Nokia in court\n"
                           "              articles/b.txt\n"
                           "  2023-03-12  Samsung Electronics signs\n"
                           "              articles/a.txt\n";
  check_run(user.pfind({"--entity", "samsung"}), 0, text, "");
  check_run(user.pfind({"--entity", "company:Samsung Electronics Co., Ltd."}), 0, text, "");
}

TEST_CASE("pfind --entity writes JSON") {
  const Indexed user;
  const std::string nokia =
      R"({"kind":"company","name":"Nokia","articles":2,"aliases":[],)"
      R"("years":[{"value":"2023","count":1},{"value":"2024","count":1}],)"
      R"("named_with":{"company":[{"value":"Samsung","count":2}],)"
      R"("organization":[{"value":"Munich Regional Court","count":1}],"person":[],"place":[],"technology":[]},)"
      R"("newest":[{"path":")" +
      user.at("articles/b.txt") +
      R"(","record":null,"id":null,"url":null,"title":"Nokia in court","date":"2024-05-13","outlet":null},{"path":")" +
      user.at("articles/a.txt") +
      R"(","record":null,"id":null,"url":null,"title":"Samsung Electronics signs","date":"2023-03-12","outlet":null}]})";
  check_run(user.pfind({"--entity", "Nokia", "--format", "jsonl"}), 0, nokia + "\n", "");
  check_run(user.pfind({"--entity", "Nokia", "--format", "json"}), 0,
            R"({"schema_version":1,"entities":[)" + nokia + "]}\n", "");
}

TEST_CASE("pfind --entity says so where nobody has the name, and who may be meant") {
  const Indexed user;
  check_run(user.pfind({"--entity", "Nokai"}), 1, "",
            "pfind: no entity of the index is called \"Nokai\"; did you mean Nokia (company)?\n");
  check_run(user.pfind({"--entity", "regional court"}), 1, "",
            "pfind: no entity of the index is called \"regional court\"; did you mean Munich Regional Court "
            "(organization)?\n");
  check_run(user.pfind({"--entity", "person:Nokia"}), 1, "", "pfind: no person of the index is called \"Nokia\"\n");
}

TEST_CASE("pfind --entity takes one name and nothing that it would not heed") {
  const Indexed user;
  const std::string help = "; pfind --help lists the options\n";
  check_run(user.pfind({"--entity", "Nokia", "Siemens"}), 2, "",
            "pfind: --entity takes one name and no query; quote a name of several words" + help);
  check_run(user.pfind({"--entity", "Nokia", "--after", "2024"}), 2, "",
            "pfind: --entity and --after do not go together" + help);
  CHECK(user.pfind({"--entity", "Nokia", "--format", "csv"}).status == 2);
}

TEST_CASE("a names file merges, renames, splits, forbids and retypes without a file being read") {
  const Indexed user;
  std::filesystem::rename(user.at("articles"), user.at("elsewhere"));
  const auto apply = [&](std::string_view names) {
    std::ofstream(user.at("names.tsv")) << names;
    CHECK(user.pindex({"--quiet", "--names", "names.tsv"}).status == 2); // the folder is not there
  };
  apply("company\tSamsung Nokia\tSamsung|Nokia\n");
  CHECK(user.pfind({"--list", "company"}).out == "       3  Samsung Nokia\n");
  apply("company\tNokia Corporation\tNokia\n");
  CHECK(user.pfind({"--list", "company"}).out == "       3  Samsung\n       2  Nokia Corporation\n");
  apply("company\tSamsung Electronics\n");
  CHECK(user.pfind({"--list", "company"}).out == "       3  Samsung\n       2  Nokia\n       1  Samsung Electronics\n");
  apply("!company\tSamsung\n");
  CHECK(user.pfind({"--list", "company"}).out == "       2  Nokia\n");
  CHECK(user.count("company:Samsung") == "0\n");
  apply("organization\tNokia\tcompany:Nokia\n");
  CHECK(user.pfind({"--list", "company"}).out == "       3  Samsung\n");
  CHECK(user.count("organization:Nokia") == "2\n");
  CHECK(user.count("company:Nokia") == "0\n");
  apply("technology\tzorblatting\n");
  CHECK(user.count("technology:Zorblatting") == "1\n");
  CHECK(user.pindex({"--quiet", "--names", ""}).status == 2);
  CHECK(user.pfind({"--list", "company"}).out == "       3  Samsung\n       2  Nokia\n");
}

TEST_CASE("pindex says how many articles have other entities by new names, none where names are only arranged") {
  const Files user;
  CHECK(user.pindex({"--quiet", "articles"}).status == 0);
  const auto applied = [&](std::string_view names) {
    std::ofstream(user.at("names.tsv")) << names;
    return user.pindex({"--names", "names.tsv"});
  };
  check_run(applied("technology\tzorblatting\n"), 0,
            "0 added, 0 changed, 0 removed, 3 unchanged, 0 skipped, 1 with other entities; 3 articles in the index\n",
            "");
  check_run(applied("technology\tzorblatting\ncompany\tSamsung Nokia\tSamsung|Nokia\n"), 0,
            "0 added, 0 changed, 0 removed, 3 unchanged, 0 skipped; 3 articles in the index\n", "");
}

TEST_CASE("a broken correction is refused by line, and nothing of the file counts") {
  const Indexed user;
  const auto refused = [&](std::string_view names, const std::string& reason) {
    check_run(user.apply(names), 2, "", "pindex: " + user.at("names.tsv") + ", " + reason + "\n");
    CHECK(user.count("company:Nokia") == "2\n");
  };
  refused("!company\tNokia\n!planet\tMars\n",
          "line 2: unknown kind \"planet\"; write company, organization, person, place or technology");
  refused("!company\tNokia\ncompany\tNOKIA\n",
          "line 2: the company name \"NOKIA\" is already on line 1; leave it on one of the two");
  refused("!company\t?Nokia\n", "line 1: stray marker at the forbidden name \"Nokia\"; write forbidden names alone");
  refused("company\tNokia\tcompany:Nokia Oyj\n",
          "line 1: \"company:Nokia Oyj\" names the kind of its own line; write the name alone");
  refused("company\tplace:Nokia\n",
          "line 1: a kind before the first name \"place:Nokia\"; write one before aliases only");
  refused("organization\tNokia\tcompany:?Nokia\n",
          "line 1: stray marker in \"company:?Nokia\"; write the name directly behind the colon");
}

TEST_CASE("pindex --print shows names as corrected") {
  const Files user;
  std::ofstream(user.at("names.tsv")) << "company\tSamsung Group\tSamsung\n!company\tNokia\n";
  const std::string line = user.pindex({"--print", "--names", "names.tsv", "articles/b.txt"}).out;
  CHECK(line.find(R"("company":["Samsung Group"])") != std::string::npos);
}
