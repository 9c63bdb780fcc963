#include <atomic>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fstream>
#include <future>
#include <iterator>
#include <optional>
#include <thread>
#include <xapian.h>

#include "indexer/stuck_guard.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// A database with sums.
class Database {
public:
  Database() {
    Xapian::WritableDatabase database(path().string(), Xapian::DB_CREATE);
    for (int i = 0; i < 100; ++i) {
      Xapian::Document document;
      document.set_data(fmt::format("text {}", i));
      document.add_posting("word", 1);
      database.add_document(document);
    }
    database.commit();
    glass::renew_block_sums(path());
  }

  fs::path path() const { return directory_.path() / "database"; }

  void damage() const {
    const fs::path table = glass::table_file(path(), glass::Table::docdata);
    std::ifstream in(table, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    bytes.at(8000) = static_cast<char>(bytes.at(8000) ^ 1);
    std::ofstream(table, std::ios::binary | std::ios::trunc) << bytes;
  }

private:
  tests::TempDir directory_;
};

} // namespace

TEST_CASE("work on a damaged database that does not come to an end is told of") {
  const Database database;
  database.damage();
  std::promise<glass::DamagedBlock> told;
  StuckGuard guard(
      database.path(), [&](const glass::DamagedBlock& block) { told.set_value(block); }, 20ms);
  const StuckGuard::Work work(guard);
  const StuckGuard::Work within(guard);
  const glass::DamagedBlock block = told.get_future().get();
  CHECK(block.table == glass::Table::docdata);
}

TEST_CASE("long work on a sound database, and a pause on a damaged one, are nobody's concern") {
  const Database database;
  const bool is_damaged = GENERATE(false, true);
  if (is_damaged) database.damage();
  std::atomic<int> told = 0;
  {
    StuckGuard guard(
        database.path(), [&](const glass::DamagedBlock&) { ++told; }, 5ms);
    std::optional<StuckGuard::Work> work;
    if (!is_damaged) work.emplace(guard);
    std::this_thread::sleep_for(60ms);
  }
  CHECK(told == 0);
}
