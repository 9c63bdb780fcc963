#include <catch2/catch.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

#include "common/glass_format.hpp"
#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;
namespace glass = pfind::glass;
namespace fs = std::filesystem;

namespace {

const std::string k_index = ".local/share/pfind/index";

std::string found(const Workspace& user, const std::string& index) {
  return user.pfind({"--index", index, "--format", "json", "--facets", "company,year", "patent"}).out;
}

/// The generations in an index's directory, and whatever else is in it.
std::vector<std::string> parts(const std::string& index) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(index)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

} // namespace

TEST_CASE("pindex --backup writes a copy that is an index, for its owner alone") {
  const IndexedNewsroom user;
  const RunResult result = user.pindex({"--backup", "saved/monday"});
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  CHECK(result.out.starts_with("backup written to saved/monday: 4 articles, "));
  CHECK(found(user, "saved/monday") == found(user, k_index));
  CHECK(fs::status(user.at("saved/monday")).permissions() == fs::perms::owner_all);
  CHECK(user.pindex({"--index", "saved/monday", "--check"}).status == 0);
  CHECK(parts(user.at("saved/monday")) == std::vector<std::string>{"XAPIANDB", "gen-1", "lock"});
  CHECK(fs::exists(user.at("saved/monday/gen-1/sums")));
}

TEST_CASE("pindex --backup replaces an earlier one only when told to") {
  const IndexedNewsroom user;
  CHECK(user.pindex({"--quiet", "--backup", "saved"}).status == 0);
  fs::remove(user.at("articles/feed.jsonl"));
  CHECK(user.pindex({"--quiet"}).status == 0);
  check_run(user.pindex({"--backup", "saved"}), 2, "",
            "pindex: there is an index at saved already; --replace replaces it by the new backup\n");
  CHECK(user.pfind({"--index", "saved", "--count", "*"}).out == "4\n");
  CHECK(user.pindex({"--quiet", "--backup", "saved", "--replace"}).status == 0);
  CHECK(user.pfind({"--index", "saved", "--count", "*"}).out == "2\n");
  CHECK(parts(user.at("saved")) == std::vector<std::string>{"XAPIANDB", "gen-2", "lock"});
}

TEST_CASE("pindex --backup leaves alone what is no index") {
  const IndexedNewsroom user;
  const RunResult result = user.pindex({"--backup", "articles", "--replace"});
  check_run(result, 2, "", "pindex: articles is not empty and not an index of pfind; choose another --index\n");
  check_run(user.pindex({"--backup", k_index}), 2, "",
            "pindex: " + k_index + " is the index itself; name another directory\n");
  check_run(user.pindex({"--backup", k_index, "--replace"}), 2, "",
            "pindex: " + k_index + " is the index itself; name another directory\n");
}

TEST_CASE("pindex --backup needs an index") {
  const Newsroom user;
  check_run(user.pindex({"--backup", "saved"}), 2, "", "pindex: there is no index at " + user.at(k_index) + "\n");
  check_run(user.pindex({"--restore", "saved"}), 2, "", "pindex: there is no backup at saved\n");
  CHECK_FALSE(fs::exists(user.at("saved")));
  CHECK_FALSE(fs::exists(user.at(".local")));
}

TEST_CASE("pindex --restore puts a backup in the place of an index that is gone") {
  const IndexedNewsroom user;
  const std::string before = found(user, k_index);
  CHECK(user.pindex({"--quiet", "--backup", "saved"}).status == 0);
  fs::remove_all(user.at(k_index));
  const RunResult result = user.pindex({"--restore", "saved"});
  CHECK(result.status == 0);
  CHECK(result.out.starts_with("index restored from saved: 4 articles, "));
  CHECK(found(user, k_index) == before);
  check_run(user.pindex({}), 0, "0 added, 0 changed, 0 removed, 4 unchanged, 0 skipped; 4 articles in the index\n", "");
}

