#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "common/error.hpp"
#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "indexer/run.hpp"
#include "indexer/writer_lock.hpp"
#include "tests/integration/collection.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

/// Runs pindex's work, quietly.
ExitStatus run(Options options) {
  Console console(Verbosity::quiet, options.report, false, 80);
  const ExitStatus status = run_update(options, console, {});
  console.finish();
  return status;
}

class Workplace {
public:
  Workplace() { dir_.write("articles/a.txt", article_text("Alpha signs a licence")); }

  fs::path index() const { return dir_.path() / "index"; }
  fs::path articles() const { return dir_.path() / "articles"; }
  fs::path write(const fs::path& name, std::string_view content) const { return dir_.write(name, content); }

  Options options() const {
    return {.paths = {articles().string()}, .index = index(), .wait = std::chrono::seconds(0), .quiet = true};
  }
  Options options(Action action) const {
    Options options = this->options();
    options.action = action;
    return options;
  }

private:
  TempDir dir_{memory_directory()};
};

} // namespace

TEST_CASE("an index is made private, and one that is there keeps its permissions") {
  const Workplace w;
  CHECK(run(w.options()) == ExitStatus::success);
  CHECK(fs::status(w.index()).permissions() == fs::perms::owner_all);
  const auto shared = fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec;
  fs::permissions(w.index(), shared);
  CHECK(run(w.options()) == ExitStatus::success);
  CHECK(fs::status(w.index()).permissions() == shared);
}

TEST_CASE("a directory of something else is left as it is") {
  const Workplace w;
  const fs::path photo = w.write("index/" + GENERATE(std::string("photo.jpg"), std::string("lock.txt")), "x");
  w.write("index/lock", "");
  w.write("index/gen-1/precious", "x");
  const auto shared = fs::perms::owner_all | fs::perms::others_read;
  fs::permissions(w.index(), shared);
  CHECK_THROWS_AS(run(w.options()), IndexError);
  CHECK_THROWS_WITH(run(w.options(Action::rebuild)), Catch::Contains("not an index of pfind"));
  CHECK(fs::exists(photo));
  CHECK(fs::exists(w.index() / "gen-1" / "precious"));
  CHECK(fs::status(w.index()).permissions() == shared);
}

TEST_CASE("a damaged stub file is an error that says what to do, and following it helps") {
  const Workplace w;
  run(w.options());
  w.write("index/XAPIANDB", GENERATE("", "nonsense\n", "auto /elsewhere\n"));
  CHECK_THROWS_WITH(run(w.options()), Catch::Contains("remove that file"));
  fs::remove(index_files::stub(w.index()));
  CHECK(run(w.options()) == ExitStatus::success);
  CHECK(contents(w.index()).articles.size() == 1);
}

TEST_CASE("a database that is gone or damaged is an error, and a rebuild mends it") {
  const Workplace w;
  run(w.options());
  SECTION("gone") { fs::remove_all(w.index() / "gen-1"); }
  SECTION("cut off") { fs::resize_file(w.index() / "gen-1" / "iamglass", 3); }
  CHECK_THROWS_AS(run(w.options()), IndexError);
  CHECK(run(w.options(Action::rebuild)) == ExitStatus::success);
  CHECK(contents(w.index()).articles.size() == 1);
}

TEST_CASE("an index of another version is left alone until it is rebuilt") {
  const Workplace w;
  run(w.options());
  const std::string key{GENERATE(metadata::k_schema, metadata::k_analyzer)};
  {
    Xapian::WritableDatabase database((w.index() / "gen-1").string());
    database.set_metadata(key, "999");
    database.commit();
  }
  for (const Action action : {Action::update, Action::dry_run, Action::forget})
    CHECK_THROWS_WITH(run(w.options(action)), Catch::Contains("pindex --rebuild") && Catch::Contains("999"));
  CHECK(run(w.options(Action::rebuild)) == ExitStatus::success);
  CHECK(run(w.options()) == ExitStatus::success);
}

TEST_CASE("an index path that is a file, or lies below one, is an error that names it") {
  const Workplace w;
  Options options = w.options();
  const fs::path file = w.write("file", "x");
  options.index = GENERATE(true, false) ? file : file / "below";
  CHECK_THROWS_AS(run(options), IndexError);
  CHECK_THROWS_WITH(run(options), Catch::Contains(options.index.string()));
}

TEST_CASE("an index that another process writes to is locked") {
  const Workplace w;
  run(w.options());
  const WriterLock held(w.index(), std::chrono::milliseconds(0), {});
  CHECK_THROWS_AS(run(w.options()), LockedError);
  CHECK_THROWS_AS(run(w.options(Action::rebuild)), LockedError);
  CHECK_THROWS_AS(run(w.options(Action::forget)), LockedError);
  CHECK(run(w.options(Action::dry_run)) == ExitStatus::success); // it only reads
}

