#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <xapian.h>

#include "common/version_file.hpp"
#include "tests/support/temp_dir.hpp"

using pfind::check_version_file;
using pfind::tests::TempDir;
namespace fs = std::filesystem;

namespace {

// What a small database has in its version file: magic, version and UUID, the revision, and of the first table the
// block of its root, level and flags, entries, and the size of a block in units of 2,048 bytes.
constexpr std::size_t k_level = 34;
constexpr std::size_t k_block_size = 36;

/// A database whose version file says something else at one place.
class Database {
public:
  void set(std::size_t at, char byte) {
    std::string bytes = read();
    bytes.at(at) = byte;
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }
  fs::path path() const { return directory_.path() / "database"; }
  fs::path file() const { return path() / "iamglass"; }
  std::string read() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  Database() {
    Xapian::WritableDatabase database(path().string(), Xapian::DB_CREATE);
    database.set_metadata("key", "text");
    database.commit();
  }

private:
  TempDir directory_;
};

} // namespace

TEST_CASE("the version file of a sound database is none that Xapian must not see") {
  const Database database;
  CHECK(database.read().at(k_block_size) == 4); // that is where it stands
  CHECK_NOTHROW(check_version_file(database.path()));
}

TEST_CASE("tables of too many levels, or blocks of a size that none has, are found before Xapian opens them") {
  Database database;
  const auto [at, byte] =
      GENERATE(std::pair{k_level, char{10 << 2}}, std::pair{k_level, char{0x7f}}, std::pair{k_block_size, char{3}},
               std::pair{k_block_size, char{0}}, std::pair{k_block_size, char{64}});
  database.set(at, byte);
  CHECK_THROWS_AS(check_version_file(database.path()), Xapian::DatabaseCorruptError);
}

TEST_CASE("a version file of another format, or none, is left to Xapian") {
  Database database;
  database.set(2, 'x');
  CHECK_NOTHROW(check_version_file(database.path()));
  fs::resize_file(database.file(), 20);
  CHECK_NOTHROW(check_version_file(database.path()));
  fs::remove(database.file());
  CHECK_NOTHROW(check_version_file(database.path()));
}