TEST_CASE("pindex --restore replaces an index only when told to") {
  const IndexedNewsroom user;
  CHECK(user.pindex({"--quiet", "--backup", "saved"}).status == 0);
  CHECK(user.pindex({"--forget", "articles/feed.jsonl"}).status == 0);
  check_run(user.pindex({"--restore", "saved"}), 2, "",
            "pindex: there is an index at " + user.at(k_index) +
                " already; --replace replaces it by the one from the backup\n");
  CHECK(user.pfind({"--count", "*"}).out == "2\n");
  CHECK(user.pindex({"--quiet", "--restore", "saved", "--replace"}).status == 0);
  CHECK(user.pfind({"--count", "*"}).out == "4\n");
}

TEST_CASE("pindex --restore replaces an index that is damaged") {
  const IndexedNewsroom user;
  CHECK(user.pindex({"--quiet", "--backup", "saved"}).status == 0);
  const std::string damaged = GENERATE("XAPIANDB", "gen-1/iamglass");
  std::ofstream(user.at(k_index + "/" + damaged), std::ios::trunc) << "damaged";
  CHECK(user.pfind({"--count", "*"}).status == 2);
  const RunResult result = user.pindex({"--quiet", "--restore", "saved", "--replace"});
  CAPTURE(damaged, result.err);
  CHECK(result.status == 0);
  CHECK(user.pfind({"--count", "*"}).out == "4\n");
}

TEST_CASE("no copy is made of tables that are not what was written") {
  const IndexedNewsroom user;
  const auto table =
      GENERATE(glass::Table::postlist, glass::Table::docdata, glass::Table::termlist, glass::Table::position);
  const fs::path generation = user.at(k_index + "/gen-1");
  const glass::Root root = glass::read_version(generation)->root(table);
  const fs::path path = glass::table_file(generation, table);
  CAPTURE(path);
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  const auto last = static_cast<std::streamoff>((root.block + 1) * root.block_units * glass::k_block_unit - 1);
  file.seekg(last); // in the item that stands last in the block
  const auto byte = static_cast<char>(file.get() ^ 1);
  file.seekp(last);
  file.put(byte);
  file.close();
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--backup", "saved"}, std::vector<std::string>{"--compact"}}) {
    const RunResult result = user.pindex(arguments);
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK(result.err.find("is damaged; pindex --check --repair mends it") != std::string::npos);
  }
  CHECK_FALSE(fs::exists(user.at("saved/XAPIANDB")));
  const RunResult check = user.pindex({"--check"});
  CHECK(check.status == 2);
  CHECK(check.err.find(fmt::format("pindex: damaged: the tables: block {} of {} is not what was written\n", root.block,
                                   path.filename().string())) != std::string::npos);
}

TEST_CASE("pindex --compact keeps what the index says and says what it saved") {
  const IndexedNewsroom user;
  const std::string before = found(user, k_index);
  const RunResult result = user.pindex({"--compact"});
  CHECK(result.status == 0);
  CHECK(result.out.starts_with("index compacted: 4 articles, "));
  CHECK(found(user, k_index) == before);
  CHECK(parts(user.at(k_index)) == std::vector<std::string>{"XAPIANDB", "gen-2", "lock"});
  check_run(user.pindex({}), 0, "0 added, 0 changed, 0 removed, 4 unchanged, 0 skipped; 4 articles in the index\n", "");
}

TEST_CASE("a backup that would fill the disk ends with one line and leaves nothing") {
  const IndexedNewsroom user;
  const RunResult result = user.shell("ulimit -f 4; pindex --backup saved"); // KiB a file; a block has eight
  CHECK(result.status == 2);
  CHECK(result.err.starts_with("pindex: cannot copy the index "));
  CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  CHECK(parts(user.at("saved")) == std::vector<std::string>{"lock"});
  CHECK(user.pindex({"--quiet", "--backup", "saved"}).status == 0);
}

TEST_CASE("options about the whole index take no path and do not go together") {
  const IndexedNewsroom user;
  check_run(user.pindex({"--compact", "articles"}), 2, "",
            "pindex: --compact takes no PATH (articles): it is about the whole index\n");
  check_run(user.pindex({"--backup", "a", "--restore", "b"}), 2, "",
            "pindex: --backup and --restore do not go together\n");
  check_run(user.pindex({"--backup", ""}), 2, "", "pindex: --backup needs the directory of a backup\n");
  check_run(user.pindex({"--replace"}), 2, "", "pindex: --replace goes with --backup or --restore\n");
}
