#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

/// What a wrong option leaves behind: one line on standard error. No index is needed for that.
void check_refused(const std::vector<std::string>& arguments, const std::string& problem) {
  CAPTURE(arguments);
  check_run(Workspace().pfind(arguments), 2, "", "pfind: " + problem + "\n");
}

/// The names of the files that a search finds, in the order of the alphabet.
std::string found(const Workspace& user, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--format", "paths"});
  std::istringstream paths(user.pfind(arguments).out);
  std::vector<std::string> names;
  for (std::string path; std::getline(paths, path);) names.push_back(std::filesystem::path(path).filename());
  std::ranges::sort(names);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : " ") + name;
  return all;
}

} // namespace

TEST_CASE("pfind shows headline, outlet, date and author, the passage and the path") {
  const IndexedNewsroom user;
  check_run(user.pfind({"Munich", "court"}), 0,
            "Munich court rules for Nokia\n"
            "Example Wire · 3 Feb 2024 · Max Mustermann\n"
            "  The Munich regional court ruled that Oppo infringes a Nokia patent. Royalties are due from 2022 on.\n"
            "articles/court.md\n",
            "");
}

TEST_CASE("where few articles have all the words pfind goes on with those that have some, for people only") {
  const IndexedNewsroom user;
  const std::string court = "Munich court rules for Nokia\n"
                            "Example Wire · 3 Feb 2024 · Max Mustermann\n"
                            "  The Munich regional court ruled that Oppo infringes a Nokia patent. Royalties are due "
                            "from 2022 on.\n";
  const std::string renewal = "Ericsson renews with Samsung\n"
                              "Example Wire · 9 Dec 2022\n"
                              "  It covers 5G and royalties.\n";
  check_run(user.pfind({"Munich", "royalties"}), 0,
            court + "articles/court.md\n\nArticles with only some of the words:\n\n" + renewal +
                "  lacks: Munich\narticles/feed.jsonl#f1\n",
            "");
  check_run(user.pfind({"--match", "all", "Munich", "royalties"}), 0, court + "articles/court.md\n", "");
  CHECK(user.pfind({"--count", "Munich", "royalties"}).out == "1\n");
  for (const std::string format : {"paths", "jsonl"}) {
    const std::string out = user.pfind({"--format", format, "Munich", "royalties"}).out;
    CHECK(std::ranges::count(out, '\n') == 1);
  }
}

TEST_CASE("where no article has all the words pfind says so, and what each lacks") {
  const IndexedNewsroom user;
  check_run(user.pfind({"-n", "1", "Munich", "harvest", "zebra"}), 0,
            "Munich court rules for Nokia\n"
            "Example Wire · 3 Feb 2024 · Max Mustermann\n"
            "  The Munich regional court ruled that Oppo infringes a Nokia patent. Royalties are due from 2022 on.\n"
            "  lacks: harvest, zebra\n"
            "articles/court.md\n",
            "pfind: No article has zebra.\n"
            "pfind: No article has all the words; these have some of them.\n");
  const std::string line = user.pfind({"-n", "1", "--format", "jsonl", "Munich", "harvest", "zebra"}).out;
  CHECK(line.find(R"("missing":["harvest","zebra"])") != std::string::npos);
  check_run(user.pfind({"--match", "all", "Munich", "harvest", "zebra"}), 1, "", "pfind: No article has zebra.\n");
}

TEST_CASE("pfind --match says how many of the words an article must have") {
  const IndexedNewsroom user;
  CHECK(found(user, {"--match", "any", "Munich", "harvest"}) == "court.md feed.jsonl");
  CHECK(found(user, {"--match", "most", "Munich", "Oppo", "harvest"}) == "court.md");
  CHECK(found(user, {"--match", "all", "what", "royalties", "Munich", "ruled"}) == "court.md");
  CHECK(found(user, {"what", "royalties", "Munich", "ruled"}) == "court.md feed.jsonl");
}

TEST_CASE("pfind without anything to search for says so") {
  check_refused({}, "say what to search for, as in pfind royalties, or pfind '*' for all articles; pfind --help lists "
                    "the options");
  check_refused({"--limit", "5"}, "say what to search for, as in pfind royalties, or pfind '*' for all articles; "
                                  "pfind --help lists the options");
}

TEST_CASE("options of pfind alone are a query") {
  const IndexedNewsroom user;
  CHECK(found(user, {"--company", "Huawei"}) == "deal.txt");
  CHECK(found(user, {"--year", "2024"}) == "court.md");
  CHECK(found(user, {"--sort", "newest", "-n", "1"}) == "court.md");
  CHECK(user.pfind({"--count"}).out == "4\n");
}

