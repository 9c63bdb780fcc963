#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>

#include "common/index_files.hpp"
#include "indexer/index_writer.hpp"
#include "tests/integration/collection.hpp"
#include "tests/support/trials.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

void check_as_fresh(const Collection& collection) {
  const IndexContents built = contents(collection.index());
  const IndexContents fresh = collection.fresh();
  INFO(difference(built, fresh));
  CHECK(built == fresh);
}

void check_step(const Collection& collection, const Summary& summary, const Summary& expected) {
  CHECK(summary.added == expected.added);
  CHECK(summary.changed == expected.changed);
  CHECK(summary.removed == expected.removed);
  CHECK(summary.renamed == expected.renamed);
  CHECK(summary.unchanged == expected.unchanged);
  CHECK(summary.skipped == expected.skipped);
  CHECK(summary.notices == expected.notices);
  CHECK(summary.total == expected.total);
  CHECK_FALSE(summary.interrupted);
  check_as_fresh(collection);
}

/// Every file of a directory with its bytes.
std::map<std::string, std::string> bytes_of(const fs::path& directory) {
  std::map<std::string, std::string> bytes;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    bytes[entry.path().string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return bytes;
}

std::string utf16(std::string_view ascii) {
  std::string bytes = "\xff\xfe";
  for (const char c : ascii) (bytes += c) += '\0';
  return bytes;
}

std::string record(std::string_view id, std::string_view title) {
  return fmt::format(R"({{"id": "{}", "title": "{}", "body": "Huawei pays Nokia royalties for its phones.", )"
                     R"("date": "2024-03-12"}})"
                     "\n",
                     id, title);
}

} // namespace

TEST_CASE("every kind of change to a file gives exact counts and the index of a fresh build") {
  Collection c;
  c.write("a.txt", article_text("Alpha signs a licence"));
  c.write("b.txt", article_text("Beta goes to court"));
  check_step(c, c.update(), {.added = 2, .total = 2});

  SECTION("nothing") { check_step(c, c.update(), {.unchanged = 2, .total = 2}); }
  SECTION("added") {
    c.write("sub/c.txt", article_text("Gamma comes along"));
    check_step(c, c.update(), {.added = 1, .unchanged = 2, .total = 3});
  }
  SECTION("edited") {
    c.write("a.txt", article_text("Alpha signs two licences"));
    check_step(c, c.update(), {.changed = 1, .unchanged = 1, .total = 2});
  }
  SECTION("touched") {
    c.touch("a.txt");
    check_step(c, c.update(), {.unchanged = 2, .total = 2});
  }
  SECTION("renamed") {
    c.rename("a.txt", "z.txt");
    check_step(c, c.update(), {.renamed = 1, .unchanged = 1, .total = 2});
  }
  SECTION("moved into another folder") {
    c.rename("a.txt", "deep/er/a.txt");
    check_step(c, c.update(), {.renamed = 1, .unchanged = 1, .total = 2});
  }
  SECTION("renamed to a name by which it is read as something else") {
    c.rename("a.txt", "a.css");
    check_step(c, c.update(), {.removed = 1, .unchanged = 1, .skipped = 1, .total = 1});
  }
  SECTION("deleted, and added again") {
    c.remove("a.txt");
    check_step(c, c.update(), {.removed = 1, .unchanged = 1, .total = 1});
    c.write("a.txt", article_text("Alpha signs a licence"));
    check_step(c, c.update(), {.added = 1, .unchanged = 1, .total = 2});
  }
  SECTION("written in another encoding") {
    c.write("a.txt", utf16(article_text("Alpha signs a licence")));
    check_step(c, c.update(), {.unchanged = 2, .total = 2});
  }
  SECTION("broken and mended") {
    c.write("a.txt", "");
    check_step(c, c.update(), {.removed = 1, .unchanged = 1, .skipped = 1, .total = 1});
    check_step(c, c.update(), {.unchanged = 1, .skipped = 1, .total = 1});
    c.write("a.txt", article_text("Alpha is back"));
    check_step(c, c.update(), {.added = 1, .unchanged = 1, .total = 2});
  }
  SECTION("replaced by a folder of its name") {
    c.remove("a.txt");
    c.write("a.txt/inside.txt", article_text("Inside Alpha"));
    check_step(c, c.update(), {.added = 1, .removed = 1, .unchanged = 1, .total = 2});
  }
  SECTION("two files exchange their names") {
    c.rename("a.txt", "x.txt");
    c.rename("b.txt", "a.txt");
    c.rename("x.txt", "b.txt");
    check_step(c, c.update(), {.changed = 2, .total = 2});
  }
}

