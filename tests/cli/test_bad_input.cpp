#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <sstream>
#include <unistd.h>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

const std::string k_index = ".local/share/pfind/index";

/// Indexes a folder that holds one good article and what `make_bad` puts there; the good one must be found, and the bad
/// one be reported as `problem` (behind its path).
void check_skipped(const std::function<void(const Workspace&, const std::string& path)>& make_bad,
                   const std::string& name, const std::string& problem) {
  CAPTURE(name);
  const Workspace user;
  user.article("good.txt", "A good headline\n\nA text about royalties that is long enough.\n");
  make_bad(user, user.at("articles/" + name));
  check_run(user.pindex({"articles"}), 0,
            "1 added, 0 changed, 0 removed, 0 unchanged, 1 skipped; 1 article in the index\n",
            "pindex: skipped " + user.at("articles/" + name) + problem + "\n");
  CHECK(user.pfind({"--count", "royalties"}).out == "1\n");
}

/// Damages an indexed newsroom's index; both programs must say `problem`, and a rebuild must mend it.
void check_damage(const std::function<void(const fs::path& generation)>& damage, const std::string& problem) {
  const IndexedNewsroom user;
  damage(user.at(k_index + "/gen-1"));
  const std::string index = user.at(k_index);
  check_run(user.pfind({"patent"}), 2, "", "pfind: cannot open the index " + index + ": " + problem + "\n");
  check_run(user.pindex({"articles"}), 2, "", "pindex: cannot open the index " + index + ": " + problem + "\n");
  CHECK(user.pindex({"--rebuild", "articles"}).status == 0);
  CHECK(user.pfind({"--count", "patent"}).out == "3\n");
}

bool holds_controls(const std::string& text) {
  return text.find('\x1b') != std::string::npos || text.find('\x07') != std::string::npos;
}

} // namespace

TEST_CASE("an empty file is skipped") {
  check_skipped([](const Workspace&, const std::string& path) { std::ofstream{path}; }, "empty.txt",
                ": the file is empty; it holds no article");
}

TEST_CASE("a binary file is skipped") {
  check_skipped(
      [](const Workspace&, const std::string& path) {
        std::string bytes;
        for (int i = 0; i < 5000; ++i) bytes += static_cast<char>(i * 7919 >> 3);
        std::ofstream(path, std::ios::binary) << bytes;
      },
      "picture.txt", ": looks like binary data, not an article; remove it or convert it to text");
}

TEST_CASE("a file of 200 MB is skipped") {
  check_skipped(
      [](const Workspace&, const std::string& path) {
        std::ofstream(path) << "Headline\n\nText.\n";
        fs::resize_file(path, 200u << 20); // sparse
      },
      "huge.txt", ": looks like binary data, not an article; remove it or convert it to text");
  check_skipped(
      [](const Workspace& user, const std::string& path) {
        CHECK(user.shell("yes 'A long line of text about nothing.' | head -c 40000000 >" + path).status == 0);
      },
      "long.txt", ": is larger than the 33,554,432 bytes allowed for an article; split it, or turn it into JSON lines");
}

TEST_CASE("what is no file is skipped") {
  check_skipped([](const Workspace&, const std::string& path) { fs::create_symlink("nowhere", path); }, "link.txt",
                ": the link leads nowhere: No such file or directory");
  check_skipped([](const Workspace& user, const std::string& path) { user.shell("mkfifo " + path); }, "pipe.txt",
                ": not a regular file but a pipe, socket or device; skipped");
}

TEST_CASE("an unreadable file or folder is skipped") {
  if (::geteuid() == 0) return; // root reads everything
  check_skipped(
      [](const Workspace&, const std::string& path) {
        std::ofstream(path) << "Headline\n\nText.\n";
        fs::permissions(path, fs::perms::none);
      },
      "secret.txt", ": cannot be opened: Permission denied");
  check_skipped(
      [](const Workspace&, const std::string& path) {
        fs::create_directory(path);
        fs::permissions(path, fs::perms::none);
      },
      "secrets", ": the directory cannot be read: Permission denied");
}

