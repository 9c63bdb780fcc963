#include <catch2/catch.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <string>

#include "indexer/segment_builder.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using indexer::SegmentBuilder;
using pfind::tests::TempDir;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_each = 1000;                // memory with which every document is a segment
constexpr std::size_t k_all = std::size_t{1} << 30; // with which all these are one
constexpr Xapian::docid k_documents = 5;

Xapian::Document document(const std::string& data) {
  Xapian::Document made;
  made.set_data(data);
  made.add_posting("word", 1);
  return made;
}

void put(SegmentBuilder& builder, Xapian::docid first, Xapian::docid last) {
  for (Xapian::docid number = first; number <= last; ++number) builder.put(number, document(std::to_string(number)));
}

std::set<std::string> names_in(const fs::path& directory) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) names.insert(entry.path().filename());
  return names;
}

/// The data of all documents, with their numbers.
std::string contents(const fs::path& path) {
  const Xapian::Database database(path.string());
  std::string text;
  for (auto it = database.postlist_begin("word"); it != database.postlist_end("word"); ++it)
    text += fmt::format("{}:{} ", *it, database.get_document(*it).get_data());
  return text;
}

} // namespace

TEST_CASE("of segments only the database is left") {
  const TempDir dir;
  SegmentBuilder builder(dir.path(), GENERATE(k_each, k_all));
  put(builder, 1, k_documents);
  builder.finish({{"key", "text"}});
  CHECK(names_in(dir.path()) == std::set<std::string>{"docdata.glass", "flintlock", "iamglass", "position.glass",
                                                      "postlist.glass", "termlist.glass"});
  CHECK(contents(dir.path()) == "1:1 2:2 3:3 4:4 5:5 ");
  CHECK(Xapian::Database(dir.path().string()).get_metadata("key") == "text");
}

TEST_CASE("documents are replaced and removed in whatever segment they are") {
  const TempDir dir;
  SegmentBuilder builder(dir.path(), GENERATE(k_each, k_all));
  put(builder, 1, k_documents);
  builder.put(2, document("second"));
  builder.remove(3);
  builder.remove(5);
  SECTION("each for the first time") {}
  SECTION("and again, when that is done") {
    CHECK(builder.data_of({2}).value().at(2) == "second");
    builder.put(2, document("once more"));
    builder.put(2, document("second"));
  }
  CHECK(builder.last_document() == 5);
  builder.finish({});
  CHECK(contents(dir.path()) == "1:1 2:second 4:4 ");
  CHECK(Xapian::Database(dir.path().string()).get_lastdocid() == 5);
}

TEST_CASE("a database of segments may be left without documents") {
  const TempDir dir;
  SegmentBuilder builder(dir.path(), GENERATE(k_each, k_all));
  put(builder, 1, 2);
  builder.remove(1);
  builder.remove(2);
  builder.finish({{"key", "text"}});
  const Xapian::Database database(dir.path().string());
  CHECK(database.get_doccount() == 0);
  CHECK(database.get_lastdocid() == 2);
  CHECK(database.get_metadata("key") == "text");
}

TEST_CASE("the data of documents in segments can be read where it is not too much") {
  const TempDir dir;
  SegmentBuilder builder(dir.path(), 4000);
  for (Xapian::docid number = 1; number <= 4; ++number) builder.put(number, document(std::string(400, 'a')));
  CHECK(builder.data_of({}).value().empty());
  const auto two = builder.data_of({1, 3}).value();
  CHECK(two == std::map<Xapian::docid, std::string>{{1, std::string(400, 'a')}, {3, std::string(400, 'a')}});
  CHECK_FALSE(builder.data_of({1, 2, 3})); // more than a quarter of the memory
  builder.put(5, document("after that"));
  builder.finish({});
  CHECK(Xapian::Database(dir.path().string()).get_doccount() == 5);
}

TEST_CASE("there are never many segments") {
  const TempDir dir;
  SegmentBuilder builder(dir.path(), k_each);
  put(builder, 1, 47);
  CHECK(builder.data_of({47})); // whatever was under way is done
  CHECK(names_in(dir.path()).size() == 47);
  put(builder, 48, 48);
  CHECK(builder.data_of({1}).value().at(1) == "1");
  CHECK(names_in(dir.path()) == std::set<std::string>{"segment-48"});
  put(builder, 49, 60);
  builder.put(7, document("seventh"));
  builder.finish({});
  CHECK(Xapian::Database(dir.path().string()).get_doccount() == 60);
  CHECK_THAT(contents(dir.path()), Catch::StartsWith("1:1 2:2 3:3 4:4 5:5 6:6 7:seventh 8:8 "));
}

TEST_CASE("what goes wrong with a segment on its thread is thrown") {
  const TempDir dir;
  std::ofstream(dir.path() / "segment-1") << "in the way";
  SegmentBuilder builder(dir.path(), k_each);
  put(builder, 1, 2);
  CHECK_THROWS_AS(builder.finish({}), Xapian::DatabaseError);
}