TEST_CASE("of a file of records only the changed ones are written again") {
  Collection c;
  c.write("r.jsonl", record("1", "One") + record("2", "Two") + record("3", "Three"));
  check_step(c, c.update(), {.added = 3, .total = 3});
  c.write("r.jsonl", record("1", "One") + record("2", "Two and a half") + "{broken\n" + record("4", "Four"));
  check_step(c, c.update(), {.added = 1, .changed = 1, .removed = 1, .unchanged = 1, .skipped = 1, .total = 3});
  REQUIRE(c.problems().size() == 1);
  CHECK_THAT(c.problems().front(), Catch::Contains("line 3"));
  check_step(c, c.update(), {.unchanged = 3, .skipped = 1, .total = 3});
}

TEST_CASE("records that claim one place are told apart") {
  Collection c;
  const std::string no_id = R"({"title": "Without id", "body": "Nokia is here without any identifier at all."})";
  // The second line's record would be called 2, as the first one is.
  c.write("r.jsonl", record("2", "Two") + no_id + "\n" + record("2", "Two again"));
  check_step(c, c.update(), {.added = 2, .skipped = 1, .total = 2});
  c.write("r.jsonl", record("2", "Two") + no_id + "\n" + record("3", "Three"));
  check_step(c, c.update(), {.added = 1, .unchanged = 2, .total = 3});
}

TEST_CASE("an article that lacks something is a notice, not skipped") {
  Collection c;
  c.write("r.jsonl", R"({"title": "T", "body": "Nokia is here, at some time.", "date": "the day before"})");
  check_step(c, c.update(), {.added = 1, .notices = 1, .total = 1});
  check_step(c, c.update(), {.unchanged = 1, .notices = 1, .total = 1});
}

TEST_CASE("all problems of a file are counted by every run, however many") {
  Collection c;
  std::string lines = record("1", "One");
  for (int i = 0; i < 250; ++i) lines += "{broken\n";
  c.write("r.jsonl", lines);
  check_step(c, c.update(), {.added = 1, .skipped = 250, .total = 1});
  check_step(c, c.update(), {.unchanged = 1, .skipped = 250, .total = 1});
}

TEST_CASE("a run that finds nothing changed writes nothing") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  c.write("broken.txt", "");
  c.update();
  const auto before = bytes_of(c.index());
  c.update();
  CHECK(bytes_of(c.index()) == before);
  UpdateOptions same = c.options();
  same.paths.clear();
  c.update(same);
  CHECK(bytes_of(c.index()) == before);
}

TEST_CASE("a file changed just before it was read is looked at again") {
  Collection c;
  const fs::path file = c.root() / "articles" / "a.txt";
  const auto now = fs::file_time_type::clock::now();
  const auto write_at = [&](std::string_view title) {
    c.write("a.txt", article_text(title));
    fs::last_write_time(file, now);
  };
  write_at("Alpha");
  c.update();
  write_at("Gamma"); // as long, at the same time
  CHECK(c.update().changed == 1);
  check_as_fresh(c);
}

