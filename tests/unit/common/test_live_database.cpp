#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "common/index_files.hpp"
#include "common/live_database.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
namespace fs = std::filesystem;

namespace {

void make_generation(const fs::path& index) {
  Xapian::WritableDatabase database(index_files::generation(index, 1).string(), Xapian::DB_CREATE);
  Xapian::Document document;
  document.set_data("text");
  document.add_posting("word", 1);
  document.add_value(0, "value");
  database.add_document(document);
  database.commit();
  index_files::publish(index, 1);
}

bool is_whole(const Xapian::Database& database) {
  try {
    return database.get_document(1).get_data() == "text" && database.get_document(1).get_value(0) == "value" &&
           database.termlist_begin(1) != database.termlist_end(1) &&
           database.positionlist_begin(1, "word") != database.positionlist_end(1, "word");
  } catch (const Xapian::Error&) {
    return false;
  }
}

} // namespace

TEST_CASE("where there is no index there is no database") {
  const tests::TempDir directory;
  CHECK_FALSE(open_live_database(directory.path()));
  CHECK_FALSE(open_live_database(directory.path() / "absent"));
}

TEST_CASE("a damaged database is an error") {
  const tests::TempDir directory;
  make_generation(directory.path());
  fs::remove(index_files::generation(directory.path(), 1) / "iamglass");
  CHECK_THROWS_AS(open_live_database(directory.path()), Xapian::Error);
}

TEST_CASE("an index that is replaced without pause is opened whole") {
  const tests::TempDir directory("/dev/shm");
  const fs::path& index = directory.path();
  make_generation(index);
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (unsigned number = 2; !done; ++number) {
      fs::copy(index_files::generation(index, number - 1), index_files::generation(index, number));
      index_files::publish(index, number);
      fs::remove_all(index_files::generation(index, number - 1));
    }
  });
  int broken = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto live = open_live_database(index);
    broken += !live || !is_whole(live->database);
  }
  done = true;
  writer.join();
  CHECK(broken == 0);
}
