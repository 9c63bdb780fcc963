// What must hold whoever else uses the index, whatever an article holds and however much is asked for.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <sys/resource.h>
#include <unistd.h>

#include "common/text/characters.hpp"
#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

const std::string k_index = ".local/share/pfind/index";
const std::string k_all_unchanged = "0 added, 0 changed, 0 removed, 4 unchanged, 0 skipped; 4 articles in the index\n";

/// Runs a script without the right to pass over permissions, which root has.
RunResult without_privileges(const Workspace& user, const std::string& script) {
  if (geteuid() != 0) return user.shell(script);
  std::ofstream(user.at("script")) << "pindex() { " PFIND_TESTS_PINDEX " \"$@\"; }; pfind() { " PFIND_TESTS_PFIND
                                      " \"$@\"; };\n"
                                   << script;
  return user.shell("exec setpriv --inh-caps=-all --bounding-set=-all bash script");
}

/// Whether all of a text is valid UTF-8 without characters that change how the text around them is shown.
bool is_harmless(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const pfind::text::Character c = pfind::text::character_at(text, at);
    if (!c.valid || (c.code_point != '\n' && pfind::text::is_control(c.code_point))) return false;
    at += c.bytes;
  }
  return true;
}

} // namespace

TEST_CASE("a pindex that was killed keeps nobody from writing") {
  const IndexedNewsroom user;
  for (int i = 0; i < 200; ++i)
    user.article("more" + std::to_string(i) + ".txt", "A headline\n\nA text about royalties.\n");
  // The messages fill the pipe or not; in any case it has the lock when the first of them comes.
  const RunResult result = user.shell(R"(
mkfifo messages
)" PFIND_TESTS_PINDEX R"( --verbose articles 2>messages >/dev/null & pid=$!
exec 3<messages
read -r first <&3
kill -KILL $pid
{ wait $pid; } 2>/dev/null
exec 3<&-
pindex --wait 0 --quiet articles)");
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  CHECK(user.pfind({"--count", "*"}).out == "204\n");
  CHECK(user.pindex({"--check", "--quiet"}).status == 0);
}

TEST_CASE("whatever writes to an index waits for another that does, and ends with status 75") {
  const IndexedNewsroom user;
  CHECK(user.pindex({"--quiet", "--backup", "saved"}).status == 0);
  const std::string locked = "pindex: another pindex is writing to the index ";
  const std::string later = "; try again when it has finished\n";
  for (const std::string what : {"--rebuild articles", "--forget articles", "--check", "--repair", "--compact",
                                 "--restore saved --replace", "articles"}) {
    CAPTURE(what);
    const RunResult result = user.shell("exec 9<" + k_index + "/lock; flock 9; pindex --wait 0 " + what);
    check_run(result, 75, "", locked + user.at(k_index) + later);
  }
  const RunResult backup = user.shell("exec 9<saved/lock; flock 9; pindex --wait 0 --backup saved --replace");
  check_run(backup, 75, "", locked + "saved" + later);
  const RunResult beside = user.shell("exec 9<" + k_index + "/lock; flock 9; pindex --wait 0 --quiet --backup other");
  check_run(beside, 0, "", "");
  CHECK(user.pfind({"--index", "other", "--count", "*"}).out == "4\n");
}

TEST_CASE("an index in a directory that cannot be written to can be searched and checked, not changed") {
  const IndexedNewsroom user;
  CHECK(user.shell("chmod -R a-w " + k_index).status == 0);
  const std::string index = user.at(k_index);
  check_run(without_privileges(user, "pfind --count patent"), 0, "3\n", "");
  const RunResult check = without_privileges(user, "pindex --check");
  CHECK(check.status == 0);
  CHECK(check.err.empty());
  check_run(without_privileges(user, "pindex articles"), 2, "",
            "pindex: cannot write to the index " + index +
                ": Permission denied; choose another --index or mend its permissions\n");
  CHECK(without_privileges(user, "pindex --quiet --backup saved").status == 0);
  CHECK(user.shell("chmod -R u+w " + k_index).status == 0);
}

TEST_CASE("another user's index is told apart from none and from a damaged one") {
  const IndexedNewsroom user;
  const std::string index = user.at(k_index);
  CHECK(user.shell("chmod 0 " + k_index).status == 0);
  const std::string cannot =
      "cannot open the index " + index + ": Permission denied; mend its permissions or choose another --index\n";
  check_run(without_privileges(user, "pfind patent"), 2, "", "pfind: " + cannot);
  check_run(without_privileges(user, "pindex articles"), 2, "", "pindex: " + cannot);
  check_run(without_privileges(user, "pindex --check"), 2, "", "pindex: " + cannot);
  check_run(without_privileges(user, "pindex --backup saved"), 2, "", "pindex: " + cannot);
  CHECK(user.shell("chmod 700 " + k_index).status == 0);
  check_run(user.pindex({"articles"}), 0, k_all_unchanged, "");
}

TEST_CASE("on a read-only file system an index can be searched and checked") {
  const IndexedNewsroom user;
  const std::string mount = "mount --bind " + k_index + " " + k_index + " && mount -o remount,bind,ro " + k_index;
  if (user.shell("unshare -rm bash -c '" + mount + "'").status != 0) return; // not every system lets one try
  const auto read_only = [&](const std::string& command) {
    return user.shell("exec unshare -rm bash -c '" + mount + " && exec " + command + "'");
  };
  check_run(read_only(PFIND_TESTS_PFIND " --count patent"), 0, "3\n", "");
  CHECK(read_only(PFIND_TESTS_PINDEX " --check --quiet").status == 0);
  check_run(read_only(PFIND_TESTS_PINDEX " articles"), 2, "",
            "pindex: cannot write to the index " + user.at(k_index) +
                ": Read-only file system; choose another --index or mend its permissions\n");
}

