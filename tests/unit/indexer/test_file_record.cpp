#include <catch2/catch.hpp>
#include <random>

#include "common/codec.hpp"
#include "indexer/file_records.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind::indexer;
using pfind::corpus::Problem;

namespace {

FileRecord full_record() {
  FileRecord record{.file = {.path = "/a/b.jsonl", .size = 123'456, .mtime_ns = 1'700'000'000'123'456'789, .inode = 42},
                    .digest = std::string(16, '\0'),
                    .articles = 3,
                    .outdated = true};
  record.add({record.file.path, "line 2", "is broken"});
  record.add({record.file.path, "", "has no date", true});
  return record;
}

} // namespace

TEST_CASE("a file record comes back whole") {
  const FileRecord record = full_record();
  const FileRecord again = decode_file_record(encode(record));
  CHECK(again.file == record.file);
  CHECK(again.digest == record.digest);
  CHECK(again.articles == 3);
  CHECK(again.skipped == 1);
  CHECK(again.notices == 1);
  CHECK(again.outdated);
  REQUIRE(again.problems.size() == 2);
  CHECK(again.problems[0].path == record.file.path);
  CHECK(again.problems[0].where == "line 2");
  CHECK(again.problems[0].reason == "is broken");
  CHECK_FALSE(again.problems[0].indexed);
  CHECK(again.problems[1].indexed);
}

TEST_CASE("a time before 1970 comes back") {
  FileRecord record = full_record();
  record.file.mtime_ns = -5;
  CHECK(decode_file_record(encode(record)).file == record.file);
}

TEST_CASE("all problems are counted, the first are kept") {
  FileRecord record;
  for (std::size_t i = 0; i < k_max_problems + 50; ++i) record.add({"/a", "", std::to_string(i)});
  const FileRecord again = decode_file_record(encode(record));
  CHECK(again.skipped == k_max_problems + 50);
  REQUIRE(again.problems.size() == k_max_problems);
  CHECK(again.problems.front().reason == "0");
}

TEST_CASE("a distrusted record equals no file, and no content") {
  FileRecord record = full_record();
  const auto file = record.file;
  record.distrust();
  CHECK(record.file != file);
  CHECK(record.file.path == file.path);
  CHECK(record.digest.empty());
  CHECK(record.articles == 3);
}

TEST_CASE("a damaged record is a record or an error") {
  std::mt19937 random(4);
  const std::string whole = encode(full_record());
  for (int trial = 0; trial < 5000; ++trial) {
    try {
      const std::size_t problems = decode_file_record(pfind::tests::mutated(whole, random)).problems.size();
      CHECK(problems <= k_max_problems);
    } catch (const pfind::codec::DecodeError&) {
      SUCCEED();
    }
  }
}

TEST_CASE("the records of many files come in the order of their paths, whatever order they were added in") {
  FileRecords records;
  for (const std::string path : {"/b", "/a/b", "/c", "/a"}) {
    FileRecord record = full_record();
    record.file.path = path;
    record.outdated = false;
    record.articles = path.size();
    records.add(encode(record));
  }
  records.put_in_order();
  std::vector<std::string> paths;
  records.each([&](const FileRecord& record) { paths.push_back(record.file.path); });
  CHECK(paths == std::vector<std::string>{"/a", "/a/b", "/b", "/c"});
  CHECK(records.path(1) == "/a/b");
  REQUIRE(records.find("/a/b"));
  CHECK(records.find("/a/b")->articles == 4);
  CHECK(records.find("/a/b")->problems.size() == 2);
  CHECK_FALSE(records.find("/a/"));
  CHECK_FALSE(records.find("/d"));
  CHECK(records.contains("/c"));
  CHECK_FALSE(records.contains(""));
}

TEST_CASE("one outdated record is known, and all can be outdated together") {
  FileRecords records;
  FileRecord record = full_record();
  record.outdated = false;
  records.add(encode(record));
  CHECK_FALSE(records.is_any_outdated());
  records.mark_outdated();
  CHECK(records.is_any_outdated());
  CHECK(records.find(record.file.path)->outdated);
  FileRecords others;
  others.mark_outdated();
  CHECK_FALSE(others.is_any_outdated()); // there are none
  others.add(encode(full_record()));
  CHECK(others.is_any_outdated());
  CHECK_THROWS_AS(others.add("\xff"), pfind::codec::DecodeError);
}
