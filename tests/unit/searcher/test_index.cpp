#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "common/index_files.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

using Strings = std::vector<std::string>;

void write(const fs::path& index, indexer::IndexWriter::Mode mode, const Strings& paths) {
  indexer::IndexWriter writer(index, mode, {});
  indexer::DocumentBuilder builder;
  for (const std::string& path : paths) writer.put(builder.build(article_of(path, "Patents of " + path), {}), false);
  writer.publish();
}

std::string message(const std::vector<fs::path>& paths) {
  try {
    const Index index(paths);
  } catch (const IndexError& error) {
    return error.what();
  }
  return {};
}

} // namespace

TEST_CASE("a missing and a foreign index are told apart, and what to do is said") {
  const TempDir dir;
  CHECK(message({dir.path() / "none"}).ends_with("none; make one with pindex PATH..."));
  CHECK(message({dir.path()}).find("is not an index of pfind") != std::string::npos);
}

TEST_CASE("an index of another version is refused") {
  const TestIndex made(std::vector<Article>{article_of("/1", "Patents.")});
  Xapian::WritableDatabase database(index_files::generation(made.path(), 1).string(), Xapian::DB_OPEN);
  database.set_metadata(std::string(metadata::k_schema), "0");
  database.commit();
  CHECK(message({made.path()}).find("another version of pfind (schema 0") != std::string::npos);
}

TEST_CASE("a damaged index is an error that says so") {
  const TestIndex made(std::vector<Article>{article_of("/1", "Patents.")});
  fs::resize_file(index_files::generation(made.path(), 1) / "postlist.glass", 100);
  CHECK_FALSE(message({made.path()}).empty());
}

TEST_CASE("a reader goes on while the index is rebuilt, and sees one state") {
  const TempDir dir;
  write(dir.path(), indexer::IndexWriter::Mode::update, {"/old"});
  Index index({dir.path()});
  write(dir.path(), indexer::IndexWriter::Mode::rebuild, {"/new", "/newer"});
  CHECK(TestIndex::paths(search(index, request_for("patents"))) == Strings{"/old"});
  Index again({dir.path()});
  CHECK(search(again, request_for("patents")).total == 2);
}

TEST_CASE("a reader that a writer overtakes repeats its work on a new state") {
  const TempDir dir;
  write(dir.path(), indexer::IndexWriter::Mode::update, {"/1"});
  Index index({dir.path()});
  int attempts = 0;
  const auto total = index.read([&](Snapshot& snapshot) {
    if (++attempts == 1) {
      for (const std::string path : {"/2", "/3", "/4"}) write(dir.path(), indexer::IndexWriter::Mode::update, {path});
      write(dir.path(), indexer::IndexWriter::Mode::rebuild, {"/5", "/6"});
      throw Xapian::DatabaseModifiedError("the revision is gone");
    }
    return snapshot.database().get_doccount();
  });
  CHECK(attempts == 2);
  CHECK(total == 2);
}

TEST_CASE("a reader whose index went away says so at each use, and goes on when there is one again") {
  const TempDir dir;
  const fs::path path = dir.path() / "index";
  fs::create_directory(path);
  write(path, indexer::IndexWriter::Mode::update, {"/1"});
  Index index({path});
  const auto overtaken = [](Snapshot& /*snapshot*/) -> int { throw Xapian::DatabaseModifiedError("it is gone"); };
  const auto articles = [](Snapshot& snapshot) { return snapshot.database().get_doccount(); };
  fs::rename(path, dir.path() / "elsewhere");
  CHECK_THROWS_AS(index.read(overtaken), IndexError);
  CHECK_THROWS_AS(index.read(articles), IndexError);
  CHECK_THROWS_WITH(index.read(articles), Catch::Contains("there is no index at " + path.string()));
  fs::create_directory(path);
  write(path, indexer::IndexWriter::Mode::update, {"/2", "/3"});
  CHECK(index.read(articles) == 2);
}

TEST_CASE("what was read of an index in vain is not remembered") {
  const TempDir dir;
  write(dir.path(), indexer::IndexWriter::Mode::update, {"/1"});
  Index index({dir.path()});
  const auto articles = [](Snapshot& snapshot) { return snapshot.database().get_doccount(); };
  const auto damaged = [](Snapshot& /*snapshot*/) -> int { throw codec::DecodeError(); };
  const auto unreadable = [](Snapshot& /*snapshot*/) -> int { throw Xapian::DatabaseError("cannot read a block"); };
  REQUIRE(index.read(articles) == 1);
  write(dir.path(), indexer::IndexWriter::Mode::update, {"/2"});
  CHECK(index.read(articles) == 1); // as long as nothing fails, of one state
  CHECK_THROWS_AS(index.read(damaged), IndexError);
  CHECK(index.read(articles) == 2);
  write(dir.path(), indexer::IndexWriter::Mode::update, {"/3"});
  CHECK_THROWS_AS(index.read(unreadable), IndexError);
  CHECK(index.read(articles) == 3);
}

TEST_CASE("commits without pause do not disturb a reader") {
  const TempDir dir;
  write(dir.path(), indexer::IndexWriter::Mode::update, {"/0"});
  Index index({dir.path()});
  for (int i = 1; i < 30; ++i) {
    write(dir.path(), indexer::IndexWriter::Mode::update, {fmt::format("/{}", i)});
    SearchRequest request = request_for("patents");
    request.facets = {Field::language};
    const Results results = search(index, request);
    CHECK(results.total == results.hits.size());
    CHECK(results.facets.front().values.front().count == results.total);
  }
}

TEST_CASE("an index named twice counts once, its copy counts beside it") {
  const TestIndex made({article_of("/1", "Patents."), article_of("/2", "Licensed patents.")});
  const TempDir dir;
  fs::copy(made.path(), dir.path() / "copy", fs::copy_options::recursive);
  Index twice({made.path(), made.path() / "."});
  CHECK(search(twice, request_for("patents")).total == 2);
  Index both({made.path(), dir.path() / "copy"});
  CHECK(search(both, request_for("patents")).total == 4);
  CHECK(search(both, request_for("=licensed")).total == 2);
  write(dir.path() / "copy", indexer::IndexWriter::Mode::update, {"/licensed"});
  Index changed({made.path(), dir.path() / "copy"});
  CHECK(search(changed, request_for("=licensed")).total == 3);
}