TEST_CASE("a broken line of JSON costs only itself") {
  const Workspace user;
  user.article("feed.jsonl", "{\"title\":\"One\",\"body\":\"Royalties rise.\"}\n{\"title\":\"Two\n"
                             "{\"title\":\"Three\",\"body\":\"Royalties fall.\"}\n");
  const RunResult result = user.pindex({"articles/feed.jsonl"});
  CHECK(result.status == 0);
  CHECK(result.out == "2 added, 0 changed, 0 removed, 0 unchanged, 1 skipped; 2 articles in the index\n");
  CHECK(result.err.find("pindex: skipped " + user.at("articles/feed.jsonl") + ", line 2: is not valid JSON") == 0);
  CHECK(user.pfind({"--count", "royalties"}).out == "2\n");
}

TEST_CASE("an article with an impossible date is indexed without one") {
  const Workspace user;
  user.article("a.md", "---\ntitle: One\ndate: 2023-13-45\n---\nRoyalties rise, the paper says.\n");
  check_run(user.pindex({"articles"}), 0,
            "1 added, 0 changed, 0 removed, 0 unchanged, 0 skipped, 1 notice; 1 article in the index\n",
            "pindex: " + user.at("articles/a.md") +
                ": date \"2023-13-45\" is not a date; the article is indexed without one\n");
}

TEST_CASE("texts in other encodings are read as what they are") {
  const Workspace user;
  user.article("latin1.txt",
               "Caf\xe9 Z\xfcrich\n\nDas Caf\xe9 in Z\xfcrich hat f\xfcr \xd6l und Geb\xfchren gezahlt.\n");
  user.article("broken.txt", "Broken \xff\xfe bytes\n\nA text with \xc3 broken bytes about royalties and more.\n");
  const RunResult result = user.pindex({"articles"});
  CHECK(result.status == 0);
  CHECK(user.pfind({"--format", "paths", "Zürich"}).out == user.at("articles/latin1.txt") + "\n");
  CHECK(user.pfind({"--format", "paths", "royalties"}).out == user.at("articles/broken.txt") + "\n");
}

TEST_CASE("unknown fields and impossible dates of a query are read as words, with a notice") {
  const IndexedNewsroom user;
  const RunResult field = user.pfind({"colour:patent"});
  CHECK(field.err.find("pfind: There is no field \"colour\", so it was read as plain words") == 0);
  const RunResult date = user.pfind({"date:2023-13"});
  CHECK(date.err.find("pfind: \"2023-13\" is no date, so it was read as plain words") == 0);
}

TEST_CASE("a path that is not there is named, the others are indexed, the status tells") {
  const Newsroom user;
  check_run(user.pindex({"none", "articles"}), 2,
            "4 added, 0 changed, 0 removed, 0 unchanged, 1 skipped; 4 articles in the index\n",
            "pindex: skipped " + user.at("none") + ": no such file or directory\n");
}

TEST_CASE("ten problems are named, the others counted") {
  const Workspace user;
  for (int i = 0; i < 12; ++i) user.article("empty" + std::to_string(i) + ".txt", "");
  const RunResult result = user.pindex({"articles"});
  CHECK(result.status == 0);
  CHECK(result.err.ends_with("pindex: 2 problems more; --verbose or --report FILE names them all\n"));
}

TEST_CASE("without an index pfind says how to make one") {
  const Workspace user;
  check_run(user.pfind({"patent"}), 2, "",
            "pfind: there is no index at " + user.at(k_index) + "; make one with pindex PATH...\n");
  check_run(user.pfind({"--index", "mine", "patent"}), 2, "",
            "pfind: there is no index at mine; make one with pindex PATH...\n");
}

TEST_CASE("what is no index is left alone") {
  const Newsroom user;
  check_run(user.pfind({"--index", "articles", "x"}), 2, "",
            "pfind: articles is not an index of pfind; make one with pindex, or choose another --index\n");
  check_run(user.pindex({"--index", "articles", "articles"}), 2, "",
            "pindex: articles is not empty and not an index of pfind; choose another --index\n");
  check_run(user.pindex({"--index", "articles/deal.txt", "articles"}), 2, "",
            "pindex: cannot make the index directory articles/deal.txt: Not a directory; choose another --index\n");
  CHECK(std::distance(fs::directory_iterator(user.at("articles")), {}) == 3);
}

