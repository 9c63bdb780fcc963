#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

const std::string k_index = ".local/share/pfind/index";
const std::string k_up_to_date =
    "0 files to read, 0 files to read again, 0 articles to remove, 4 articles unchanged, 0 skipped\n";
const std::string k_sound = "4 articles checked: the index is sound\n";

/// An index of as many articles, of other words: one of its tables in the place of the newsroom's is damage that the
/// structure of a table does not show.
class OtherNewsroom : public Workspace {
public:
  OtherNewsroom() {
    article("deal.txt", "Samsung and Lenovo end patent lawsuit\n\nBy Max Moe\n4 March 2021\n\n"
                        "Samsung and Lenovo have ended a lawsuit about 6G, the companies said in Berlin.\n");
    article("court.md", "---\ntitle: Paris court rules for Philips\n---\nThe Paris court ruled against Xiaomi.\n");
    article("feed.jsonl", R"({"id":"f1","title":"Apple renews","body":"Apple renewed a licence with Nokia."})"
                          "\n"
                          R"({"id":"f2","title":"An early apple harvest","body":"Growers are pleased this year."})"
                          "\n");
    if (pindex({"--quiet", "articles"}).status != 0) throw std::runtime_error("cannot index the other newsroom");
  }

  void give_table(const std::string& table, const Workspace& to) const {
    const std::string file = k_index + "/gen-1/" + table + ".glass";
    fs::copy_file(at(file), to.at(file), fs::copy_options::overwrite_existing);
  }
};

void overwrite(const fs::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The lines of a text that hold `part`.
std::size_t lines_with(const std::string& text, const std::string& part) {
  std::size_t lines = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++lines;
  return lines;
}

} // namespace

TEST_CASE("pindex --check finds a sound index sound") {
  const IndexedNewsroom user;
  check_run(user.pindex({"--check"}), 0, k_up_to_date + k_sound, "");
  check_run(user.pindex({"--check", "--repair"}), 0, k_up_to_date + k_sound, "");
  check_run(user.pindex({"--check", "--quiet"}), 0, "", "");
}

TEST_CASE("pindex --check says how far an index is behind its files, which is no damage") {
  const IndexedNewsroom user;
  user.article("new.txt", "A new headline\n\nA new text about royalties.\n");
  user.article("deal.txt", "Another headline\n\nAnother text about the deal.\n");
  fs::remove(user.at("articles/feed.jsonl"));
  check_run(user.pindex({"--check"}), 0,
            "1 file to read, 1 file to read again, 2 articles to remove, 1 article unchanged, 0 skipped\n" + k_sound,
            "");
  const RunResult named = user.pindex({"--check", "--verbose"});
  CHECK(named.err.find("new: " + user.at("articles/new.txt")) != std::string::npos);
  CHECK(named.err.find("changed: " + user.at("articles/deal.txt")) != std::string::npos);
  CHECK(named.err.find("gone: " + user.at("articles/feed.jsonl")) != std::string::npos);
}

TEST_CASE("pindex --check needs an index and no path, and makes nothing") {
  const Newsroom user;
  check_run(user.pindex({"--check"}), 2, "",
            "pindex: there is no index at " + user.at(k_index) +
                "; name it with --index, or make one with pindex PATH...\n");
  CHECK_FALSE(fs::exists(user.at(".local")));
  check_run(user.pindex({"--check", "articles"}), 2, "",
            "pindex: --check takes no PATH (articles): it is about the whole index\n");
}

TEST_CASE("pindex --check finds stored texts that are not those that were indexed") {
  const IndexedNewsroom user;
  OtherNewsroom().give_table("docdata", user);
  const RunResult result = user.pindex({"--check"});
  CHECK(result.status == 2);
  CHECK(result.out.empty());
  CHECK(lines_with(result.err, "the stored text is not the one that was indexed") == 4);
  CHECK(result.err.ends_with("pindex: 4 articles checked: the index " + user.at(k_index) +
                             " is damaged; pindex --check --repair mends it\n"));
}

