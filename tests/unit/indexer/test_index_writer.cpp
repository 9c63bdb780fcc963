#include <catch2/catch.hpp>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/index_files.hpp"
#include "indexer/index_writer.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::indexer;
using pfind::tests::TempDir;

namespace {

PreparedArticle article(const std::string& path, const std::string& body, std::vector<std::string> companies = {},
                        const std::string& record = "") {
  ArticleEntities entities;
  for (std::string& name : companies)
    entities[static_cast<std::size_t>(EntityKind::company)].push_back({std::move(name)});
  return DocumentBuilder().build({.path = path, .record = record, .language = "en", .body = body}, entities);
}

FileRecord record_of(const std::string& path, std::uint64_t articles = 1) {
  return {.file = {.path = path}, .digest = "digest", .articles = articles};
}

std::vector<std::string> companies_at(const TempDir& index, const std::string& path) {
  const Xapian::Database database(index.path().string());
  FacetDictionary names(Field::company);
  names.load([&](const std::string& key) { return database.get_metadata(key); });
  std::vector<std::uint32_t> numbers;
  const auto document = database.get_document(*database.postlist_begin(term_for(Field::location, path)));
  codec::decode_numbers(document.get_value(info(Field::company).slot), numbers);
  std::vector<std::string> companies;
  for (const std::uint32_t number : numbers) companies.push_back(names.name(number));
  return companies;
}

IndexWriter open(const TempDir& index, IndexWriter::Mode mode = IndexWriter::Mode::update,
                 std::string_view names = {}) {
  return {index.path(), mode, std::make_shared<const Catalog>(std::vector<NamesEntry>{}, parse_names(names, "names"))};
}

} // namespace

TEST_CASE("an article is added, unchanged, or changed") {
  const TempDir index;
  IndexWriter writer = open(index);
  CHECK(writer.put(article("/a", "one"), false) == PutResult::added);
  CHECK(writer.put(article("/a", "one"), false) == PutResult::unchanged);
  CHECK(writer.put(article("/a", "one"), true) == PutResult::changed);
  CHECK(writer.put(article("/a", "two"), false) == PutResult::changed);
  writer.commit();
  CHECK(writer.put(article("/a", "two"), false) == PutResult::unchanged);
  CHECK(writer.state().article_count() == 1);
}

TEST_CASE("what is not committed is not seen and goes with the writer") {
  const TempDir index;
  {
    IndexWriter writer = open(index);
    writer.put(article("/a", "one"), false);
    CHECK(Xapian::Database(index.path().string()).get_doccount() == 0);
    writer.commit();
    CHECK(Xapian::Database(index.path().string()).get_doccount() == 1);
    writer.put(article("/b", "two"), false);
    writer.add_root("/b");
  }
  CHECK(IndexState::live(index.path()).article_count() == 1);
  CHECK(IndexState::live(index.path()).roots().empty());
}

TEST_CASE("the end of a file removes its articles that did not come again") {
  const TempDir index;
  IndexWriter writer = open(index);
  for (const char* record : {"1", "2", "3"}) writer.put(article("/a", "text", {}, record), false);
  CHECK(writer.finish_file(record_of("/a", 3)) == 0);
  writer.put(article("/other", "text"), false);
  CHECK(writer.finish_file(record_of("/other")) == 0);
  writer.put(article("/a", "text", {}, "2"), false);
  writer.put(article("/a", "text", {}, "4"), false);
  CHECK(writer.finish_file(record_of("/a", 2)) == 2);
  CHECK(writer.state().article_count() == 3);
  CHECK(writer.remove_file("/a") == 2);
  CHECK(writer.remove_file("/a") == 0);
  const auto files = writer.state().files();
  CHECK(files.size() == 1);
  CHECK(files.contains("/other"));
}

TEST_CASE("facet numbers name what the article names, after any replacement") {
  const TempDir index;
  {
    IndexWriter writer = open(index);
    writer.put(article("/a", "one", {"OPPO", "Nokia"}), false);
    writer.put(article("/b", "one", {"Oppo", "oppo", "Vivo"}), false);
    writer.commit();
    CHECK(companies_at(index, "/a") == std::vector<std::string>{"OPPO", "Nokia"});
    CHECK(companies_at(index, "/b") == std::vector<std::string>{"OPPO", "Vivo"});
    writer.put(article("/a", "two", {"Vivo"}), false);
    writer.put(article("/b", "two", {}), false);
    writer.commit();
    CHECK(companies_at(index, "/a") == std::vector<std::string>{"Vivo"});
    CHECK(companies_at(index, "/b").empty());
  }
  IndexWriter again = open(index, IndexWriter::Mode::rebuild);
  CHECK(again.state().article_count() == 0);
}