TEST_CASE("several roots, and an update without paths") {
  Collection c;
  c.write("one/a.txt", article_text("Alpha"));
  c.write("two/b.txt", article_text("Beta"));
  UpdateOptions options = c.options();
  options.paths = {(c.folder() / "one").string(), (c.folder() / "two" / "b.txt").string()};
  CHECK(c.update(options).added == 2);
  const auto roots = contents(c.index()).roots;
  CHECK(roots == std::set<std::string>(options.paths.begin(), options.paths.end()));

  c.write("one/c.txt", article_text("Gamma"));
  c.write("two/not-indexed.txt", article_text("Delta"));
  options.paths.clear();
  CHECK(c.update(options) == Summary{.added = 1, .unchanged = 2, .total = 3});

  SECTION("one root does not touch the other's articles") {
    fs::remove_all(c.folder() / "two");
    options.paths = {(c.folder() / "one").string()};
    CHECK(c.update(options) == Summary{.unchanged = 2, .total = 3});
  }
  SECTION("a root that has vanished is reported and its articles stay") {
    fs::remove_all(c.folder() / "two");
    CHECK(c.update(options) == Summary{.unchanged = 3, .skipped = 1, .total = 3});
    REQUIRE(c.problems().size() == 1);
    CHECK_THAT(c.problems().front(), Catch::Contains("two/b.txt: no such file"));
    CHECK(contents(c.index()).roots == roots);
  }
  SECTION("changed settings reach the roots that were not named") {
    options.paths = {(c.folder() / "one").string()};
    options.settings = "other names";
    CHECK(c.update(options) == Summary{.changed = 3, .total = 3});
  }
  SECTION("and a root out of reach once it is back") {
    fs::rename(c.folder() / "two", c.folder() / "away");
    options.settings = "other names";
    CHECK(c.update(options).changed == 2);
    fs::rename(c.folder() / "away", c.folder() / "two");
    CHECK(c.update(options) == Summary{.changed = 1, .unchanged = 2, .total = 3});
  }
}

TEST_CASE("articles of files that come to be ignored vanish, and come back") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  c.write("sub/b.txt", article_text("Beta"));
  c.write("sub/c.txt", article_text("Gamma"));
  c.update();
  c.write("sub/.pfindignore", "b*\n");
  CHECK(c.update() == Summary{.removed = 1, .unchanged = 2, .ignored = 1, .total = 2});
  check_as_fresh(c);
  SECTION("nothing is removed for an ignore file that cannot be read") {
    c.write("sub/.pfindignore", std::string_view("*\0", 2));
    CHECK(c.update() == Summary{.unchanged = 2, .skipped = 1, .total = 2});
    REQUIRE(c.problems().size() == 1);
    CHECK_THAT(c.problems().front(), Catch::Contains("sub: .pfindignore"));
  }
  SECTION("and all comes back without it") {
    c.remove("sub/.pfindignore");
    CHECK(c.update() == Summary{.added = 1, .unchanged = 2, .total = 3});
    check_as_fresh(c);
  }
}

TEST_CASE("files with problems are read again on demand though they are unchanged") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  c.write("r.jsonl", record("1", "One") + "{broken\n");
  c.update();
  int read = 0;
  const UpdateEvents events{
      .progress = [&](const Progress& progress) { read = static_cast<int>(progress.files_done); }};
  CHECK(c.update(c.options(), events) == Summary{.unchanged = 2, .skipped = 1, .not_retried = 1, .total = 2});
  CHECK(read == 0);
  UpdateOptions again = c.options();
  again.retry_failed = true;
  CHECK(c.update(again, events) == Summary{.unchanged = 2, .skipped = 1, .total = 2});
  CHECK(read == 1);
  check_as_fresh(c);
}

TEST_CASE("an update tells of every file what came of it") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  c.write("gone.txt", article_text("Gone"));
  c.update();
  c.remove("gone.txt");
  c.write("r.jsonl", record("1", "One") + record("2", "Two") + "{broken\n");
  c.write(".pfindignore", "ignored.txt\n");
  c.write("ignored.txt", article_text("Ignored"));
  std::set<std::string> told;
  const std::size_t folder = c.folder().string().size() + 1;
  c.update(c.options(), {.outcome = [&](const FileOutcome& outcome) {
             told.insert(fmt::format("{} {} {}", outcome.path.substr(folder), outcome.result, outcome.articles));
           }});
  CHECK(told ==
        std::set<std::string>{"a.txt unchanged 1", "gone.txt removed 1", "ignored.txt ignored 0", "r.jsonl read 2"});
}

