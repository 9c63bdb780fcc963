#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

#include "tests/support/temp_dir.hpp"

namespace fs = std::filesystem;
using pfind::tests::TempDir;

TEST_CASE("a temporary directory is one's own and goes with everything in it") {
  fs::path path;
  {
    const TempDir first;
    const TempDir second;
    CHECK(first.path() != second.path());
    CHECK(fs::is_directory(first.path()));
    path = first.path();
    first.write("a/b/c.txt", "text");
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("files are written byte for byte below the directory") {
  const TempDir dir;
  const std::string content{"line\r\n\0end", 10};
  const fs::path file = dir.write("folder/file", content);
  CHECK(file == dir.path() / "folder" / "file");
  std::ifstream in(file, std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == content);
}
