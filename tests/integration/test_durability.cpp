#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "common/error.hpp"
#include "common/index_files.hpp"
#include "indexer/index_writer.hpp"
#include "searcher/index.hpp"
#include "tests/integration/collection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/trials.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

/// Runs `work` in a process of its own; its result is the exit status.
template <typename Work>
pid_t in_child(Work&& work) {
  const pid_t child = fork();
  if (child != 0) return child;
  int status = 100;
  try {
    status = work();
  } catch (const IndexError&) {
    status = 2;
  } catch (...) {
    status = 101;
  }
  _exit(status);
}

/// Waits for a child to end; its exit status, 128 + the signal's number where one ended it.
int ended(pid_t child) {
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// Xapian's own check of the live database's tables.
void check_database(const fs::path& index) {
  const auto live = index_files::live_generation(index);
  REQUIRE(live);
  const RunResult result = run({"xapian-check", index_files::generation(index, *live).string()});
  INFO(result.out << result.err);
  CHECK(result.status == 0);
}

void write_articles(Collection& collection, int count, std::string_view words = "royalties") {
  for (int i = 0; i < count; ++i)
    collection.write(fmt::format("{:03}.txt", i), article_text(fmt::format("Title {}", i), words));
}

std::vector<std::string> generations(const fs::path& index) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(index)) {
    std::string name = entry.path().filename();
    if (index_files::generation_number(name)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The number of articles with each value of `words` that has any.
std::map<std::string, unsigned> counts(searcher::Index& index, const std::vector<std::string>& words) {
  return index.read([&](searcher::Snapshot& snapshot) {
    std::map<std::string, unsigned> found;
    Xapian::Enquire enquire(snapshot.database().plain());
    for (const std::string& word : words) {
      enquire.set_query(Xapian::Query(word));
      const Xapian::MSet matches = enquire.get_mset(0, 1000, 1000);
      for (auto match = matches.begin(); match != matches.end(); ++match) match.get_document().get_data();
      if (!matches.empty()) found[word] = matches.get_matches_estimated();
    }
    return found;
  });
}

} // namespace

TEST_CASE("killed at any moment, the index stays sound and the next run completes it") {
  std::mt19937 random(7);
  Collection c;
  write_articles(c, 200);
  UpdateOptions options = c.options();
  options.articles_per_commit = 7;
  const auto start = std::chrono::steady_clock::now();
  c.update(options);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  int killed = 0;
  for (int round = 0; round < trials(30); ++round) {
    // Now from nothing, by one builder or the other, now over an index whose articles have changed, moved or gone.
    c.fill_by(round % 2 == 0 ? Builder::bulk : Builder::xapian);
    if (round % 3 == 0) {
      fs::remove_all(c.index());
      fs::create_directory(c.index());
    }
    for (int i = 0; i < 60; ++i) {
      const std::string name = fmt::format("{:03}.txt", random() % 200);
      if (random() % 3 == 0)
        c.remove(name);
      else
        c.write(name, article_text(fmt::format("Title {}", random() % 100), "round " + std::to_string(round)));
    }
    options.jobs = 1 + random() % 2;
    const pid_t child = in_child([&] {
      c.update(options);
      return 0;
    });
    std::this_thread::sleep_for(whole * (random() % 1000) / 1000); // any moment will do
    kill(child, SIGKILL);
    killed += ended(child) != 0;
    if (index_files::live_generation(c.index())) {
      check_database(c.index());
      CHECK_NOTHROW(contents(c.index()));
    }
    c.update(options);
    check_database(c.index());
    const IndexContents built = contents(c.index());
    const IndexContents fresh = c.fresh();
    INFO("round " << round << "\n" << difference(built, fresh));
    REQUIRE(built == fresh);
  }
  CHECK(killed > 0);
}

TEST_CASE("killed right after any commit inside a file, nothing is lost or left over") {
  Collection c;
  c.fill_by(GENERATE(Builder::none, Builder::xapian, Builder::bulk));
  std::string lines;
  for (int i = 0; i < 60; ++i)
    lines += fmt::format(R"({{"id": "{}", "title": "Title {}", "body": "Nokia pays Huawei."}})", i, i) + '\n';
  c.write("r.jsonl", lines);
  UpdateOptions options = c.options();
  options.articles_per_commit = 1 + GENERATE(range(0, 60, 7));
  const pid_t child = in_child([&] {
    c.update(options, {.file = [](const std::string&) { kill(getpid(), SIGKILL); }}); // read, but not committed
    return 0;
  });
  REQUIRE(ended(child) == 128 + SIGKILL);
  SECTION("completed") { c.update(options); }
  SECTION("the file is gone by then") {
    c.remove("r.jsonl");
    c.update(options);
  }
  SECTION("the file is another by then") {
    c.write("r.jsonl", R"({"id": "5", "title": "Only one", "body": "Nokia stays."})");
    c.update(options);
  }
  CHECK(contents(c.index()) == c.fresh());
}

TEST_CASE("where the disk is full the update fails and the last commit is intact") {
  Collection c;
  write_articles(c, 50);
  c.update();
  const IndexContents before = contents(c.index());
  write_articles(c, 100, "something else entirely, and at greater length than before");
  const rlim_t limit = GENERATE(0, 4096, 20'000, 70'000, 100'000);
  const pid_t child = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit bytes{limit, limit}; // of any file written
    setrlimit(RLIMIT_FSIZE, &bytes);
    c.update();
    return 0;
  });
  CHECK(ended(child) == 2);
  check_database(c.index());
  CHECK(contents(c.index()) == before);
  c.update();
  CHECK(contents(c.index()) == c.fresh());
}