TEST_CASE("bulk filling of an index that was there is cancelled as often as one likes") {
  const TempDir index;
  open(index).commit();
  IndexWriter writer(index.path(), IndexWriter::Mode::update, {}, {Builder::bulk, default_memory()});
  for (int i = 0; i < 2; ++i) {
    writer.put(article("/a", "one", {"Nokia"}), false, Place::empty);
    writer.cancel();
  }
  CHECK(writer.state().article_count() == 0);
  writer.put(article("/a", "one", {"Nokia"}), false, Place::empty);
  writer.commit();
  CHECK(writer.state().article_count() == 1);
}

TEST_CASE("facet names survive in blocks as they grow from writer to writer") {
  const TempDir index;
  for (int run = 0; run < 5; ++run) {
    IndexWriter writer = open(index);
    for (int i = 0; i < 100; ++i) {
      const std::string name = "Firm " + std::to_string(run * 100 + i);
      writer.put(article("/" + name, "text", {name, "Firm 0"}), false);
    }
    writer.commit();
  }
  for (int i = 1; i < 500; i += 7) {
    const std::string name = "Firm " + std::to_string(i);
    CHECK(companies_at(index, "/" + name) == std::vector<std::string>{name, "Firm 0"});
  }
}

TEST_CASE("the catalog leads from every name to the canonical one, and is made anew only where something changed") {
  const TempDir index;
  IndexWriter writer = open(index, IndexWriter::Mode::update, "company\tThe Firm\tVivo|Elsewhere\n");
  writer.put(article("/a", "one", {"Nokia Corp", "Vivo"}), false);
  writer.renew_catalog("names");
  writer.commit();
  const auto entry = [&](std::string_view family, const std::string& name) {
    return Xapian::Database(index.path().string()).get_metadata(fit_term(family, name));
  };
  CHECK(entry(metadata::k_alias, "company/nokia") == "nokia corp");
  CHECK(entry(metadata::k_alias, "company/vivo") == "the firm");
  CHECK(entry(metadata::k_member, "company/the firm") == "elsewhere\nfirm\nvivo");
  CHECK(entry(metadata::k_alias, "company/the firm").empty());
  const auto state = [&] { return Xapian::Database(index.path().string()).get_revision(); };
  const auto before = state();
  writer.renew_catalog("names");
  writer.commit();
  CHECK(state() == before);
  writer.put(article("/a", "two", {}), false);
  writer.commit();
  CHECK(entry(metadata::k_catalog, "").empty()); // whoever comes next makes it anew
  writer.renew_catalog("names");
  writer.commit();
  CHECK(entry(metadata::k_alias, "company/vivo").empty());
  CHECK(entry(metadata::k_member, "company/the firm").empty());
}

TEST_CASE("roots are remembered once each, and forgotten") {
  const TempDir index;
  IndexWriter writer = open(index);
  const std::string deep = "/" + std::string(400, 'd');
  for (const std::string& root : {std::string("/b"), deep, std::string("/b")}) writer.add_root(root);
  CHECK(writer.state().roots().size() == 2);
  writer.remove_root("/b");
  CHECK(writer.state().roots() == std::vector<std::string>{deep});
}

TEST_CASE("a damaged record or dictionary is an error that says what to do") {
  const TempDir index;
  { open(index); }
  {
    Xapian::WritableDatabase database((index.path() / "gen-1").string());
    database.set_metadata("file//a", "\xff");
    database.set_metadata(FacetDictionary(Field::company).block_key(0), "\xff");
    database.commit();
  }
  IndexWriter writer = open(index);
  CHECK_THROWS_AS(writer.state().files(), IndexError);
  CHECK_THROWS_WITH(writer.put(article("/a", "x", {"Nokia"}), false), Catch::Contains("pindex --check --repair"));
}

TEST_CASE("a path is at or below another by its components") {
  CHECK(is_at_or_below("/a", "/a"));
  CHECK(is_at_or_below("/a/b", "/a"));
  CHECK(is_at_or_below("/a", "/"));
  CHECK_FALSE(is_at_or_below("/ab", "/a"));
  CHECK_FALSE(is_at_or_below("/", "/a"));
}
