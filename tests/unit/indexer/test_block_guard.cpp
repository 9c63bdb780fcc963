#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <xapian.h>

#include "indexer/block_guard.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::indexer;
using glass::Table;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_block = 8192;

Xapian::Document random_document(std::mt19937& random) {
  Xapian::Document document;
  document.set_data(fmt::format("{}{}", std::string(100 + random() % 200, 'x'), random()));
  for (unsigned word = 0; word < 20; ++word) document.add_posting(fmt::format("word{}", random() % 5000), word + 1);
  document.add_value(random() % 3, std::to_string(random() % 1000));
  return document;
}

/// A database with sums and with free blocks.
class Database {
public:
  Database() {
    Xapian::WritableDatabase database(path().string(), Xapian::DB_CREATE);
    std::mt19937 random(1);
    for (int i = 0; i < 600; ++i) database.add_document(random_document(random));
    database.commit();
    for (Xapian::docid document = 1; document < 300; document += 2) database.delete_document(document);
    database.commit();
    glass::renew_block_sums(path());
  }

  fs::path path() const { return directory_.path() / "database"; }
  std::uint64_t blocks(Table table) const { return fs::file_size(glass::table_file(path(), table)) / k_block; }
  Xapian::WritableDatabase open() const { return Xapian::WritableDatabase(path().string(), Xapian::DB_OPEN); }

  void change_byte(Table table, std::uint64_t block, std::size_t at = 5'000, int bits = 1) const {
    std::fstream file(glass::table_file(path(), table), std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(static_cast<std::streamoff>(block * k_block + at));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(block * k_block + at));
    file.put(static_cast<char>(byte ^ bits));
  }

private:
  tests::TempDir directory_;
};

/// Touches all that there is.
void rewrite_all(Xapian::WritableDatabase database) {
  std::mt19937 random(2);
  for (Xapian::docid document = 1; document <= 600; ++document)
    database.replace_document(document, random_document(random));
  database.commit();
}

} // namespace

TEST_CASE("a writer that comes to a damaged block ends with an error, and what was committed is left as it is") {
  const Database database;
  const auto table = GENERATE(Table::postlist, Table::docdata, Table::termlist, Table::position);
  std::uint64_t refused = 0;
  for (std::uint64_t block = 0; block < database.blocks(table); ++block) {
    database.change_byte(table, block);
    if (!glass::damaged_blocks(database.path()).empty()) {
      const std::string before = glass::version_bytes(database.path());
      const BlockGuard guard(database.path());
      CHECK_THROWS_AS(rewrite_all(database.open()), Xapian::DatabaseCorruptError);
      CHECK(glass::version_bytes(database.path()) == before);
      ++refused;
    }
    database.change_byte(table, block);
  }
  CHECK(refused > 2);
  CHECK(glass::damaged_blocks(database.path()).empty());
}

TEST_CASE("a writer does not take blocks from a damaged list of free ones") {
  const Database database;
  const auto root = glass::read_version(database.path())->root(Table::position);
  REQUIRE(root.free);
  database.change_byte(Table::position, root.free->first, 100);
  const BlockGuard guard(database.path());
  CHECK_THROWS_AS(rewrite_all(database.open()), Xapian::DatabaseCorruptError);
}

TEST_CASE(
    "a damaged list of free blocks is none that a lost commit has gone on with, whatever commit it says it is of") {
  const Database database;
  const auto root = glass::read_version(database.path())->root(Table::position);
  REQUIRE(root.free);
  REQUIRE(root.free->first == root.free->last);
  constexpr std::size_t k_last_of_revision = 3;
  for (int i = 0; i < 9; ++i) database.change_byte(Table::position, root.free->last, k_last_of_revision, 16);
  database.change_byte(Table::position, root.free->last, root.free->end - 1, 1);
  CHECK(glass::damaged_blocks(database.path()).size() == 1);
  const BlockGuard guard(database.path());
  CHECK_THROWS_AS(rewrite_all(database.open()), Xapian::DatabaseCorruptError);
}