TEST_CASE("pfind shows no article that is not the one that was indexed") {
  const IndexedNewsroom user;
  OtherNewsroom().give_table("docdata", user);
  const bool has_sums = GENERATE(true, false); // without, the articles' digests tell
  if (!has_sums) fs::remove(user.at(k_index + "/gen-1/sums"));
  const std::string index = "the index " + user.at(k_index);
  const std::string damaged = has_sums ? "pfind: cannot read " + index + ": a block of a table is damaged; "
                                       : "pfind: " + index + " is damaged: the stored bytes are damaged; ";
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--show", "articles/deal.txt"},
                                                    {"patent"},
                                                    {"--similar", "articles/deal.txt"},
                                                    {"=Huawei"}}) {
    const RunResult result = user.pfind(arguments);
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK(result.err.starts_with(damaged));
  }
}

TEST_CASE("pindex --check finds lists that do not agree with each other") {
  const IndexedNewsroom user;
  const std::string table = GENERATE("termlist", "postlist", "position");
  OtherNewsroom().give_table(table, user);
  CAPTURE(table);
  const RunResult result = user.pindex({"--check"});
  CHECK(result.status == 2);
  CHECK(lines_with(result.err, "pindex: damaged: ") > 0);
}

TEST_CASE("pindex and pfind say that the version file of an index is damaged") {
  const IndexedNewsroom user;
  const fs::path file = user.at(k_index + "/gen-1/iamglass");
  std::string bytes = bytes_of(file);
  constexpr std::size_t k_revision = 32; // behind magic, version and UUID; as a number of few bits it is one byte
  bytes.replace(k_revision, 1, "\xff\xff\xff\xff\x07");
  overwrite(file, bytes);
  const RunResult found = user.pfind({"patent"});
  CHECK(found.status == 2);
  CHECK(found.err == "pfind: cannot open the index " + user.at(k_index) +
                         ": The version file is not the one that was written; the index is damaged; pindex --check "
                         "--repair mends it\n");
  const RunResult check = user.pindex({"--check"}); // which does not count to that number of commits
  CHECK(check.status == 2);
  CHECK(check.err == "pindex: damaged: the index: cannot be read (The version file is not the one that was written)\n"
                     "pindex: 0 articles checked: the index " +
                         user.at(k_index) + " is damaged; pindex --check --repair mends it\n");
}

TEST_CASE("pindex does not write to an index of which it needs a damaged block") {
  const IndexedNewsroom user;
  const fs::path file = user.at(k_index + "/gen-1/docdata.glass");
  std::string bytes = bytes_of(file);
  constexpr std::size_t k_free = 2'000; // nobody but the sums would miss it
  bytes.at(k_free) ^= 1;
  overwrite(file, bytes);
  const std::string version = bytes_of(user.at(k_index + "/gen-1/iamglass"));
  user.article("new.txt", "Nokia and Oppo settle\n\nNokia and Oppo have settled.\n");
  const RunResult result = user.pindex({"--quiet", "articles"});
  CHECK(result.status == 2);
  CHECK(result.err == "pindex: cannot open the index " + user.at(k_index) +
                          ": Block 0 of docdata.glass is not what was written; the index is damaged; pindex --check "
                          "--repair mends it\n");
  CHECK(bytes_of(user.at(k_index + "/gen-1/iamglass")) == version);
}

TEST_CASE("pindex says where it cannot write the sums of what it wrote, and writes them the next time") {
  const IndexedNewsroom user;
  const fs::path in_the_way = user.at(k_index + "/gen-1/sums.new");
  fs::create_directory(in_the_way);
  user.article("new.txt", "Nokia and Oppo settle\n\nNokia and Oppo have settled.\n");
  const RunResult result = user.pindex({"articles"});
  CHECK(result.status == 0);
  CHECK(lines_with(result.err, "the sums of the blocks of") == 1);
  fs::remove(in_the_way);
  CHECK(lines_with(user.pindex({"articles"}).err, "the sums of the blocks of") == 0);
  CHECK(user.pindex({"--check", "--quiet"}).status == 0);
}

TEST_CASE("pindex --check names every damage in the report") {
  const IndexedNewsroom user;
  OtherNewsroom().give_table("docdata", user);
  CHECK(user.pindex({"--check", "--report", "report.jsonl"}).status == 2);
  const std::string report = user.shell("cat report.jsonl").out;
  CHECK(lines_with(report, R"("reason":"the stored text is not the one that was indexed","indexed":false})") == 4);
}