TEST_CASE("an index of another program is refused") {
  const Workspace user;
  fs::create_directory(user.at("foreign"));
  std::ofstream(user.at("foreign/XAPIANDB")) << "auto somewhere\n";
  const std::string problem = ": foreign/XAPIANDB names no database of pfind: foreign is damaged or another program's; "
                              "remove that file and run pindex again, or choose another --index\n";
  check_run(user.pfind({"--index", "foreign", "x"}), 2, "", "pfind" + problem);
  check_run(user.pindex({"--index", "foreign", "."}), 2, "", "pindex" + problem);
}

TEST_CASE("a damaged index is named, and a rebuild mends it") {
  check_damage([](const fs::path& generation) { fs::resize_file(generation / "iamglass", 10); },
               "Couldn't read enough (EOF); the index is damaged; pindex --check --repair mends it");
  check_damage([](const fs::path& generation) { std::ofstream(generation / "iamglass") << std::string(100, 'x'); },
               "Rev file magic incorrect; the index is damaged; pindex --check --repair mends it");
}

TEST_CASE("where nothing can be written pindex says so and ends with status 2") {
  const Newsroom user;
  check_run(user.pindex({"--index", "/proc/pfind-index", "articles"}), 2, "",
            "pindex: cannot make the index directory /proc/pfind-index: No such file or directory; choose another "
            "--index\n");
  check_run(user.pindex({"--report", "none/report", "articles"}), 2, "",
            "pindex: cannot write the report none/report: No such file or directory\n");
  CHECK_FALSE(fs::exists(user.at(".local")));
}

TEST_CASE("messages that cannot be written change nothing else") {
  const IndexedNewsroom user;
  check_run(user.shell("pfind --no-such-option 2>/dev/full"), 2, "", "");
  check_run(user.shell("pindex --no-such-option 2>/dev/full"), 2, "", "");
  check_run(user.shell("pindex --verbose --rebuild articles 2>/dev/full"), 0,
            "4 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; 4 articles in the index\n", "");
}

TEST_CASE("a full disk is no reason to be silent") {
  const IndexedNewsroom user;
  const std::string full = ": cannot write to standard output: No space left on device\n";
  check_run(user.shell("pfind patent >/dev/full"), 2, "", "pfind" + full);
  check_run(user.shell("pfind --count patent >/dev/full"), 2, "", "pfind" + full);
  check_run(user.shell("pfind --help >/dev/full"), 2, "", "pfind" + full);
  check_run(user.shell("pfind --format json patent >/dev/full"), 2, "", "pfind" + full);
  check_run(user.shell("pindex articles >/dev/full"), 2, "", "pindex" + full);
  check_run(user.shell("pindex --print articles >/dev/full"), 2, "", "pindex" + full);
  check_run(user.shell("pindex --version >/dev/full"), 2, "", "pindex" + full);
  user.article("empty.txt", "");
  const RunResult report = user.pindex({"-q", "--report", "/dev/full", "articles"});
  CHECK(report.status == 2);
  CHECK(report.err.ends_with("pindex: cannot write the report /dev/full: No space left on device\n"));
}

TEST_CASE("a reader that closes the pipe has seen enough") {
  const IndexedNewsroom user;
  RunOptions closed = user.options();
  closed.output_closed = true;
  check_run(Workspace::pfind({"patent"}, closed), 0, "", "");
  check_run(Workspace::pfind({"--format", "json", "patent"}, closed), 0, "", "");
  check_run(Workspace::pindex({"articles"}, closed), 0, "", "");
  check_run(Workspace::pindex({"--print", "articles"}, closed), 0, "", "");
  check_run(Workspace::pindex({"--help"}, closed), 0, "", "");
  check_run(user.shell("pfind patent | head -1 | wc -l; echo ${PIPESTATUS[0]}"), 0, "1\n0\n", "");
}