TEST_CASE("an exception in the middle loses what was not committed, and nothing else") {
  Collection c;
  write_articles(c, 20);
  c.update();
  const IndexContents before = contents(c.index());
  write_articles(c, 40, "other words");
  struct Unexpected {};
  int calls = 0;
  const auto progress = [&](const Progress&) {
    if (++calls == 30) throw Unexpected();
  };
  CHECK_THROWS_AS(c.update(c.options(), {.progress = progress}), Unexpected);
  CHECK(contents(c.index()) == before);
  c.update();
  CHECK(contents(c.index()) == c.fresh());
}

TEST_CASE("articles never appear without the names of their facet values") {
  Collection c;
  std::string lines;
  for (int i = 0; i < 300; ++i)
    lines +=
        fmt::format(R"({{"id": "{}", "title": "Title", "body": "Nokia pays.", "source": "Outlet {}"}})", i, i) + '\n';
  c.write("r.jsonl", lines);
  c.fill_by(Builder::none);
  setenv("XAPIAN_FLUSH_THRESHOLD", "10", 1); // Xapian now wants to commit on its own, every ten articles
  struct Unexpected {};
  const auto give_up = [](const std::string&) { throw Unexpected(); };
  CHECK_THROWS_AS(c.update(c.options(), {.file = give_up}), Unexpected);
  unsetenv("XAPIAN_FLUSH_THRESHOLD");
  CHECK(contents(c.index()) == IndexContents{});
}

TEST_CASE("a rebuild takes the place of the live index in one step") {
  Collection c;
  write_articles(c, 20, "earlier");
  c.update();
  searcher::Index reader({c.index()});
  write_articles(c, 20, "later");
  c.rebuild();
  CHECK(generations(c.index()) == std::vector<std::string>{"gen-2"});
  CHECK(contents(c.index()) == c.fresh());
  const auto seen = counts(reader, {"earlier", "later"}); // opened before
  CHECK(seen.size() == 1);
  searcher::Index another({c.index()});
  CHECK(counts(another, {"earlier", "later"}) == std::map<std::string, unsigned>{{"later", 20}});
}

TEST_CASE("an interrupted rebuild leaves the live index, and its remains go with the next writer") {
  Collection c;
  write_articles(c, 20);
  c.update();
  const IndexContents before = contents(c.index());
  write_articles(c, 30, "other words");
  {
    IndexWriter writer(c.index(), IndexWriter::Mode::rebuild, Collection::listed());
    update(writer, c.recognizer(), c.options(), {}, {});
  }
  CHECK(generations(c.index()) == std::vector<std::string>{"gen-1", "gen-2"});
  CHECK(contents(c.index()) == before);
  SECTION("an update") { c.update(); }
  SECTION("another rebuild") { c.rebuild(); }
  CHECK(generations(c.index()).size() == 1);
  CHECK(contents(c.index()) == c.fresh());
}

TEST_CASE("readers see whole states while a writer commits") {
  constexpr int k_commits = 50;
  constexpr unsigned k_articles = 20;
  const Collection c;
  std::vector<std::string> words;
  for (int i = 0; i <= k_commits; ++i) words.push_back(fmt::format("round{}", i));
  IndexWriter writer(c.index(), IndexWriter::Mode::update, Collection::listed());
  DocumentBuilder builder;
  const auto write_state = [&](const std::string& word) {
    for (unsigned n = 0; n < k_articles; ++n) {
      const Article article{.path = fmt::format("/a/{}", n), .outlet = word, .language = "en", .body = word};
      writer.put(builder.build(article, {}), false);
    }
    writer.commit();
  };
  write_state(words.front());
  std::atomic<bool> done = false;
  std::thread writing([&] {
    for (int i = 1; i <= k_commits; ++i) write_state(words[static_cast<std::size_t>(i)]);
    done = true;
  });
  int reads = 0;
  searcher::Index kept({c.index()});
  bool last = false;
  do {
    last = done;
    searcher::Index fresh({c.index()});
    for (searcher::Index* index : {&kept, &fresh}) {
      const auto seen = counts(*index, words);
      CHECK(seen.size() == 1);
      CHECK(seen.begin()->second == k_articles);
      ++reads;
    }
  } while (!last);
  writing.join();
  CHECK(reads >= 2);
  searcher::Index after({c.index()});
  CHECK(counts(after, words) == std::map<std::string, unsigned>{{words.back(), k_articles}});
}