TEST_CASE("a path that never was there is reported and not remembered") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  UpdateOptions options = c.options();
  options.paths.push_back((c.root() / "missing").string());
  CHECK(c.update(options) == Summary{.added = 1, .skipped = 1, .total = 1});
  CHECK(contents(c.index()).roots == std::set<std::string>{c.folder().string()});
}

TEST_CASE("a path below what has become a file is out of reach") {
  Collection c;
  c.write("one/a.txt", article_text("Alpha"));
  UpdateOptions options = c.options();
  options.paths = {(c.folder() / "one" / "a.txt").string()};
  c.update(options);
  fs::remove_all(c.folder() / "one");
  c.write("one", "a file now");
  CHECK(c.update(options) == Summary{.unchanged = 1, .skipped = 1, .total = 1});
}

TEST_CASE("the index may lie among the articles") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  UpdateOptions options = c.options();
  options.paths = {c.root().string()};
  CHECK(c.update(options) == Summary{.added = 1, .total = 1});
  CHECK(c.update(options) == Summary{.unchanged = 1, .total = 1});
}

TEST_CASE("names of any bytes and any length are indexed, found again and removed") {
  Collection c;
  const std::string latin1 = "caf\xe9.txt";
  const std::string deep = fmt::format("{:d>120}/{:e>120}/{}", "", "", std::string(120, '\xb0'));
  c.write(latin1, article_text("Alpha"));
  c.write(deep + "/a.txt", article_text("Beta"));
  c.write(deep + "/b.txt", article_text("Gamma"));
  check_step(c, c.update(), {.added = 3, .total = 3});
  check_step(c, c.update(), {.unchanged = 3, .total = 3});
  c.remove(deep + "/b.txt");
  c.rename(latin1, "plain.txt");
  check_step(c, c.update(), {.removed = 1, .renamed = 1, .unchanged = 1, .total = 2});
}

TEST_CASE("forgetting removes what lies at or below a path, and the roots there") {
  Collection c;
  c.write("one/a.txt", article_text("Alpha"));
  c.write("one/b.txt", article_text("Beta"));
  c.write("oneness.txt", article_text("Gamma"));
  UpdateOptions options = c.options();
  options.paths = {(c.folder() / "one").string(), (c.folder() / "oneness.txt").string()};
  c.update(options);
  const auto forget_it = [&](const fs::path& path) {
    IndexWriter writer(c.index(), IndexWriter::Mode::update, {});
    return forget(writer, c.recognizer(), path.string());
  };
  CHECK(forget_it(c.folder() / "one" / "a.txt") == 1U);
  CHECK(contents(c.index()).roots.size() == 2);
  CHECK(forget_it(c.folder() / "missing") == std::nullopt);
  CHECK(forget_it(c.folder() / "on") == std::nullopt);
  SECTION("a root") {
    CHECK(forget_it(c.folder() / "one") == 1U);
    CHECK(contents(c.index()).roots == std::set<std::string>{(c.folder() / "oneness.txt").string()});
    CHECK(contents(c.index()).articles.size() == 1);
  }
  SECTION("a folder above the roots") {
    CHECK(forget_it(c.folder()) == 2U);
    CHECK(emptied(c.index()));
  }
}

TEST_CASE("other settings read everything again, the same ones nothing") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  c.write("r.jsonl", record("1", "One") + record("2", "Two"));
  c.update();
  UpdateOptions options = c.options();
  options.settings = "other names";
  CHECK(c.update(options) == Summary{.changed = 3, .total = 3});
  CHECK(c.update(options) == Summary{.unchanged = 3, .total = 3});
}

