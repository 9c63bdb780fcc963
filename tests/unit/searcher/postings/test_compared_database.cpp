#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <random>

#include "common/block_sums.hpp"
#include "searcher/postings/compared_database.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::searcher;
using glass::Table;
namespace fs = std::filesystem;

CATCH_TRANSLATE_EXCEPTION(const Xapian::Error& error) { return error.get_description(); }

namespace {

constexpr Xapian::valueno k_slots = 3;
constexpr std::size_t k_block = 8192;

/// What is stored of a document: nothing, a few bytes, a text, one that is longer than a block, one that is deflated to
/// hardly anything.
std::string drawn_data(int number, std::mt19937& random) {
  std::string text;
  if (number % 5 == 0) return text;
  std::size_t size = number % 5 == 1 ? 5 : 1'000;
  if (number % 50 == 2 || number % 50 == 3) size = 20'000;
  for (std::size_t i = 0; i < size; ++i) {
    const auto drawn = static_cast<char>(random());
    text += number % 50 == 2 ? 'x' : number % 2 == 0 ? drawn : static_cast<char>('a' + (drawn & 3));
  }
  return text;
}

/// A database with sums, whose tables have a few dozen blocks.
class Stored {
public:
  Stored() {
    std::mt19937 random{13}; // NOLINT(cert-msc32-c,cert-msc51-cpp): the same articles each time
    Xapian::WritableDatabase writer(path().string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    for (int i = 0; i < 500; ++i) {
      Xapian::Document document;
      document.add_posting("the", 1, 3);
      for (Xapian::termpos at = 2; at < 30; ++at) document.add_posting(fmt::format("word{}", random() % 3000), at);
      for (Xapian::valueno slot = 0; slot < k_slots; ++slot)
        document.add_value(slot, std::string(1 + random() % 200, static_cast<char>('a' + random() % 26)));
      document.set_data(drawn_data(i, random));
      writer.add_document(document);
    }
    for (int i = 0; i < 200; ++i) writer.set_metadata(fmt::format("key{}", i), std::string(300, 'x'));
    writer.commit();
    glass::renew_block_sums(path());
  }

  fs::path path() const { return dir_.path() / "db"; }
  std::size_t blocks(Table table) const { return fs::file_size(glass::table_file(path(), table)) / k_block; }

  /// Changes a byte of a block, or changes it back.
  void change(Table table, std::size_t block) const {
    std::fstream file(glass::table_file(path(), table), std::ios::binary | std::ios::in | std::ios::out);
    const auto at = static_cast<std::streamoff>(block * k_block + k_block - 5); // items stand at the end
    file.seekg(at);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(at);
    file.put(byte);
  }

private:
  tests::TempDir dir_;
};

/// Reads all that there is, and nothing without a look at its sum.
void read_all(const fs::path& path) {
  const PostingLists lists(Xapian::Database(path.string()), path);
  const ComparedDatabase database({&lists});
  database.get_value_upper_bound(0);
  lists.compare_all_metadata("");
  for (Terms terms = database.terms(""); !terms.at_end(); ++terms) {
    const std::vector<std::string> words{*terms, "the"};
    const Xapian::Query near(Xapian::Query::OP_NEAR, words.begin(), words.end(), 5);
    database.for_query({Xapian::Query::OP_OR, Xapian::Query(*terms), near});
  }
  for (auto article = database.postlist_begin(""); article != database.postlist_end(""); ++article) {
    database.termlist_begin(*article);
    database.data(*article);
    for (Xapian::valueno slot = 0; slot < k_slots; ++slot) database.value(*article, slot);
  }
}

} // namespace

TEST_CASE("where the last commit has no sums, the blocks of those before are compared") {
  const Stored stored;
  Xapian::WritableDatabase writer(stored.path().string(), Xapian::DB_OPEN);
  Xapian::Document document;
  document.add_term("word0");
  writer.add_document(document);
  writer.commit();
  CHECK_NOTHROW(read_all(stored.path()));
  const auto sums = glass::BlockSums::open(stored.path());
  std::size_t refused = 0;
  for (std::size_t block = 0; block < stored.blocks(Table::position); ++block) {
    stored.change(Table::position, block);
    try {
      read_all(stored.path());
    } catch (const Xapian::DatabaseCorruptError&) {
      ++refused;
    }
    stored.change(Table::position, block);
  }
  CHECK(sums->revision() < glass::read_version(stored.path())->revision);
  CHECK(refused > stored.blocks(Table::position) / 2);
}

TEST_CASE("of a sound database everything is read") {
  const Stored stored;
  CHECK_NOTHROW(read_all(stored.path()));
}

TEST_CASE(
    "wherever a byte of the lists, values, positions, articles or metadata is another, reading them is an error") {
  const Stored stored;
  const auto table = GENERATE(Table::postlist, Table::docdata, Table::termlist, Table::position);
  REQUIRE(stored.blocks(table) > 10);
  for (std::size_t block = 0; block < stored.blocks(table); ++block) {
    CAPTURE(block);
    stored.change(table, block);
    CHECK_THROWS_AS(read_all(stored.path()), Xapian::DatabaseCorruptError);
    stored.change(table, block);
  }
}

TEST_CASE("a database answers as Xapian does") {
  const Stored stored;
  const Xapian::Database plain(stored.path().string());
  const PostingLists lists(plain, stored.path());
  const ComparedDatabase database({&lists});
  CHECK(database.get_doccount() == plain.get_doccount());
  CHECK(database.get_termfreq("the") == 500);
  CHECK(database.get_termfreq("absent") == 0);
  CHECK_FALSE(database.term_exists("absent"));
  CHECK(database.get_value_upper_bound(1) == plain.get_value_upper_bound(1));
  CHECK(database.value(17, 2) == plain.get_document(17).get_value(2));
  for (Xapian::docid article = 1; article <= 500; ++article)
    CHECK(database.data(article) == plain.get_document(article).get_data());
  CHECK(std::vector<Xapian::docid>(database.postlist_begin("word7"), database.postlist_end("word7")) ==
        std::vector<Xapian::docid>(plain.postlist_begin("word7"), plain.postlist_end("word7")));
  CHECK(std::vector<std::string>(database.termlist_begin(3), database.termlist_end(3)) ==
        std::vector<std::string>(plain.termlist_begin(3), plain.termlist_end(3)));
}