TEST_CASE("pindex --repair makes a damaged index anew from the files") {
  const IndexedNewsroom user;
  const std::string before = user.pfind({"--format", "json", "royalties"}).out;
  OtherNewsroom().give_table(GENERATE("docdata", "termlist", "position"), user);
  const RunResult result = user.pindex({"--check", "--repair"});
  CHECK(result.status == 0);
  CHECK(result.out ==
        "the index is made anew: 4 articles from files, 0 articles as they were stored, 0 articles lost; 4 "
        "articles in the index\n");
  check_run(user.pindex({"--check"}), 0, k_up_to_date + k_sound, "");
  CHECK(user.pfind({"--format", "json", "royalties"}).out == before);
}

TEST_CASE("pindex --repair takes articles whose files are gone as they were stored") {
  const IndexedNewsroom user;
  const std::string before = user.pfind({"--format", "json", "patent"}).out;
  OtherNewsroom().give_table("position", user);
  fs::rename(user.at("articles"), user.at("elsewhere"));
  const RunResult result = user.pindex({"--check", "--repair"});
  CHECK(result.status == 0);
  CHECK(result.out ==
        "the index is made anew: 0 articles from files, 4 articles as they were stored, 0 articles lost; 4 "
        "articles in the index\n");
  CHECK(user.pfind({"--format", "json", "patent"}).out == before);
  fs::rename(user.at("elsewhere"), user.at("articles"));
  check_run(user.pindex({"--check"}), 0, k_up_to_date + k_sound, "");
}

TEST_CASE("pindex --repair names the articles that are lost") {
  const IndexedNewsroom user;
  OtherNewsroom().give_table("docdata", user);
  fs::remove(user.at("articles/deal.txt"));
  const RunResult result = user.pindex({"--repair"});
  CHECK(result.status == 2);
  CHECK(result.out ==
        "the index is made anew: 3 articles from files, 0 articles as they were stored, 1 article lost; 3 "
        "articles in the index\n");
  CHECK(lines_with(result.err, "pindex: lost: article ") == 1);
  CHECK(lines_with(result.err, " of " + user.at("articles/deal.txt") + ": its file is out of reach") == 1);
  CHECK(user.pindex({"--check"}).status == 0);
}

TEST_CASE("pindex --repair puts back a stub file that names no database") {
  const IndexedNewsroom user;
  overwrite(user.at(k_index + "/XAPIANDB"), "auto gen");
  CHECK(user.pfind({"royalties"}).status == 2);
  const RunResult check = user.pindex({"--check"});
  CHECK(check.status == 2);
  CHECK(check.err == "pindex: damaged: " + user.at(k_index) + "/XAPIANDB: does not name the index's database\n" +
                         "pindex: 4 articles checked: the index " + user.at(k_index) +
                         " is damaged; pindex --check --repair mends it\n");
  CHECK(user.pindex({"--repair"}).status == 0);
  check_run(user.pindex({"--check"}), 0, k_up_to_date + k_sound, "");
}

TEST_CASE("an index whose stub file is lost is found again by the next run") {
  const IndexedNewsroom user;
  fs::remove(user.at(k_index + "/XAPIANDB"));
  const RunResult result = user.pindex({"articles"});
  CHECK(result.status == 0);
  CHECK(result.out.find("0 added, 0 changed, 0 removed, 4 unchanged") == 0);
  CHECK(user.pindex({"--check", "--quiet"}).status == 0);
}

TEST_CASE("an index whose stub file names another generation than there is keeps its articles") {
  const IndexedNewsroom user;
  overwrite(user.at(k_index + "/XAPIANDB"), "auto gen-3\n");
  fs::remove_all(user.at("articles"));
  CHECK(user.pindex({"--check"}).status == 2);
  SECTION("when it is repaired") { CHECK(user.pindex({"--check", "--repair"}).status == 0); }
  SECTION("when it is to be made anew and cannot be") { CHECK(user.pindex({"--rebuild", "articles"}).status != 0); }
  CHECK(user.pfind({"--count", "patent"}).status == 0);
  CHECK(user.pindex({"--check", "--quiet"}).status == 0);
}

TEST_CASE("pindex --repair needs to be told where the articles are if nothing of the index can be read") {
  const IndexedNewsroom user;
  overwrite(user.at(k_index + "/gen-1/iamglass"), "damaged");
  const RunResult result = user.pindex({"--repair"});
  CHECK(result.status == 2);
  CHECK(result.err.ends_with("pindex: nothing of the index " + user.at(k_index) +
                             " can be read; name the articles: pindex --repair PATH...\n"));
  CHECK(user.pindex({"--repair", "articles"}).status == 0);
  check_run(user.pindex({"--check"}), 0, k_up_to_date + k_sound, "");
}
