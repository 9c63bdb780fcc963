#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <string>
#include <xapian.h>

#include "indexer/check/xapian_check.hpp"
#include "tests/support/temp_dir.hpp"

using pfind::indexer::xapian_check;
using pfind::indexer::XapianReport;
using pfind::tests::TempDir;

namespace {

/// A database of a hundred words, each of which is said to occur more often than it does.
std::string faulty(const TempDir& dir) {
  std::string path = (dir.path() / "db").string();
  {
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    for (int i = 100; i < 200; ++i) {
      Xapian::Document document;
      document.add_term(fmt::format("word{}", i));
      database.add_document(document);
    }
    database.commit();
  }
  const std::string file = path + "/postlist.glass";
  std::ostringstream read;
  read << std::ifstream(file, std::ios::binary).rdbuf();
  std::string bytes = read.str();
  for (std::size_t at = bytes.find("word"); at != std::string::npos; at = bytes.find("word", at + 1))
    ++bytes[at + 8]; // behind the number of documents
  std::ofstream(file, std::ios::binary) << bytes;
  return path;
}

} // namespace

TEST_CASE("of what Xapian's check says of a damaged database the first bytes are kept, and all errors counted") {
  const TempDir dir;
  const std::string path = faulty(dir);
  const XapianReport whole = xapian_check(path);
  CHECK(whole.errors == 100);
  CHECK_FALSE(whole.is_cut);
  for (const std::size_t most : {whole.text.size() - 1, std::size_t{300}, std::size_t{1}, std::size_t{0}}) {
    const XapianReport report = xapian_check(path, most);
    CHECK(report.errors == 100);
    CHECK(report.text == whole.text.substr(0, most));
    CHECK(report.is_cut);
  }
  CHECK_FALSE(xapian_check(path, whole.text.size()).is_cut);
}

TEST_CASE("a database that Xapian cannot open is what it throws") {
  const TempDir dir;
  CHECK_THROWS_AS(xapian_check(dir.path() / "none"), Xapian::Error);
}