TEST_CASE("pfind filters by every kind") {
  const IndexedNewsroom user;
  CHECK(found(user, {"--company", "huawei"}) == "deal.txt");
  CHECK(found(user, {"--company", "Huawei", "--company=Nokia"}) == "court.md deal.txt");
  CHECK(found(user, {"--company", "-Huawei", "patent"}) == "court.md feed.jsonl");
  CHECK(found(user, {"--place", "Munich"}) == "court.md");
  CHECK(found(user, {"--technology", "5G"}) == "deal.txt feed.jsonl");
  CHECK(found(user, {"--outlet", "Example Wire"}) == "court.md feed.jsonl");
  CHECK(found(user, {"--author", "Jane Doe"}) == "deal.txt");
  CHECK(found(user, {"--language", "en"}) == "court.md deal.txt feed.jsonl");
  CHECK(found(user, {"--year", "2023"}) == "deal.txt");
  CHECK(found(user, {"--month", "2022-12"}) == "feed.jsonl");
  CHECK(found(user, {"--person", "Nobody"}).empty());
  CHECK(found(user, {"--organization", "Nobody"}).empty());
}

TEST_CASE("both ends of a period belong to it") {
  const IndexedNewsroom user;
  CHECK(found(user, {"--after", "2023-09-14"}) == "court.md deal.txt");
  CHECK(found(user, {"--before", "2023-09-14"}) == "deal.txt feed.jsonl");
  CHECK(found(user, {"--before", "2023"}) == "deal.txt feed.jsonl");
  CHECK(found(user, {"--after", "2022-12", "--before", "2023"}) == "deal.txt feed.jsonl");
}

TEST_CASE("pfind shows as many results as asked for, from where asked for") {
  const IndexedNewsroom user;
  const std::vector<std::string> newest_first{"--sort", "newest", "--format", "paths"};
  const auto page = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), newest_first.begin(), newest_first.end());
    return user.pfind(arguments).out;
  };
  CHECK(page({"--limit", "1"}) == user.at("articles/court.md") + "\n");
  CHECK(page({"-n1", "--offset", "1"}) == user.at("articles/deal.txt") + "\n");
  CHECK(page({"-n", "0"}).empty());
  CHECK(user.pfind({"--sort", "oldest", "-n", "1", "--format", "paths"}).out == user.at("articles/feed.jsonl") + "\n");
}

TEST_CASE("pfind counts articles and facets of the whole result") {
  const IndexedNewsroom user;
  check_run(user.pfind({"--count", "patent"}), 0, "3\n", "");
  check_run(user.pfind({"--facets", "place,year", "-n", "0", "patent"}), 0,
            "place\n"
            "  Munich  1 ████████████████████\n"
            "\n"
            "year\n"
            "  2022  1 ████████████████████\n"
            "  2023  1 ████████████████████\n"
            "  2024  1 ████████████████████\n",
            "");
  check_run(user.pfind({"--facets", "year", "--facet-limit", "1", "-n", "0", "patent"}), 0,
            "year\n"
            "  2022  1 ████████████████████\n"
            "  … and 2 more\n",
            "");
}

TEST_CASE("pfind --list names the values of a kind") {
  const IndexedNewsroom user;
  check_run(user.pfind({"--list", "year"}), 0, "       1  2021\n       1  2022\n       1  2023\n       1  2024\n", "");
  check_run(user.pfind({"--list", "company:e"}), 0, "       1  Ericsson\n", "");
  check_run(user.pfind({"--list", "company:zz"}), 1, "", "");
}

TEST_CASE("pfind --show prints a whole article, --similar others like it") {
  const IndexedNewsroom user;
  check_run(user.pfind({"--show", "articles/court.md"}), 0,
            "Munich court rules for Nokia\n"
            "Example Wire · 3 Feb 2024 · Max Mustermann\n"
            "articles/court.md\n"
            "\n"
            "The Munich regional court ruled that Oppo infringes a Nokia patent. Royalties are due from 2022 on.\n",
            "");
  CHECK(found(user, {"--similar", "articles/deal.txt"}).find("feed.jsonl") != std::string::npos);
  CHECK(user.pfind({"--similar", "articles/deal.txt", "--explain"}).out.find(" telling words\n") != std::string::npos);
  check_run(user.pfind({"--similar", "articles/none.txt"}), 2, "",
            "pfind: no article of the index lies at " + user.at("articles/none.txt") +
                "; pfind --format paths lists where they lie\n");
  check_run(user.pfind({"--show", "articles/none.txt"}), 1, "",
            "pfind: no article of the index lies at " + user.at("articles/none.txt") + "\n");
}