TEST_CASE("after an interrupted change of settings, going back reads everything again") {
  Collection c;
  for (int i = 0; i < 40; ++i) c.write(fmt::format("{}.jsonl", i), record(std::to_string(i), "Title"));
  c.update();
  UpdateOptions other = c.options();
  other.settings = "other names";
  std::stop_source stop;
  const Summary part = c.update(other, {.progress = [&](const Progress&) { stop.request_stop(); }}, stop.get_token());
  REQUIRE(part.changed > 0);
  CHECK(c.update() == Summary{.changed = 40, .total = 40});
  check_as_fresh(c);
}

TEST_CASE("a preview says what an update would do and writes nothing") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  c.write("b.txt", article_text("Beta"));
  c.write("c.txt", article_text("Gamma"));
  CHECK(preview(IndexState::live(c.root() / "missing"), c.options(), {}) == Summary{.added = 3});
  CHECK_FALSE(fs::exists(c.root() / "missing"));
  c.update();
  c.write("a.txt", article_text("Alpha, edited"));
  c.touch("b.txt");
  c.remove("c.txt");
  c.write("d.txt", article_text("Delta"));
  const auto before = bytes_of(c.index());
  CHECK(preview(IndexState::live(c.index()), c.options(), {}) ==
        Summary{.added = 1, .changed = 1, .removed = 1, .unchanged = 1, .total = 3});
  CHECK(bytes_of(c.index()) == before);
}

TEST_CASE("stopped in the middle, what is complete is kept and the next run completes it") {
  const unsigned jobs = GENERATE(1U, 3U);
  const int after = GENERATE(1, 20, 150);
  Collection c;
  for (int i = 0; i < 200; ++i) c.write(fmt::format("{:03}.txt", i), article_text(fmt::format("Title {}", i)));
  UpdateOptions options = c.options();
  options.jobs = jobs;
  std::stop_source stop;
  int calls = 0;
  const Summary first = c.update(options,
                                 {.progress =
                                      [&](const Progress&) {
                                        if (++calls == after) stop.request_stop();
                                      }},
                                 stop.get_token());
  CHECK(first.total == first.added);
  CHECK(first.added >= static_cast<std::uint64_t>(after));
  CHECK(first.interrupted == (first.added < 200));
  const Summary second = c.update(options);
  CHECK(second.added == 200 - first.added);
  CHECK(second.unchanged == first.added);
  check_as_fresh(c);
}

