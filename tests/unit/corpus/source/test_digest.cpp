#include <catch2/catch.hpp>

#include "common/error.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/source/digest.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;

TEST_CASE("digests are those of XXH3") {
  // The value that xxhsum -H2 prints for no bytes.
  CHECK(to_hex(digest("")) == "99aa06d3014798d86001c324468d497f");
  CHECK(digest("a").size() == 16);
  CHECK(digest("a") != digest("b"));
}

TEST_CASE("streams and files have the digest of their bytes") {
  const pfind::tests::TempDir dir;
  const std::string content(1'000'000, 'x');
  MemoryStream stream(content);
  CHECK(digest(stream) == digest(content));
  CHECK(file_digest(dir.write("file", content)) == digest(content));
  CHECK_THROWS_AS(file_digest(dir.path() / "missing"), pfind::ReadError);
}

TEST_CASE("bytes are written in hexadecimal") {
  CHECK(to_hex(std::string("\x00\xff\x1a", 3)) == "00ff1a");
  CHECK(to_hex("") == "");
}
