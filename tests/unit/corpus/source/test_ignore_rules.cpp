#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "corpus/source/ignore_rules.hpp"
#include "corpus/source/scan.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;
using namespace pfind::tests;

namespace {

std::set<std::string> scanned(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const SourceFile& file : scan({folder.string()}, {})) names.insert(file.path.substr(folder.string().size() + 1));
  return names;
}

std::set<std::string> kept_by_git(const std::filesystem::path& folder) {
  const RunResult result =
      run({"git", "ls-files", "-o", "-z", "--exclude-per-directory=.pfindignore"},
          {.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", folder.string()}}, .directory = folder.string()});
  REQUIRE(result.status == 0);
  std::set<std::string> names;
  std::string_view rest = result.out;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\0');
    std::string name(rest.substr(0, end));
    if (!name.ends_with(k_ignore_file)) names.insert(std::move(name));
    rest.remove_prefix(end + 1);
  }
  return names;
}

/// Whether two stars stand behind something other than a slash. Git takes those behind plain letters for folders, which
/// its manual denies.
bool has_inner_stars(std::string_view line) {
  const std::size_t at = line.find("**");
  return at != std::string_view::npos &&
         (at > 0 ? line[at - 1] != '/' || has_inner_stars(line.substr(at + 2)) : has_inner_stars(line.substr(2)));
}

} // namespace

TEST_CASE("an ignore file excludes files and folders, and takes some back") {
  const TempDir dir;
  for (const char* name : {"a.txt", "b.log", "keep.log", "drafts/x.txt", "sub/drafts/y.txt", "sub/b.log", "top/z.txt",
                           "sub/top/z.txt", "#odd.txt", "!odd.txt", "deep/1/2/old.txt", "old.txt"})
    dir.write(name, "text");
  dir.write(".pfindignore", "# comment\n*.log\n!keep.log\ndrafts/\n/top\n\\#odd.txt\n\\!odd.txt\ndeep/**/old.txt\r\n");
  dir.write("sub/.pfindignore", "!b.log\n");
  CHECK(scanned(dir.path()) == std::set<std::string>{"a.txt", "keep.log", "old.txt", "sub/b.log", "sub/top/z.txt"});
  CHECK(scanned(dir.path() / "drafts") == std::set<std::string>{"x.txt"}); // given itself
}

TEST_CASE("a scan tells what was ignored, and leaves a folder alone whose ignore file cannot be read") {
  const TempDir dir;
  dir.write("a.txt", "text");
  dir.write("b.txt", "text");
  dir.write(".pfindignore", "b.txt\n");
  dir.write("bad/c.txt", "text");
  dir.write("bad/.pfindignore/d.txt", "a folder of that name");
  dir.write("nul/e.txt", "text");
  dir.write("nul/.pfindignore", std::string_view("a\0b", 3));
  std::vector<std::string> problems;
  std::vector<std::string> ignored;
  const auto files =
      scan({dir.path().string()}, {.problem = [&](const Problem& p) { problems.push_back(p.path + ": " + p.reason); },
                                   .ignored = [&](const std::string& path) { ignored.push_back(path); }});
  REQUIRE(files.size() == 1);
  CHECK(files.front().path == (dir.path() / "a.txt").string());
  CHECK(ignored == std::vector{(dir.path() / "b.txt").string()});
  std::sort(problems.begin(), problems.end());
  REQUIRE(problems.size() == 2);
  CHECK(problems[0] ==
        (dir.path() / "bad").string() + ": .pfindignore is a directory; nothing in the folder is read or removed");
  CHECK(problems[1] == (dir.path() / "nul").string() +
                           ": .pfindignore is too long or holds NUL bytes; nothing in the folder is read or removed");
}

TEST_CASE("random ignore files mean what they mean to git") {
  if (run({"git", "--version"}).status != 0) {
    WARN("git is not installed; not compared with it");
    return;
  }
  const int k_trials = 150;
  std::mt19937 random(20240312);
  const auto one_of = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  const std::vector<std::string> parts{"a", "b", "ab", "a.txt", "b b", "x#", "!n", "c[d]"};
  const std::vector<std::string> pieces{"a",    "b", "*",   "?",      "/",  "/",           "**", "**/", "/**", ".txt",
                                        "[ab]", " ", "\\ ", "[!a-c]", "\\", "[[:alpha:]]", "[",  "#",   "x",   "ab"};
  for (int trial = 0; trial < k_trials; ++trial) {
    const TempDir dir;
    REQUIRE(run({"git", "init", "-q", dir.path().string()}, {.environment = {{"PATH", "/usr/bin:/bin"}}}).status == 0);
    std::string told;
    const auto write_rules = [&](const std::string& folder) {
      std::string text;
      for (std::size_t lines = 1 + random() % 4; lines > 0; --lines) {
        std::string line;
        for (std::size_t n = 1 + random() % 4; n > 0; --n) line += one_of(pieces);
        if (has_inner_stars(line)) continue;
        text += (random() % 4 == 0 ? "!" : "") + line;
        text += random() % 8 == 0 ? "\r\n" : "\n";
      }
      dir.write(folder + ".pfindignore", text);
      told += folder + ":\n" + text;
    };
    for (int i = 0; i < 30; ++i) {
      std::filesystem::path path;
      for (std::size_t depth = random() % 4; depth > 0; --depth) path /= one_of(parts);
      path /= one_of(parts);
      // What is a file already can be no folder, and the other way round.
      bool blocked = std::filesystem::is_directory(dir.path() / path);
      for (auto up = path.parent_path(); !up.empty(); up = up.parent_path())
        blocked = blocked || std::filesystem::is_regular_file(dir.path() / up);
      if (!blocked) dir.write(path, "text");
    }
    write_rules("");
    for (const std::string folder : {"a/", "a/b/", "ab/"}) {
      if (std::filesystem::is_directory(dir.path() / folder)) write_rules(folder);
    }
    INFO("trial " << trial << "\n" << told);
    REQUIRE(scanned(dir.path()) == kept_by_git(dir.path()));
  }
}