TEST_CASE("without paths there must be an index, and nothing is made") {
  const Workplace w;
  for (const Action action : {Action::update, Action::dry_run, Action::forget, Action::rebuild}) {
    Options options = w.options(action);
    options.paths.clear();
    CHECK_THROWS_AS(run(options), Error);
    CHECK_FALSE(index_files::live_generation(w.index()));
  }
}

TEST_CASE("a dry run makes no index") {
  const Workplace w;
  CHECK(run(w.options(Action::dry_run)) == ExitStatus::success);
  CHECK_FALSE(fs::exists(w.index()));
}

TEST_CASE("forgetting what the index does not know is an error") {
  const Workplace w;
  CHECK_THROWS_AS(run(w.options(Action::forget)), IndexError);
  CHECK_FALSE(fs::exists(w.index()));
  run(w.options());
  Options options = w.options(Action::forget);
  options.paths = {"/no/such/path"};
  CHECK(run(options) == ExitStatus::error);
  CHECK(run(w.options(Action::forget)) == ExitStatus::success);
  CHECK(emptied(w.index()));
}

TEST_CASE("only a named path that cannot be read makes the run a failure") {
  const Workplace w;
  Options options = w.options();
  SECTION("missing") {
    options.paths.push_back((w.articles() / "missing").string());
    CHECK(run(options) == ExitStatus::error);
  }
  SECTION("empty") {
    options.paths = {w.write("empty.txt", "").string()};
    CHECK(run(options) == ExitStatus::error);
  }
  SECTION("an empty file below a named folder") {
    w.write("articles/empty.txt", "");
    CHECK(run(options) == ExitStatus::success);
  }
  SECTION("a broken record of a named file") {
    options.paths = {w.write("r.jsonl", "{\"title\": \"T\", \"body\": \"B\"}\n{broken\n").string()};
    CHECK(run(options) == ExitStatus::success);
  }
  SECTION("a notice on a named file") {
    options.paths = {w.write("r.json", R"({"title": "T", "body": "B", "date": "some day"})").string()};
    CHECK(run(options) == ExitStatus::success);
  }
}

TEST_CASE("another names file changes what its names are found in") {
  const Workplace w;
  run(w.options());
  const auto companies = [&] {
    std::set<std::string> keys;
    for (const auto& [location, article] : contents(w.index()).articles)
      if (article.facets.contains("company")) keys = article.facets.at("company");
    return keys;
  };
  w.write("articles/a.txt", article_text("Alpha", "the Zorblatt chip"));
  Options options = w.options();
  options.names = {w.write("names.tsv", "company\tZorblatt\n").string()};
  run(options);
  CHECK(companies().contains("zorblatt"));
  options.names = {w.write("empty.tsv", "").string()};
  run(options);
  CHECK_FALSE(companies().contains("zorblatt"));
  options.names = {w.articles().string()};
  CHECK_THROWS_WITH(run(options), Catch::Contains("cannot read the names file"));
}

TEST_CASE("the index remembers how its articles are to be read") {
  const Workplace w;
  w.write("articles/b.json",
          R"({"kopf": "Zorblatt signs", "text": "Zorblatt signs a licence, the paper said on Monday."})");
  const std::string location = term_for(Field::location, (w.articles() / "b.json").string());
  const auto first_article = [&] { return contents(w.index()).articles.at(location); };
  const auto shown_as = [&] { return contents(w.index()).catalog.at("XCOzorblatt as company"); };
  Options with = w.options();
  with.names = {w.write("names.tsv", "company\tZorblatt\n").string()};
  with.read.json_fields["title"] = {"kopf"};
  run(with);
  const auto first = first_article();
  CHECK(first.facets.at("company").contains("zorblatt"));
  for (const Action action : {Action::update, Action::rebuild}) {
    run(w.options(action));
    CHECK(first_article() == first);
  }
  w.write("names.tsv", "company\tZorblatt Incorporated\tZorblatt\n");
  run(w.options());
  CHECK(shown_as() == "Zorblatt Incorporated");
  fs::remove(with.names.front());
  CHECK_THROWS_WITH(run(w.options()), Catch::Contains("names.tsv") && Catch::Contains("--names ''"));
  Options without = w.options();
  without.names = {""};
  run(without);
  CHECK_FALSE(first_article().facets.contains("company"));
  run(w.options());
}

TEST_CASE("the report names what was skipped and what was only noted") {
  const Workplace w;
  w.write("articles/empty.txt", "");
  w.write("articles/r.json", R"({"title": "T", "body": "B", "date": "some day"})");
  Options options = w.options();
  options.report = (w.index().parent_path() / "report").string();
  run(options);
  std::ifstream file(options.report);
  const std::string report{std::istreambuf_iterator<char>(file), {}};
  CHECK_THAT(report, Catch::Contains("empty.txt") && Catch::Contains(R"("indexed":false)"));
  CHECK_THAT(report, Catch::Contains("r.json") && Catch::Contains(R"("indexed":true)"));
}
