#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "common/error.hpp"
#include "common/index_files.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using pfind::tests::TempDir;
namespace fs = std::filesystem;

TEST_CASE("generations are numbered in their names") {
  CHECK(index_files::generation("/i", 12) == "/i/gen-12");
  CHECK(index_files::generation_number("gen-12") == 12U);
  CHECK_FALSE(index_files::generation_number("gen-"));
  CHECK_FALSE(index_files::generation_number("gen-1x"));
  CHECK_FALSE(index_files::generation_number("gen--1"));
  CHECK_FALSE(index_files::generation_number("gen-99999999999"));
  CHECK_FALSE(index_files::generation_number("generation-1"));
}

TEST_CASE("what belongs to an index is known by name") {
  for (const char* name : {"XAPIANDB", "XAPIANDB.new", "lock", "gen-1"}) CHECK(index_files::is_part(name));
  for (const char* name : {"", "lock.txt", "gen-x", "article.txt"}) CHECK_FALSE(index_files::is_part(name));
}

TEST_CASE("publishing makes a generation the live one") {
  const TempDir index;
  CHECK_FALSE(index_files::live_generation(index.path()));
  index_files::publish(index.path(), 1);
  CHECK(index_files::live_generation(index.path()) == 1U);
  index_files::publish(index.path(), 27);
  CHECK(index_files::live_generation(index.path()) == 27U);
  CHECK_FALSE(std::filesystem::exists(index.path() / "XAPIANDB.new"));
}

TEST_CASE("what interrupted writers left is removed, and nothing else") {
  const TempDir index;
  for (const char* directory : {"gen-1", "gen-2", "gen-3", "other"}) fs::create_directory(index.path() / directory);
  for (const char* file : {"XAPIANDB", "XAPIANDB.new", "lock"}) index.write(file, "");
  index_files::remove_remains(index.path(), 2);
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(index.path())) left.insert(entry.path().filename().string());
  CHECK(left == std::set<std::string>{"XAPIANDB", "gen-2", "lock", "other"});
}

TEST_CASE("no live generation where there is no directory, or a file in its place") {
  const TempDir dir;
  CHECK_FALSE(index_files::live_generation(dir.path() / "missing"));
  CHECK_FALSE(index_files::live_generation(dir.write("file", "x")));
}

TEST_CASE("a stub file that is not ours is an error that names it") {
  const TempDir index;
  index.write("XAPIANDB",
              GENERATE("", "\n", "auto gen-", "auto gen-1x\n", "auto /srv/other\n", "remote host:1\n", "\xff\xfe"));
  CHECK_THROWS_AS(index_files::live_generation(index.path()), IndexError);
  CHECK_THROWS_WITH(index_files::live_generation(index.path()), Catch::Contains((index.path() / "XAPIANDB").string()));
}

TEST_CASE("a stub file that is a directory is an error with its reason") {
  const TempDir index;
  std::filesystem::create_directory(index.path() / "XAPIANDB");
  CHECK_THROWS_WITH(index_files::live_generation(index.path()), Catch::Contains("Is a directory"));
}

TEST_CASE("publishing into a directory that is gone is an error") {
  const TempDir dir;
  CHECK_THROWS_AS(index_files::publish(dir.path() / "missing", 1), IndexError);
}

TEST_CASE("the default index follows the XDG base directories") {
  CHECK(index_files::default_index("/data", "/home/u") == "/data/pfind/index");
  CHECK(index_files::default_index(nullptr, "/home/u") == "/home/u/.local/share/pfind/index");
  CHECK(index_files::default_index("relative", "/home/u") == "/home/u/.local/share/pfind/index");
  CHECK_THROWS_AS(index_files::default_index(nullptr, nullptr), UsageError);
  CHECK_THROWS_AS(index_files::default_index("", ""), UsageError);
}