TEST_CASE("pfind --explain shows how the query was understood") {
  const IndexedNewsroom user;
  const RunResult result = user.pfind({"--explain", "5G", "royalties"});
  CHECK(result.status == 0);
  CHECK(result.out.find("words: 5G royalties\n") == 0);
  CHECK(result.out.find("  score ") != std::string::npos);
}

TEST_CASE("where nothing is found pfind says which words are missing and ends with status 1") {
  const IndexedNewsroom user;
  check_run(user.pfind({"zebra"}), 1, "", "pfind: No article has zebra.\n");
  check_run(user.pfind({"--count", "zebra"}), 1, "0\n", "pfind: No article has zebra.\n");
}

TEST_CASE("a single dash leaves out a word, behind two all is query") {
  const IndexedNewsroom user;
  CHECK(found(user, {"patent", "-nokia"}) == "deal.txt feed.jsonl");
  CHECK(found(user, {"patent", "-5G"}) == "court.md");
  CHECK(found(user, {"--", "patent", "--limit"}) == found(user, {"patent", "limit"}));
}

TEST_CASE("options of pfind may stand among the words") {
  const IndexedNewsroom user;
  CHECK(user.pfind({"5G", "--format", "paths", "royalties"}).out == user.at("articles/feed.jsonl") + "\n");
  CHECK(user.pfind({"--count", "--limit", "0", "--limit", "5", "5G"}).out == "2\n");
}

TEST_CASE("several indexes are searched as one") {
  const Newsroom user;
  CHECK(user.pindex({"-q", "--index", "a", "articles/court.md"}).status == 0);
  CHECK(user.pindex({"-q", "--index", "b", "articles/deal.txt"}).status == 0);
  CHECK(user.pfind({"--index", "a", "--index", "b", "--count", "patent"}).out == "2\n");
}

TEST_CASE("pfind refuses options that it does not know or that make no sense") {
  check_refused({"--bogus", "x"},
                "there is no option --bogus (words that begin with dashes go behind --); pfind --help lists the "
                "options");
  check_refused({"x", "--limit"}, "--limit needs a value; pfind --help lists the options");
  check_refused({"x", "-n"}, "-n needs a value; pfind --help lists the options");
  check_refused({"--index=", "x"}, "--index needs a value; pfind --help lists the options");
  check_refused({"--count=3", "x"}, "--count takes no value; pfind --help lists the options");
  check_refused({"--limit", "x", "y"}, "--limit x: expected a whole number from 0 to 1000000000");
  check_refused({"--limit=-1", "y"}, "--limit -1: expected a whole number from 0 to 1000000000");
  check_refused({"--offset", "1.5", "y"}, "--offset 1.5: expected a whole number from 0 to 1000000000");
  check_refused({"--facet-limit", "all", "y"}, "--facet-limit all: expected a whole number from 0 to 1000000000");
  check_refused({"--sort", "up", "y"}, "--sort up: expected one of relevance, recent, newest, oldest");
  check_refused({"--match", "some", "y"}, "--match some: expected one of auto, all, most, any");
  check_refused({"--format", "xml", "y"}, "--format xml: expected one of text, json, jsonl, csv, paths, trec");
  check_refused({"--color=maybe", "y"}, "--color maybe: expected one of auto, always, never");
  check_refused({"--after", "2023-13", "y"}, "--after 2023-13: expected a date as YYYY, YYYY-MM or YYYY-MM-DD");
  check_refused({"--before", "soon", "y"}, "--before soon: expected a date as YYYY, YYYY-MM or YYYY-MM-DD");
  check_refused({"--facets", "company,colour", "y"},
                "--facets company,colour: there is no kind \"colour\"; expected some of company, organization, person, "
                "place, technology, outlet, author, language, year, month");
  check_refused({"--list", "colour"},
                "--list colour: there is no kind \"colour\"; expected some of company, organization, person, place, "
                "technology, outlet, author, language, year, month");
}

TEST_CASE("pfind --help fits a terminal of 80 columns") {
  const RunResult result = Workspace().pfind({"-h"});
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  CHECK(result.out.find("Usage: pfind [OPTION]... [QUERY]...\n") == 0);
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(line.size() <= 80);
  }
}

TEST_CASE("values are listed and counted among what the query finds") {
  const IndexedNewsroom user;
  CHECK(user.pfind({"--list", "company:xia", "huawei"}).out == "       1  Xiaomi\n");
  CHECK(user.pfind({"--list", "company:xia", "munich"}).status == 1);
}

