#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <xapian.h>

#include "common/block_sums.hpp"
#include "common/glass_key.hpp"
#include "common/version_file.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using glass::BlockSums;
using glass::Table;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void change_byte(const fs::path& file, std::size_t at) {
  std::string bytes = bytes_of(file);
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// A database of some blocks a table.
class Database {
public:
  Database() : database_(path().string(), Xapian::DB_CREATE) { add(500); }

  void add(int documents) {
    for (int i = 0; i < documents; ++i) {
      Xapian::Document document;
      document.set_data(fmt::format("text {} {}", i, std::string(100, 'x')));
      for (unsigned word = 0; word < 20; ++word) document.add_posting(fmt::format("word{}-{}", i, word), word + 1);
      database_.add_document(document);
    }
    database_.commit();
  }

  /// The first of its documents.
  void remove(unsigned documents) {
    for (Xapian::docid document = 1; document <= documents; ++document) database_.delete_document(document);
    database_.commit();
  }

  fs::path path() const { return directory_.path() / "database"; }
  fs::path sums() const { return path() / "sums"; }
  fs::path table(Table table) const { return glass::table_file(path(), table); }

  /// How many blocks of a table are what was written.
  std::uint64_t fitting(Table table) const {
    const auto sums = BlockSums::open(path());
    const std::string bytes = bytes_of(this->table(table));
    std::uint64_t fitting = 0;
    for (std::uint64_t i = 0; i < bytes.size() / k_block; ++i)
      fitting += sums->fits(table, i, std::string_view(bytes).substr(i * k_block, k_block)) ? 1 : 0;
    return fitting;
  }
  std::uint64_t blocks(Table table) const { return fs::file_size(this->table(table)) / k_block; }

  static constexpr std::size_t k_block = 8192;

private:
  tests::TempDir directory_;
  Xapian::WritableDatabase database_;
};

} // namespace

TEST_CASE("a database that Xapian alone has written has no sums") {
  const Database database;
  CHECK(BlockSums::open(database.path()) == nullptr);
  CHECK(glass::damaged_blocks(database.path()).empty());
  CHECK_NOTHROW(check_version_file(database.path()));
}

TEST_CASE("each block of a database has its sum, and so has its version file") {
  const Database database;
  glass::renew_block_sums(database.path());
  for (const Table table : {Table::postlist, Table::docdata, Table::termlist, Table::position}) {
    CHECK(database.blocks(table) > 2);
    CHECK(database.fitting(table) == database.blocks(table));
  }
  const auto sums = BlockSums::open(database.path());
  CHECK(sums->revision() == glass::read_version(database.path())->revision);
  CHECK(sums->fits_version(glass::version_bytes(database.path())));
  CHECK_FALSE(sums->fits_version("another"));
  CHECK(glass::damaged_blocks(database.path()).empty());
}

TEST_CASE("a block that is longer than there are, or stands in another's place, is none that was written") {
  const Database database;
  glass::renew_block_sums(database.path());
  const auto sums = BlockSums::open(database.path());
  const std::string bytes = bytes_of(database.table(Table::position));
  const std::string_view first = std::string_view(bytes).substr(0, Database::k_block);
  CHECK(sums->fits(Table::position, 0, first));
  CHECK_FALSE(sums->fits(Table::position, 1, first));
  CHECK_FALSE(sums->fits(Table::position, database.blocks(Table::position), first));
  CHECK_FALSE(sums->fits(Table::docdata, 0, first));
}

