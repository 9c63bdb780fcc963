#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "common/error.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "reading.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;
using pfind::ReadError;
using pfind::tests::TempDir;

namespace {

/// Writes `content` compressed by one of libarchive's filters.
void compress(const std::string& path, int filter, const std::string& content) {
  archive* a = archive_write_new();
  archive_write_set_format_raw(a);
  archive_write_add_filter(a, filter);
  REQUIRE(archive_write_open_filename(a, path.c_str()) == ARCHIVE_OK);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(a, entry);
  archive_write_data(a, content.data(), content.size());
  archive_entry_free(entry);
  archive_write_close(a);
  archive_write_free(a);
}

std::string content_of(const std::string& path) { return read_all(*open_file(path), SIZE_MAX - 1); }

} // namespace

TEST_CASE("files are decompressed whatever their name") {
  const TempDir dir;
  const std::string text = std::string(300'000, 'x').append("end");
  for (const int filter : {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD}) {
    CAPTURE(filter);
    const std::string path = dir.path() / ("file" + std::to_string(filter));
    compress(path, filter, text);
    CHECK(content_of(path) == text);
    CHECK(read_all(*open_stored(path), 1 << 20).size() < text.size());
  }
  CHECK(content_of(dir.write("plain", "plain text")) == "plain text");
  CHECK(content_of(dir.write("empty", "")) == "");
}

TEST_CASE("damaged compressed data is an error that names the file") {
  const TempDir dir;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919 % 100'003) + '\n';
  const std::string path = dir.path() / "file.gz";
  compress(path, ARCHIVE_FILTER_GZIP, text);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  CHECK_THROWS_AS(content_of(path), ReadError);
  CHECK_THROWS_WITH(content_of(path), Catch::Matchers::StartsWith(path + ": "));
  CHECK_THROWS_AS(content_of(dir.write("bad.gz", "\x1f\x8b\x08garbage that is no deflate data")), ReadError);
}

TEST_CASE("articles before the place where compressed data breaks off are kept") {
  const TempDir dir;
  std::string lines;
  for (int i = 0; i < 20'000; ++i) {
    lines += R"({"id": )" + std::to_string(i) + R"(, "title": "Deal )" + std::to_string(i * 7919LL % 100'003) + "\"}\n";
  }
  const std::string path = dir.path() / "dump.jsonl.gz";
  compress(path, ARCHIVE_FILTER_GZIP, lines);
  CHECK(pfind::tests::read(*open_file(path), path).articles.size() == 20'000);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 100);
  const auto reading = pfind::tests::read(*open_file(path), path);
  CHECK(reading.articles.size() > 1000);
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].path == path);
  CHECK(reading.problems[0].reason.find("damaged or cut short") != std::string::npos);
}

TEST_CASE("what is no file cannot be opened") {
  const TempDir dir;
  CHECK_THROWS_AS(open_file(dir.path() / "missing"), ReadError);
  CHECK_THROWS_AS(open_file(dir.path()), ReadError);
  const std::string pipe = dir.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_THROWS_AS(open_file(pipe), ReadError);
}

TEST_CASE("peeking takes nothing away") {
  MemoryStream memory("abcdef");
  PeekStream stream(memory);
  CHECK(stream.peek(3) == "abc");
  CHECK(stream.peek(100) == "abcdef");
  CHECK(read_all(stream, 100) == "abcdef");
  CHECK(stream.peek(1).empty());
}

TEST_CASE("reading stops soon after the limit") {
  const std::string text(1'000'000, 'x');
  MemoryStream stream(text);
  const std::string read = read_all(stream, 1000);
  CHECK(read.size() > 1000);
  CHECK(read.size() < 200'000);
}

TEST_CASE("a compressed file's progress is counted in the bytes it has on disk") {
  const TempDir dir;
  const std::string path = (dir.path() / "a.gz").string();
  compress(path, ARCHIVE_FILTER_GZIP, std::string(100'000, 'x'));
  const auto stream = open_file(path);
  CHECK(read_all(*stream, 1'000'000).size() == 100'000);
  CHECK(stream->stored_bytes_read() == std::filesystem::file_size(path));
}
