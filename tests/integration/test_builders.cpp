#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <climits>
#include <csignal>
#include <fmt/format.h>
#include <stop_token>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "indexer/bulk_load.hpp"
#include "indexer/document_builder.hpp"
#include "indexer/index_writer.hpp"
#include "tests/integration/collection.hpp"
#include "tests/support/database_contents.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

void write_articles(Collection& collection, int count, std::string_view words = "royalties") {
  for (int i = 0; i < count; ++i)
    collection.write(fmt::format("{:03}.txt", i), article_text(fmt::format("Title {}", i), words));
}

/// The parts of an index, the lock aside.
std::set<std::string> parts(const fs::path& index) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(index)) names.insert(entry.path().filename());
  names.erase("lock");
  return names;
}

/// Fills an index of the collection and of the sample articles.
void fill(const fs::path& index, const Collection& collection, Filling filling, IndexWriter::Mode mode) {
  UpdateOptions options = collection.options();
  options.paths.emplace_back(PFIND_TESTS_SAMPLES);
  options.articles_per_commit = 20;
  IndexWriter writer(index, mode, Collection::listed(), filling);
  update(writer, collection.recognizer(), options, {}, {});
  writer.publish();
}

} // namespace

TEST_CASE("an index filled in bulk is the one that Xapian makes, to the last posting") {
  const auto builder = GENERATE(Builder::bulk, Builder::xapian);
  Collection c;
  write_articles(c, 200);
  c.write("broken.json", "{");
  const TempDir ordinary(memory_directory());
  const TempDir bulk(memory_directory());
  const auto mode = GENERATE(IndexWriter::Mode::update, IndexWriter::Mode::rebuild);
  const std::size_t memory = GENERATE(std::size_t{1} << 16, std::size_t{1} << 30);
  fill(ordinary.path(), c, {}, mode);
  fill(bulk.path(), c, {builder, memory}, mode);
  const auto difference = DatabaseContents::difference(DatabaseContents(Xapian::Database(ordinary.path().string())),
                                                       DatabaseContents(Xapian::Database(bulk.path().string())));
  INFO(difference);
  CHECK(difference.empty());
  CHECK(faults_of((bulk.path() / "gen-1").string()).empty());
  CHECK(parts(bulk.path()) == std::set<std::string>{"XAPIANDB", "gen-1"});
}

TEST_CASE("copies that are met in bulk are one document, as in any index") {
  const auto builder = GENERATE(Builder::bulk, Builder::xapian);
  Collection c;
  write_articles(c, 200);
  std::string text;
  for (int i = 0; i < 300; ++i) text += fmt::format("royalties of Nokia{} ", i % 7);
  for (int i = 0; i < 12; ++i) { // four texts in three files each; the article to be shown is read last
    const std::string_view more = i < 8 ? "" : R"(, "author": "Ana Ruiz")";
    c.write(fmt::format("copies/{:02}.json", i),
            fmt::format(R"({{"title": "Deal {0}", "body": "{1}{0}", "outlet": "Paper {2}"{3}}})", i % 4, text, i % 3,
                        more));
  }
  const TempDir ordinary(memory_directory());
  const TempDir bulk(memory_directory());
  const std::size_t memory = GENERATE(std::size_t{1} << 16, std::size_t{1} << 19, std::size_t{1} << 30);
  fill(ordinary.path(), c, {}, IndexWriter::Mode::rebuild);
  fill(bulk.path(), c, {builder, memory}, IndexWriter::Mode::rebuild);
  CHECK(contents(bulk.path()) == contents(ordinary.path()));
  const Xapian::Database database(bulk.path().string());
  CHECK(database.get_metadata(std::string(metadata::k_copies)) == "8");
  CHECK(database.get_doccount() == Xapian::Database(ordinary.path().string()).get_doccount());
  CHECK(faults_of((bulk.path() / "gen-1").string()).empty());
}

TEST_CASE("an index without articles is filled in bulk, beside what it is") {
  Collection c;
  c.fill_by(GENERATE(Builder::bulk, Builder::xapian));
  c.write("broken.json", "{");
  c.update();
  CHECK(parts(c.index()) == std::set<std::string>{"XAPIANDB", "gen-1"});
  write_articles(c, 20);
  c.write("broken.json", R"({"title": "Mended", "body": "Nokia pays Huawei."})");
  c.update();
  CHECK(parts(c.index()) == std::set<std::string>{"XAPIANDB", "gen-2"});
  CHECK(contents(c.index()) == c.fresh());
  write_articles(c, 30, "other words");
  c.update();
  CHECK(parts(c.index()) == std::set<std::string>{"XAPIANDB", "gen-2"});
  CHECK(contents(c.index()) == c.fresh());
}