TEST_CASE("no format shows what would change how the text around it is shown") {
  const Workspace user;
  // Overrides and isolates of direction, marks, a byte order mark, C1 controls, DEL, and bytes that are no UTF-8.
  const std::string bad = "\xe2\x80\xae"
                          "gnp.exe"
                          "\xe2\x81\xa6"
                          "\xe2\x80\x8f"
                          "\xd8\x9c"
                          "\xef\xbb\xbf"
                          "\xc2\x9b"
                          "31m"
                          "\x7f"
                          "\xff\xc3(";
  user.article("plain.txt", "Nokia " + bad + " signs\n\nBy Jane " + bad + " Doe\n12 March 2024\n\nNokia says " + bad +
                                " that royalties fall again this year.\n");
  user.article("page.html", "<html><head><title>Nokia " + bad + " wins</title><meta name=author content='J " + bad +
                                "'></head><body><p>Nokia &#x202e;says&#x2066; that royalties rise &#27;[31m again " +
                                bad + " this year.</p></body></html>");
  user.article("na\xe2\x80\xaeme\xff.txt", "A headline\n\nA text of Nokia about royalties.\n");
  const RunResult indexed = user.pindex({"-v", "articles"});
  CHECK(indexed.status == 0);
  CHECK(is_harmless(indexed.out));
  CHECK(is_harmless(indexed.err));
  for (const std::string format : {"text", "json", "jsonl", "csv"}) {
    CAPTURE(format);
    const RunResult result = user.pfind({"--format", format, "--explain", "royalties"});
    CHECK(result.status == 0);
    CHECK(is_harmless(result.out));
    CHECK(is_harmless(result.err));
  }
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--show", "articles/plain.txt"},
                                                    {"--show", "articles/page.html"},
                                                    {"--facets", "author,company", "royalties"},
                                                    {"--list", "author"},
                                                    {"--entity", "Nokia"},
                                                    {"--format", "json", "--show", "articles/plain.txt"}}) {
    CAPTURE(arguments);
    const RunResult result = user.pfind(arguments);
    CHECK(is_harmless(result.out));
    CHECK(is_harmless(result.err));
  }
  const RunResult printed = user.pindex({"--print", "articles"});
  CHECK(is_harmless(printed.out));
  CHECK(is_harmless(user.pindex({"--why", "articles"}).out));
  CHECK(is_harmless(user.pindex({"--check", "--verbose"}).err));
}

#ifndef __SANITIZE_ADDRESS__ // whose runtime wants to be loaded first, and takes terabytes of address space
TEST_CASE("on a file system without locks an index is searched, and not written to") {
  const IndexedNewsroom user;
  user.article("new.txt", "Nokia and Oppo settle\n\nNokia and Oppo have settled.\n");
  const std::string without_locks = "export LD_PRELOAD=" PFIND_TESTS_FAULTS " PFIND_FAULT_NO_LOCKS=1; ";
  const RunResult written = user.shell(without_locks + "pindex articles");
  CHECK(written.status == 2);
  CHECK(written.err == "pindex: cannot lock " + user.at(k_index + "/lock") +
                           ": No locks available; keep the index on a file system that has locks, such as a local "
                           "disk: --index\n");
  CHECK(user.shell(without_locks + "pfind --count patent").status == 0);
}

TEST_CASE("indexing takes the memory that it is given, however much there is to index") {
  const Workspace user;
  fs::create_directories(user.at("articles"));
  std::mt19937 random(1);
  std::ofstream articles(user.at("articles/many.jsonl"));
  constexpr int k_articles = 20'000;
  constexpr int k_words = 150;
  for (int i = 0; i < k_articles; ++i) {
    articles << R"({"title":"Article )" << i << R"(","body":")";
    for (int word = 0; word < k_words; ++word) articles << "word" << random() % 50'000 << ' ';
    articles << "\"}\n";
  }
  articles.close();
  REQUIRE(user.pindex({"--quiet", "--memory", "16", "articles"}).status == 0);
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  constexpr long k_programs = 100; // megabytes for the program itself, its lists of names and what is being read
  CHECK(used.ru_maxrss / 1024 < 16 + k_programs);
}

TEST_CASE("a query takes bounded memory, whatever it asks for") {
  const IndexedNewsroom user;
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "word" + std::to_string(i) + "* ";
  std::string deep;
  for (int i = 0; i < 5'000; ++i) deep += "(a OR ";
  std::ofstream(user.at("queries")) << "1\t" << many << "\n2\t" << deep << "\n3\t" << std::string(1'000'000, 'x')
                                    << "\n4\t" << std::string(100'000, '"') << "\n5\t" << std::string(50'000, '-')
                                    << "a\n6\t* OR * OR near/1000 *a*\n";
  const RunResult result =
      user.shell("ulimit -v 800000; pfind --batch queries --format jsonl >answers 2>notices"); // KiB
  CHECK((result.status == 0 || result.status == 1));
}
#endif
