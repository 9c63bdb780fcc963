#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/source/scan.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;
using pfind::tests::TempDir;
using Names = std::vector<std::string>;

namespace {

struct Result {
  std::vector<SourceFile> files;
  std::vector<Problem> problems;
};

Result scan_of(const Names& paths, std::size_t threads = 1) {
  Result result;
  result.files = scan(paths, {[&](Problem problem) { result.problems.push_back(std::move(problem)); }}, threads);
  return result;
}

Names names_of(const Result& result, const std::filesystem::path& base) {
  Names names;
  for (const SourceFile& file : result.files)
    names.push_back(std::filesystem::path(file.path).lexically_relative(base));
  return names;
}

} // namespace

TEST_CASE("files below a folder are found in the order of their bytes") {
  const TempDir dir;
  for (const std::string name : {"b.txt", "a/z.txt", "a.txt", "a/b/c.md", "B.txt", "é.txt", ".hidden", ".git/config"})
    dir.write(name, name);
  const auto result = scan_of({dir.path()});
  CHECK(names_of(result, dir.path()) == Names{"B.txt", "a.txt", "a/b/c.md", "a/z.txt", "b.txt", "é.txt"});
  CHECK(result.problems.empty());
  CHECK(result.files[1].size == 5);
  CHECK(result.files[1].mtime_ns > 0);
  CHECK(result.files[1].inode > 0);
}

TEST_CASE("files of folders whose names begin alike are found in the order of their bytes") {
  const TempDir dir;
  const Names names{"a!/x.txt",  "a-b/c/x.txt", "a-b/x.txt", "a.b/x.txt", "a/b!/x.txt",
                    "a/b/x.txt", "a/b0/x.txt",  "a0/x.txt",  "aa/x.txt",  "é/x.txt"};
  for (const std::string& name : names) dir.write(name, name);
  CHECK(names_of(scan_of({dir.path()}), dir.path()) == names);
  CHECK(names_of(scan_of({dir.path() / "a0", dir.path() / "a", dir.path() / "a-b"}), dir.path()) ==
        Names{"a-b/c/x.txt", "a-b/x.txt", "a/b!/x.txt", "a/b/x.txt", "a/b0/x.txt", "a0/x.txt"});
}

TEST_CASE("a path is normalised and a file named twice is found once") {
  const TempDir dir;
  const std::string file = dir.write("a/file.txt", "x");
  const std::string base = dir.path();
  const auto result = scan_of({base + "/./a//../a/", file, base});
  CHECK(names_of(result, dir.path()) == Names{"a/file.txt"});
}

TEST_CASE("links to files are followed, links to folders and into nowhere are not") {
  const TempDir dir;
  const auto file = dir.write("real/file.txt", "content");
  std::filesystem::create_symlink(file, dir.path() / "link.txt");
  std::filesystem::create_directory_symlink(dir.path(), dir.path() / "real" / "loop");
  std::filesystem::create_symlink(dir.path() / "missing", dir.path() / "broken");
  const auto result = scan_of({dir.path()});
  CHECK(names_of(result, dir.path()) == Names{"link.txt", "real/file.txt"});
  CHECK(result.files[0].size == 7);
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].path == (dir.path() / "broken").string());
  CHECK(scan_of({dir.path() / "real" / "loop"}).files.size() == 2);
}

TEST_CASE("what cannot be scanned is a problem and the scan goes on") {
  const TempDir dir;
  dir.write("good.txt", "x");
  const std::string pipe = dir.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const auto result = scan_of({dir.path() / "missing", "", dir.path()});
  CHECK(names_of(result, dir.path()) == Names{"good.txt"});
  REQUIRE(result.problems.size() == 3);
  CHECK(result.problems[0].reason == "no such file or directory");
  CHECK(result.problems[2].path == pipe);
  CHECK(result.problems[2].reason.find("not a regular file") != std::string::npos);
}

TEST_CASE("several threads find the same, and tell it in the same order") {
  const TempDir dir;
  for (int i = 0; i < 40; ++i) {
    const std::string folder = fmt::format("f{}/g{}-/h{}", i % 7, i % 5, i);
    dir.write(folder + "/a.txt", folder);
    std::filesystem::create_symlink(dir.path() / "missing", dir.path() / folder / "broken");
  }
  const auto alone = scan_of({dir.path()});
  const auto together = scan_of({dir.path()}, 8);
  CHECK(alone.files.size() == 40);
  CHECK(together.files == alone.files);
  const auto problems_of = [](const Result& result) {
    Names paths;
    for (const Problem& problem : result.problems) paths.push_back(problem.path);
    return paths;
  };
  CHECK(problems_of(alone).size() == 40);
  CHECK(problems_of(together) == problems_of(alone));
  CHECK(std::ranges::is_sorted(problems_of(alone)));
}

TEST_CASE("a folder that may not be read is a problem") {
  if (geteuid() == 0) return; // root may read everything
  const TempDir dir;
  dir.write("closed/file.txt", "x");
  dir.write("open.txt", "x");
  std::filesystem::permissions(dir.path() / "closed", std::filesystem::perms::none);
  const auto result = scan_of({dir.path()});
  std::filesystem::permissions(dir.path() / "closed", std::filesystem::perms::owner_all);
  CHECK(names_of(result, dir.path()) == Names{"open.txt"});
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].path == (dir.path() / "closed").string());
}