TEST_CASE("any text at all is answered, with a notice in one line where something was assumed") {
  const IndexedNewsroom user;
  const auto many = [](std::string_view piece, std::size_t times) {
    std::string text;
    while (times-- > 0) text += piece;
    return text;
  };
  for (const std::string& query : {std::string("the of and"),
                                   std::string("?! -- ..."),
                                   std::string("\"patent"),
                                   std::string("((patent"),
                                   std::string("patent))"),
                                   std::string("colour:red"),
                                   std::string("patent \x01\x02\x7F\n"),
                                   std::string("\xFF\xC3( patent \xED\xA0\x80"),
                                   std::string("title:"),
                                   std::string("company:*"),
                                   many("a", 10'000),
                                   many("a*", 5'000) + 'b',
                                   many("*a* ", 5'000),
                                   many("a-", 5'000),
                                   many("(", 5'000) + "patent" + many(")", 5'000),
                                   many("patent ", 15'000),
                                   many("the ", 20'000),
                                   many("AND OR NOT NEAR SENTENCE ATLEAST/2 ", 3'000),
                                   many("patent OR ", 10'000),
                                   many("patent near/5 ", 5'000),
                                   many("patent SENTENCE ", 5'000),
                                   many("ATLEAST/2 patent ", 5'000),
                                   many("\"of the\" ", 10'000),
                                   many("company:x ", 10'000),
                                   many("date:2023-13 ", 5'000),
                                   many("=patent OR ", 5'000),
                                   many("-x ", 30'000),
                                   many("\u534E\u4E3A", 10'000)}) {
    CAPTURE(query.substr(0, 60));
    const RunResult result = user.pfind({"--count", "--", query});
    CHECK((result.status == 0 || result.status == 1));
    CHECK(result.out.find_first_not_of("0123456789\n") == std::string::npos);
    std::istringstream notices(result.err);
    for (std::string line; std::getline(notices, line);) {
      CHECK(line.starts_with("pfind: "));
      CHECK(line.size() < 500);
    }
  }
}

TEST_CASE("control characters of articles, names and arguments never reach the terminal") {
  const Workspace user;
  user.article("a.html",
               "<html><head><title>Evil\x1b]0;pwned\x07 \x1b[31mred</title></head><body><p>Nokia \x1b[2J says "
               "that royalties fall again this year.</p></body></html>");
  user.article("ev\x1b[31mil.txt", "A headline\n\nA text about licences of Nokia that is long enough.\n");
  user.article("em\x1b]0;pwned\x07pty.txt", "");
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"-v", "articles"},
                                                                     {"--print", "articles"},
                                                                     {"ar\x1b[31m"},
                                                                     {"--index", "x\x1b[31m/y\x07", "articles"},
                                                                     {"--bo\x1b[31mgus"},
                                                                     {"--names", "\x1b[31m", "articles"},
                                                                     {"--jobs", "\x1b[31m", "articles"}}) {
    const RunResult result = user.pindex(arguments);
    CHECK_FALSE(holds_controls(result.out));
    CHECK_FALSE(holds_controls(result.err));
  }
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"nokia"},
                                                                     {"--format", "json", "nokia"},
                                                                     {"--format", "jsonl", "nokia"},
                                                                     {"--format", "csv", "nokia"},
                                                                     {"--explain", "nokia \x1b[31mred"},
                                                                     {"\x1b[31m\x07"},
                                                                     {"colour\x1b[31m:x"},
                                                                     {"--company", "\x1b[31m"},
                                                                     {"--show", "articles/a.html"},
                                                                     {"--show", "\x1b[31m"},
                                                                     {"--similar", "\x1b[31m"},
                                                                     {"--list", "company:\x1b[31m"},
                                                                     {"--list", "\x1b[31m"},
                                                                     {"--bo\x1b[31mgus"},
                                                                     {"--index", "\x1b[31m", "x"},
                                                                     {"--sort", "\x1b[31m", "x"}}) {
    CAPTURE(arguments);
    const RunResult result = user.pfind(arguments);
    CHECK_FALSE(holds_controls(result.out));
    CHECK_FALSE(holds_controls(result.err));
  }
}