TEST_CASE("a changed byte of a table is found") {
  const Database database;
  glass::renew_block_sums(database.path());
  const auto table = GENERATE(Table::postlist, Table::docdata, Table::termlist, Table::position);
  const std::uint64_t number = database.blocks(table) / 2;
  change_byte(database.table(table), number * Database::k_block + 5'000);
  const auto damaged = glass::damaged_blocks(database.path());
  REQUIRE(damaged.size() == 1);
  CHECK(damaged.front().table == table);
  CHECK(damaged.front().number == number);
  CHECK(database.fitting(table) == database.blocks(table) - 1);
}

TEST_CASE("each document stands in one leaf of a table, by the keys of its blocks") {
  const Database database;
  glass::renew_block_sums(database.path());
  const auto table = GENERATE(Table::docdata, Table::termlist);
  std::map<int, int> leaves; // by document
  std::size_t all = 0;       // blocks above others
  for (std::uint64_t number = 0; number < database.blocks(table); ++number) {
    const std::size_t at = number * Database::k_block + 5'000;
    change_byte(database.table(table), at);
    const auto damaged = glass::damaged_blocks(database.path());
    change_byte(database.table(table), at);
    REQUIRE(damaged.size() == 1);
    int first = 0;
    int last = 0;
    int count = 0;
    for (int document = 1; document <= 500; ++document) {
      std::string key;
      glass::put_sortable_number(key, static_cast<std::uint64_t>(document));
      if (!damaged.front().keys.has(key)) continue;
      if (first == 0) first = document;
      last = document;
      ++count;
    }
    CAPTURE(number, first, last);
    CHECK(count > 0);
    CHECK(last - first + 1 == count);
    if (count == 500) {
      ++all;
      continue;
    }
    for (int document = first; document <= last; ++document) ++leaves[document];
  }
  CHECK(all == 1);
  CHECK(leaves.size() == 500);
  CHECK(std::ranges::all_of(leaves, [](const auto& leaf) { return leaf.second == 1; }));
}

TEST_CASE("a table that is cut short is found") {
  const Database database;
  glass::renew_block_sums(database.path());
  fs::resize_file(database.table(Table::position), 2 * Database::k_block);
  const auto damaged = glass::damaged_blocks(database.path());
  REQUIRE(damaged.size() == 1);
  CHECK(damaged.front().number == 2);
}

TEST_CASE("what lies far behind the blocks of a table takes no memory") {
  const Database database;
  glass::renew_block_sums(database.path());
  fs::resize_file(database.table(Table::position), std::uintmax_t{1} << 36);
  CHECK(glass::damaged_blocks(database.path()).empty());
  fs::remove(database.sums());
  glass::renew_block_sums(database.path());
  CHECK(fs::file_size(database.sums()) < 10'000);
}

TEST_CASE("a changed byte of the version file is found, where its sum is of another commit by the tables") {
  Database database;
  const bool has_sums = GENERATE(true, false);
  if (has_sums) glass::renew_block_sums(database.path());
  CHECK_NOTHROW(check_version_file(database.path()));
  constexpr std::size_t k_revision = 32;
  change_byte(database.path() / "iamglass", k_revision);
  CHECK_THROWS_AS(check_version_file(database.path()), Xapian::DatabaseCorruptError);
}

TEST_CASE("a version file whose numbers make no sense is a damaged one") {
  const Database database;
  const bool has_sums = GENERATE(true, false);
  if (has_sums) glass::renew_block_sums(database.path());
  const fs::path file = database.path() / "iamglass";
  std::string bytes = bytes_of(file);
  constexpr std::size_t k_numbers = 32;
  for (std::size_t at = k_numbers; at + 16 < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged.replace(at, 16, 16, '\xff');
    std::ofstream(file, std::ios::binary | std::ios::trunc) << damaged;
    if (glass::parse_version(damaged)) continue; // statistics behind the tables
    CAPTURE(at);
    CHECK_THROWS_AS(check_version_file(database.path()), Xapian::DatabaseCorruptError);
    CHECK_THROWS_AS(check_shape(database.path()), Xapian::DatabaseCorruptError);
  }
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes.substr(0, 50);
  CHECK_THROWS_AS(check_version_file(database.path()), Xapian::DatabaseCorruptError);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << "another format, of which Xapian tells";
  CHECK_NOTHROW(check_version_file(database.path()));
}

TEST_CASE("a statistic that is another than was written is found") {
  const Database database;
  glass::renew_block_sums(database.path());
  change_byte(database.path() / "iamglass", fs::file_size(database.path() / "iamglass") - 2);
  CHECK_THROWS_AS(check_version_file(database.path()), Xapian::DatabaseCorruptError);
  CHECK_NOTHROW(check_shape(database.path()));
}

TEST_CASE("sums that are themselves damaged are an error") {
  const Database database;
  glass::renew_block_sums(database.path());
  const std::uintmax_t size = fs::file_size(database.sums());
  SECTION("in their head") { change_byte(database.sums(), GENERATE(0, 9, 17, 30, 75)); }
  SECTION("cut short") { fs::resize_file(database.sums(), GENERATE_COPY(std::uintmax_t{0}, 50, size - 1)); }
  CHECK_THROWS_AS(BlockSums::open(database.path()), Xapian::DatabaseCorruptError);
  CHECK_THROWS_AS(glass::renew_block_sums(database.path()), Xapian::DatabaseCorruptError);
  CHECK_THROWS_AS(check_version_file(database.path()), Xapian::DatabaseCorruptError);
}

TEST_CASE("a commit makes new sums of the blocks that it wrote, and of no others") {
  Database database;
  glass::renew_block_sums(database.path());
  const std::uint64_t number = database.blocks(Table::position) / 2; // which the next commit has no need to write again
  change_byte(database.table(Table::position), number * Database::k_block + 5'000);
  database.add(3);
  CHECK(BlockSums::open(database.path())->revision() < glass::read_version(database.path())->revision);
  CHECK_NOTHROW(check_version_file(database.path()));
  for (const bool is_renewed : {false, true}) {
    CAPTURE(is_renewed);
    if (is_renewed) glass::renew_block_sums(database.path());
    const auto damaged = glass::damaged_blocks(database.path());
    REQUIRE(damaged.size() == 1);
    CHECK(damaged.front().number == number);
  }
}

TEST_CASE("sums of a commit that was lost are made anew") {
  Database database;
  glass::renew_block_sums(database.path());
  const std::string version = glass::version_bytes(database.path());
  database.add(3);
  glass::renew_block_sums(database.path());
  std::ofstream(database.path() / "iamglass", std::ios::binary | std::ios::trunc) << version;
  glass::renew_block_sums(database.path());
  CHECK(BlockSums::open(database.path())->revision() == glass::read_version(database.path())->revision);
  CHECK(glass::damaged_blocks(database.path()).empty());
  change_byte(database.table(Table::position), database.blocks(Table::position) / 2 * Database::k_block + 5'000);
  CHECK(glass::damaged_blocks(database.path()).size() == 1);
}

TEST_CASE("a table that is gone, or ends before its root, is damage that is told at once") {
  const Database database;
  glass::renew_block_sums(database.path());
  const auto table = GENERATE(Table::postlist, Table::docdata, Table::termlist, Table::position);
  SECTION("gone") { fs::remove(database.table(table)); }
  SECTION("cut short") {
    fs::resize_file(database.table(table), glass::read_version(database.path())->root(table).block * Database::k_block);
  }
  CHECK_THROWS_AS(check_version_file(database.path()), Xapian::DatabaseCorruptError);
  CHECK_FALSE(is_complete(database.path()));
}

TEST_CASE("a database is complete where it has sums, if only of a commit before the last") {
  Database database;
  CHECK_FALSE(is_complete(database.path()));
  glass::renew_block_sums(database.path());
  CHECK(is_complete(database.path()));
  database.add(1); // after which its writer was killed
  CHECK(is_complete(database.path()));
  change_byte(database.path() / "iamglass", 20);
  glass::renew_block_sums(database.path());
  change_byte(database.path() / "iamglass", 20);
  CHECK_FALSE(is_complete(database.path()));
}

TEST_CASE("sums are not made of a block that says it is of a commit that there was not") {
  Database database;
  glass::renew_block_sums(database.path());
  const std::uint64_t root = glass::read_version(database.path())->root(Table::position).block;
  database.add(3);
  change_byte(database.table(Table::position),
              glass::read_version(database.path())->root(Table::position).block * Database::k_block);
  CHECK(root < database.blocks(Table::position));
  CHECK_THROWS_AS(glass::renew_block_sums(database.path()), Xapian::DatabaseCorruptError);
}

TEST_CASE("a free block is none that can be damaged, but for those that list the free ones") {
  Database database;
  database.add(3); // which leaves blocks free that it wrote anew
  glass::renew_block_sums(database.path());
  CHECK(database.fitting(Table::position) < database.blocks(Table::position));
  CHECK(glass::damaged_blocks(database.path()).empty());
  const auto root = glass::read_version(database.path())->root(Table::position);
  REQUIRE(root.free);
  change_byte(database.table(Table::position), root.free->first * Database::k_block + glass::k_free_begin);
  const auto damaged = glass::damaged_blocks(database.path());
  REQUIRE(damaged.size() == 1);
  CHECK(damaged.front().number == root.free->first);
  CHECK_FALSE(damaged.front().keys.has("word"));
}

TEST_CASE("a list of free blocks is followed through all its blocks") {
  Database database;
  database.add(15'000);
  database.remove(15'000);
  glass::renew_block_sums(database.path());
  const auto root = glass::read_version(database.path())->root(Table::position);
  REQUIRE(root.free);
  CHECK(root.free->first != root.free->last);
  CHECK(glass::damaged_blocks(database.path()).empty());
  change_byte(database.table(Table::position), root.free->last * Database::k_block + glass::k_free_begin);
  CHECK(glass::damaged_blocks(database.path()).size() == 1);
}

TEST_CASE("sums of the first form, which said nothing of free blocks, are made anew") {
  Database database;
  database.add(3);
  glass::renew_block_sums(database.path());
  std::string bytes = bytes_of(database.sums());
  std::ofstream(database.sums(), std::ios::binary | std::ios::trunc) << bytes.replace(0, 8, "pfindsum");
  CHECK(BlockSums::open(database.path()) == nullptr);
  glass::renew_block_sums(database.path());
  CHECK(BlockSums::open(database.path()) != nullptr);
}