TEST_CASE("a misspelt value of a filter and a misspelt word get a suggestion, a field's name none") {
  const IndexedNewsroom user;
  CHECK(user.pfind({"--company", "Huawie"}).err ==
        "pfind: No article has the company \"Huawie\". Did you mean Huawei?\n");
  CHECK(user.pfind({"\"huawie and xiaomi\""}).err == "pfind: No article has huawie.\n"
                                                     "pfind: Did you mean: \"huawei and xiaomi\"\n");
  CHECK(user.pfind({"foo:zzzz"}).err.find("Did you mean") == std::string::npos);
}

TEST_CASE("a misspelt word that finds nothing is corrected, and a notice says so") {
  const IndexedNewsroom user;
  check_run(user.pfind({"--format", "paths", "huwaei", "agreement"}), 0, user.at("articles/deal.txt") + "\n",
            "pfind: No article has huwaei: these are the results for \"huawei agreement\".\n");
  check_run(user.pfind({"--count", "Ericson"}), 0, "1\n",
            "pfind: No article has Ericson: these are the results for \"ericsson\".\n");
}

TEST_CASE("words are also looked for as their synonyms, shipped and the user's") {
  const IndexedNewsroom user;
  std::ofstream(user.at("mine.txt")) << "# mine\nGG => Munich\nfruit crop = orange harvest\n";
  CHECK(found(user, {"--synonyms", "mine.txt", "fruit", "crop"}) == "feed.jsonl");
  CHECK(found(user, {"--synonyms", "mine.txt", "GG"}) == "court.md");
  CHECK(user.pfind({"GG"}).status == 1);
  CHECK(user.pfind({"--synonyms", "mine.txt", "--no-synonyms", "GG"}).status == 1);
  user.article("sep.txt", "A ruling\n\nThe judge spoke of standard-essential patents and of little else that day.\n");
  CHECK(user.pindex({"-q", "articles"}).status == 0);
  CHECK(found(user, {"SEP"}) == "sep.txt");
  CHECK(user.pfind({"--no-synonyms", "SEP"}).status == 1);
  const std::string explained = user.pfind({"--explain", "SEP"}).out;
  CHECK(explained.find("words: SEP\nSEP is also looked for as: standard-essential patent\n") == 0);
}

TEST_CASE("a broken file of synonyms is refused where synonyms are used") {
  const IndexedNewsroom user;
  std::ofstream(user.at("mine.txt")) << "GG = Munich\nGG=Munich\n";
  check_run(user.pfind({"--synonyms", "mine.txt", "patent"}), 2, "",
            "pfind: mine.txt, line 2: no = or => beside \"GG=Munich\"; put blanks around the sign, as in a = b\n");
  check_run(user.pfind({"--synonyms", "none.txt", "patent"}), 2, "",
            "pfind: cannot read the synonyms file none.txt: No such file or directory; choose another --synonyms\n");
  CHECK(user.pfind({"--synonyms", "mine.txt", "--no-synonyms", "patent"}).status == 0);
}

TEST_CASE("an empty query is no wish to see every article") {
  const IndexedNewsroom user;
  for (const std::string query : {"", " ", "-", "()"}) CHECK(user.pfind({query}).status == 2);
  CHECK(user.pfind({"*"}).status == 0);
}

TEST_CASE("pfind --timeout shows what it has found by then, and its status says that it is not all") {
  const IndexedNewsroom user;
  const RunResult result =
      user.pfind({"--timeout", "0.000000001", "--format", "json", "--facets", "company", "patent"});
  CHECK(result.status == 3);
  CHECK(result.out.find("\"timed_out\":true,") != std::string::npos);
  CHECK(result.out.find("\"hits\":[]") == std::string::npos);
  const RunResult text = user.pfind({"--timeout", "0.000000001", "patent"});
  CHECK(text.status == 3);
  CHECK(text.err == "pfind: Time was up before all articles were looked at: there may be more, and better ones.\n");
  CHECK(user.pfind({"--timeout", "0.000000001", "--count", "patent"}).status == 3);
  CHECK(user.pfind({"--timeout", "0.000000001", "--list", "company"}).status == 3);
  check_run(user.pfind({"--timeout", "3600", "--count", "patent"}), 0, "3\n", "");
}

TEST_CASE("pfind --timeout takes a number of seconds") {
  const IndexedNewsroom user;
  for (const std::string wrong : {"0", "-1", "soon", "1s", "nan", "86401"})
    check_run(user.pfind({"--timeout", wrong, "patent"}), 2, "",
              "pfind: --timeout " + wrong + ": expected a number of seconds above 0, at most 86400\n");
}