TEST_CASE("a bulk build that fails leaves nothing") {
  Collection c;
  c.fill_by(GENERATE(Builder::bulk, Builder::xapian));
  write_articles(c, 40);
  struct Unexpected {};
  int calls = 0;
  const auto progress = [&](const Progress&) {
    if (++calls == 30) throw Unexpected();
  };
  CHECK_THROWS_AS(c.update(c.options(), {.progress = progress}), Unexpected);
  CHECK(parts(c.index()).empty());
  c.update();
  CHECK(contents(c.index()) == c.fresh());
}

TEST_CASE("a bulk build is checked whether or not its tables can be linked to") {
  const std::string links = GENERATE("", "gen/compared");
  const TempDir dir;
  const fs::path generation = dir.path() / "gen";
  BulkLoad load(dir.path(), generation, {Builder::bulk, std::size_t{1} << 24});
  const auto prepared = [] {
    const Article article{.path = "/a.txt", .title = "Title", .body = "royalties"};
    return DocumentBuilder(DocumentBuilder::Form::encoded).build(article, {});
  };
  if (!links.empty()) dir.write(links, "in the place of a folder of links");

  SECTION("and is used where all is well") {
    load.add(prepared());
    CHECK(load.finish().get_doccount() == 1);
    CHECK(!fs::is_directory(generation / "compared"));
  }
  SECTION("and is not where Xapian cannot read what was written") {
    const std::string table = GENERATE("postlist", "termlist", "position");
    PreparedArticle wrong = prepared();
    if (table == "postlist") wrong.encoded->length += 1; // of which the sum of its terms is another
    if (table == "termlist") wrong.encoded->terms = "\xff\xff\xff";
    if (table == "position") wrong.encoded->postings = "\1a\1\2\xff\xff"; // a term, how often, its positions
    load.add(std::move(wrong));
    const std::map<std::string, std::string> faults{
        {"postlist", "doclen 3"}, {"termlist", "Unexpected end of data"}, {"position", "position"}};
    CHECK_THROWS_WITH(load.finish(), Catch::Contains("was not built as it must be (" + faults.at(table)));
  }
}

TEST_CASE("a bulk build that cannot open its files says so and leaves nothing") {
  const TempDir dir;
  fs::path generation = dir.path();
  const std::size_t longest = PATH_MAX - 10; // of a path, so that it is too long with the name of a table
  while (generation.native().size() + 2 < longest)
    generation /= std::string(std::min<std::size_t>(200, longest - generation.native().size() - 1), 'd');
  fs::create_directories(generation.parent_path());
  CHECK_THROWS_WITH(BulkLoad(dir.path(), generation, {Builder::bulk, std::size_t{1} << 24}),
                    Catch::StartsWith("cannot write to the index " + dir.path().string()) &&
                        Catch::EndsWith("mend the cause and run the command again"));
  CHECK(!fs::exists(generation));
}

TEST_CASE("a bulk build that is asked to stop keeps what is complete") {
  Collection c;
  c.fill_by(GENERATE(Builder::bulk, Builder::xapian));
  write_articles(c, 200);
  std::stop_source stop;
  int calls = 0;
  const auto progress = [&](const Progress&) {
    if (++calls == 30) stop.request_stop();
  };
  const Summary summary = c.update(c.options(), {.progress = progress}, stop.get_token());
  CHECK(summary.interrupted);
  CHECK(summary.total >= 30);
  CHECK(summary.total < 200);
  CHECK(contents(c.index()).articles.size() == summary.total);
  c.update();
  CHECK(contents(c.index()) == c.fresh());
}

TEST_CASE("where the disk is full a bulk build fails and leaves room") {
  Collection c;
  c.fill_by(GENERATE(Builder::bulk, Builder::xapian));
  write_articles(c, 200);
  const rlim_t limit = GENERATE(20'000, 70'000, 100'000);
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit bytes{limit, limit}; // of any file written
    setrlimit(RLIMIT_FSIZE, &bytes);
    std::string said = "nothing";
    try {
      c.update();
    } catch (const IndexError& error) {
      said = error.what();
    } catch (const std::exception& error) {
      said = std::string("another error: ") + error.what();
    }
    const ssize_t written = write(ends[1], said.data(), said.size());
    _exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string said(1000, '\0');
  said.resize(static_cast<std::size_t>(std::max<ssize_t>(read(ends[0], said.data(), said.size()), 0)));
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK_THAT(said, Catch::StartsWith("cannot write to the index ") && Catch::Contains("run the command again"));
  CHECK_FALSE(index_files::live_generation(c.index()));
  c.update();
  CHECK(contents(c.index()) == c.fresh());
}