TEST_CASE("a table that was cut short is a damaged one to its writer") {
  const Database database;
  fs::resize_file(glass::table_file(database.path(), Table::position), k_block + 4'000);
  const BlockGuard guard(database.path());
  CHECK_THROWS_AS(rewrite_all(database.open()), Xapian::DatabaseCorruptError);
}

TEST_CASE("a writer of a sound database is not kept from anything") {
  const Database database;
  std::mt19937 random(3);
  std::optional<BlockGuard> guard(database.path());
  std::optional<Xapian::WritableDatabase> written(database.open());
  for (int round = 0; round < 60; ++round) {
    written->begin_transaction();
    const unsigned changes = random() % 7 == 0 ? 400 : random() % 20;
    for (unsigned i = 0; i < changes; ++i) {
      const Xapian::docid document = 1 + random() % (written->get_lastdocid() + 1);
      if (random() % 3 == 0)
        written->add_document(random_document(random));
      else if (random() % 2 == 0)
        written->replace_document(document, random_document(random));
      else if (written->get_lastdocid() >= document && written->postlist_begin("") != written->postlist_end("")) {
        try {
          written->delete_document(document);
        } catch (const Xapian::DocNotFoundError&) { // it was deleted before
        }
      }
    }
    if (random() % 4 == 0) {
      written->cancel_transaction();
      continue;
    }
    written->commit_transaction();
    if (random() % 5 == 0) continue; // whose sums could not be written
    guard->renew();
    CHECK(glass::damaged_blocks(database.path()).empty());
    if (random() % 5 != 0) continue;
    written.reset();
    guard.emplace(database.path());
    written.emplace(database.open());
  }
  written.reset();
  glass::renew_block_sums(database.path());
  CHECK(glass::damaged_blocks(database.path()).empty());
  CHECK(Xapian::Database::check(database.path().string()) == 0);
}

TEST_CASE("a list of free blocks that a lost commit has gone on with is no damaged one") {
  const Database database;
  const auto root = glass::read_version(database.path())->root(Table::docdata);
  REQUIRE(root.free);
  const fs::path kept = database.path().string() + "-kept";
  fs::copy(database.path(), kept, fs::copy_options::recursive);
  {
    Xapian::WritableDatabase lost = database.open();
    lost.delete_document(598);
    lost.commit();
  }
  fs::copy_file(kept / "iamglass", database.path() / "iamglass", fs::copy_options::overwrite_existing);
  SECTION("the process was killed") {}
  SECTION("the commit failed, which Xapian counts as two") {
    std::fstream version(database.path() / "iamglass", std::ios::binary | std::ios::in | std::ios::out);
    constexpr std::streamoff k_revision = 32;
    version.seekp(k_revision);
    version.put(static_cast<char>(glass::read_version(database.path())->revision + 2));
    version.close();
    glass::renew_block_sums(database.path());
  }
  CHECK(glass::damaged_blocks(database.path()).empty());
  const BlockGuard guard(database.path());
  CHECK_NOTHROW(rewrite_all(database.open()));
}

TEST_CASE("a block that changes between its writing and the making of sums is a damaged one") {
  const Database database;
  BlockGuard guard(database.path());
  Xapian::WritableDatabase written = database.open();
  written.replace_document(599, Xapian::Document());
  written.commit();
  const std::uint64_t root = glass::read_version(database.path())->root(Table::termlist).block;
  database.change_byte(Table::termlist, root);
  guard.renew();
  const auto damaged = glass::damaged_blocks(database.path());
  REQUIRE(damaged.size() == 1);
  CHECK(damaged.front().number == root);
}

TEST_CASE("a table that a commit has made has sums") {
  const tests::TempDir directory;
  const fs::path path = directory.path() / "database";
  Xapian::WritableDatabase(path.string(), Xapian::DB_CREATE).set_metadata("key", "text");
  glass::renew_block_sums(path);
  BlockGuard guard(path);
  Xapian::WritableDatabase written(path.string(), Xapian::DB_OPEN);
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) written.add_document(random_document(random));
  written.commit();
  guard.renew();
  const auto sums = glass::BlockSums::open(path);
  CHECK(sums->count(Table::position) > 3);
  CHECK(glass::damaged_blocks(path).empty());
  for (int i = 0; i < 300; ++i) written.add_document(random_document(random));
  CHECK_NOTHROW(written.commit());
}

TEST_CASE("a database without sums is written to without comparing, and others are nobody's concern") {
  const Database database;
  const Database other;
  other.change_byte(Table::docdata, other.blocks(Table::docdata) - 1);
  SECTION("without sums") { fs::remove(database.path() / "sums"); }
  SECTION("with sums") {}
  const BlockGuard guard(database.path());
  CHECK_NOTHROW(rewrite_all(database.open()));
}