TEST_CASE("stopped inside a large file, the articles read so far are found again") {
  Collection c;
  std::string lines;
  for (int i = 0; lines.size() < (std::size_t{5} << 20); ++i)
    lines += fmt::format(R"({{"id": "{}", "title": "Title {}", "body": "{}"}})", i, i, std::string(20'000, 'x')) + '\n';
  c.write("big.jsonl", lines);
  UpdateOptions options = c.options();
  std::stop_source stop;
  const Summary first =
      c.update(options, {.progress = [&](const Progress&) { stop.request_stop(); }}, stop.get_token());
  REQUIRE(first.interrupted);
  REQUIRE(first.added > 0);
  SECTION("and completed") {
    const Summary second = c.update();
    CHECK(second.unchanged == first.added);
    CHECK(second.changed == 0);
  }
  SECTION("or removed with the file") {
    c.remove("big.jsonl");
    CHECK(c.update() == Summary{.removed = first.added});
  }
  check_as_fresh(c);
}

TEST_CASE("progress reaches everything there is to read") {
  Collection c;
  std::string lines;
  for (int i = 0; lines.size() < (std::size_t{3} << 20); ++i) lines += record(std::to_string(i), "Title");
  c.write("big.jsonl", lines);
  for (int i = 0; i < 20; ++i) c.write(fmt::format("{}.txt", i), article_text("Title"));
  Progress last;
  std::uint64_t bytes = 0;
  c.update(c.options(), {.progress = [&](const Progress& progress) {
             CHECK(progress.bytes_done >= bytes);
             bytes = progress.bytes_done;
             last = progress;
           }});
  CHECK(last.bytes_done == last.bytes_total);
  CHECK(last.files_done == last.files_total);
  CHECK(last.files_total == 21);
}

TEST_CASE("spellings of one facet value are one value, shown as it came first") {
  Collection c;
  const auto with_outlet = [](std::string_view outlet) {
    return fmt::format(R"({{"title": "T", "body": "Nokia is here for once.", "source": "{}"}})", outlet);
  };
  c.write("a.json", with_outlet("The OPPO Times"));
  c.write("b.json", with_outlet("The Oppo Times"));
  c.update();
  c.write("a.json", with_outlet("Another"));
  c.update();
  c.write("a.json", with_outlet("the oppo times"));
  c.update();
  const Xapian::Database database(c.index().string());
  FacetDictionary outlets(Field::outlet);
  outlets.load([&](const std::string& key) { return database.get_metadata(key); });
  REQUIRE(outlets.size() == 2);
  CHECK(outlets.name(0) == "The OPPO Times");
  CHECK(outlets.name(1) == "Another");
  CHECK(database.get_termfreq(term_for(Field::outlet, facet_key("the oppo times"))) == 2);
  check_as_fresh(c);
}

TEST_CASE("other names give the values already known their new aliases, and nothing is read for it") {
  Collection c;
  c.write("a.txt", article_text("Alpha"));
  {
    IndexWriter writer(c.index(), IndexWriter::Mode::update, {});
    update(writer, c.recognizer(), c.options(), {}, {});
  }
  const std::string alias = fit_term(metadata::k_alias, "company/huawei technologies");
  CHECK(Xapian::Database(c.index().string()).get_metadata(alias).empty());
  UpdateOptions options = c.options();
  options.names = "other names";
  CHECK(c.update(options) == Summary{.unchanged = 1, .total = 1});
  CHECK(Xapian::Database(c.index().string()).get_metadata(alias) == "huawei");
}

TEST_CASE("after any sequence of changes the index is that of a fresh build") {
  const int k_trials = trials(300);
  std::mt19937 random(20240312);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const std::vector<std::string> names{"a.txt", "b.txt", "c.md", "sub/d.txt", "sub/e.jsonl", "f.jsonl", "g.html"};
  const auto content = [&](const std::string& name) -> std::string {
    const std::string title = fmt::format("Title {}", below(4));
    if (below(8) == 0) return "";
    if (name.ends_with(".jsonl")) {
      std::string lines;
      for (std::size_t n = below(4); n > 0; --n)
        lines += below(5) == 0 ? "{broken\n" : record(std::to_string(below(4)), title);
      return lines;
    }
    return below(6) == 0 ? utf16(article_text(title)) : article_text(title);
  };
  for (int trial = 0; trial < k_trials; ++trial) {
    Collection c;
    std::string steps;
    UpdateOptions options = c.options();
    for (std::size_t round = 1 + below(3); round > 0; --round) {
      for (std::size_t n = 1 + below(5); n > 0; --n) {
        const std::string& name = names[below(names.size())];
        const std::string& other = names[below(names.size())];
        const bool exists = fs::exists(c.folder() / name);
        const auto what = below(6);
        steps += fmt::format("{} {} {}\n", what, name, other);
        if (what < 3 || !exists)
          c.write(name, content(name));
        else if (what == 3)
          c.touch(name);
        else if (what == 4)
          c.rename(name, other);
        else
          c.remove(name);
      }
      options.jobs = 1 + below(3);
      options.articles_per_commit = 1 + below(4);
      std::stop_source stop;
      const auto limit = below(8);
      std::size_t calls = 0;
      const auto progress = [&](const Progress&) {
        if (++calls == limit) stop.request_stop();
      };
      c.update(options, {.progress = progress}, stop.get_token());
      steps += "update\n";
    }
    const Summary summary = c.update(options);
    const IndexContents built = contents(c.index());
    const IndexContents fresh = c.fresh();
    INFO("trial " << trial << "\n" << steps << difference(built, fresh));
    REQUIRE(built == fresh);
    REQUIRE(summary.added + summary.changed + summary.renamed + summary.unchanged == summary.total);
  }
}
