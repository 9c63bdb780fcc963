#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <xapian.h>

#include "indexer/bulk/glass_table.hpp"
#include "indexer/bulk/glass_version.hpp"
#include "tests/support/database_contents.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::bulk;
using pfind::tests::faults_of;
using pfind::tests::TempDir;
namespace glass = pfind::glass;

namespace {

using Metadata = std::map<std::string, std::string>;

/// A database that holds metadata alone: entries of the postlist table whose keys begin with these two bytes.
void write_metadata(const std::filesystem::path& path, const Metadata& metadata) {
  TableWriter postlist(glass::table_file(path, glass::Table::postlist));
  for (const auto& [key, text] : metadata) postlist.add(std::string("\0\xc0", 2) + key, text);
  TableWriter termlist(glass::table_file(path, glass::Table::termlist));
  write_version_file(path, {postlist.finish(), std::nullopt, termlist.finish()}, {});
}

/// What stock Xapian reads.
Metadata metadata_in(const Xapian::Database& database) {
  Metadata metadata;
  for (auto it = database.metadata_keys_begin(); it != database.metadata_keys_end(); ++it)
    metadata[*it] = database.get_metadata(*it);
  return metadata;
}

std::string random_bytes(std::mt19937& random, std::size_t size, unsigned alphabet) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % alphabet);
  return bytes;
}

Metadata random_metadata(std::mt19937& random, std::size_t entries, std::size_t longest_key, std::size_t longest_tag) {
  Metadata metadata;
  const unsigned alphabet = random() % 2 == 0 ? 256 : 4;
  for (std::size_t i = 0; i < entries; ++i)
    metadata[random_bytes(random, 1 + random() % longest_key, alphabet)] =
        random_bytes(random, 1 + random() % longest_tag, alphabet);
  return metadata;
}

/// Writes the entries, has Xapian read and check them, then change and check them again.
void check_table(const Metadata& metadata, std::mt19937& random) {
  const TempDir dir;
  write_metadata(dir.path(), metadata);
  CHECK(faults_of(dir.path().string()) == "");
  CHECK((metadata_in(Xapian::Database(dir.path().string())) == metadata));
  Metadata changed = metadata;
  for (int rounds = 0; rounds < 2; ++rounds) {
    Xapian::WritableDatabase database(dir.path().string(), Xapian::DB_OPEN);
    for (auto& [key, text] : changed) {
      if (random() % 3 == 0) text = random_bytes(random, random() % 3 == 0 ? 0 : random() % 9000, 256);
    }
    changed.merge(random_metadata(random, 50, 200, 3000));
    for (const auto& [key, text] : changed) database.set_metadata(key, text);
    std::erase_if(changed, [](const auto& entry) { return entry.second.empty(); });
    database.commit();
    CHECK(faults_of(dir.path().string()) == "");
    CHECK((metadata_in(Xapian::Database(dir.path().string())) == changed));
  }
}

} // namespace

TEST_CASE("a table of the bulk builder is one that Xapian reads, finds sound and changes") {
  std::mt19937 random(20240312);
  SECTION("empty") { check_table({}, random); }
  SECTION("one entry") { check_table({{"key", "text"}}, random); }
  SECTION("one leaf") { check_table(random_metadata(random, 20, 30, 100), random); }
  SECTION("many short entries") { check_table(random_metadata(random, 20000, 12, 10), random); }
  SECTION("longest keys, several levels of branches") { check_table(random_metadata(random, 4000, 253, 2500), random); }
  SECTION("tags in parts") { check_table(random_metadata(random, 100, 100, 40000), random); }
  SECTION("tags around the size of an item and of a block") {
    for (std::size_t size = 2020; size < 2060; ++size)
      check_table({{"a", std::string(size, 'x')}, {"b", std::string(4 * size + 50, 'y')}, {"c", "z"}}, random);
  }
  SECTION("a large tag") {
    check_table({{"a", "b"}, {"large", random_bytes(random, 3'000'000, 256)}, {"z", "y"}}, random);
  }
  SECTION("random tables") {
    for (int round = 0; round < 100; ++round)
      check_table(random_metadata(random, random() % 200, 1 + random() % 253, 1 + random() % 5000), random);
  }
}

TEST_CASE("a table refuses what it cannot hold") {
  const TempDir dir;
  TableWriter table(dir.path() / "table");
  table.add("b", "tag");
  CHECK_THROWS_AS(table.add("a", "tag"), std::logic_error);
  CHECK_THROWS_AS(table.add("b", "tag"), std::logic_error);
  CHECK_THROWS_AS(table.add(std::string(k_longest_key + 1, 'c'), "tag"), std::length_error);
  CHECK_THROWS_AS(table.add("c", std::string(std::size_t{140} << 20, 'x')), std::length_error);
}

TEST_CASE("a table that cannot be written is an error that names the file") {
  CHECK_THROWS_WITH(TableWriter("/nowhere/table"), Catch::Contains("/nowhere/table"));
  TableWriter full("/dev/full");
  CHECK_THROWS_AS(full.finish(), std::system_error);
}

TEST_CASE("statistics of the version file are what Xapian says of the database") {
  const TempDir dir;
  TableWriter postlist(glass::table_file(dir.path(), glass::Table::postlist));
  write_version_file(
      dir.path(), {postlist.finish()},
      {.documents = 3, .last_document = 900, .shortest = 7, .longest = 500, .largest_wdf = 40, .total_length = 600});
  const Xapian::Database database(dir.path().string());
  CHECK(database.get_doccount() == 3);
  CHECK(database.get_lastdocid() == 900);
  CHECK(database.get_doclength_lower_bound() == 7);
  CHECK(database.get_doclength_upper_bound() == 500);
  CHECK(database.get_avlength() == 200);
  CHECK(database.get_total_length() == 600);
  CHECK(database.get_uuid().size() == 36);
}
