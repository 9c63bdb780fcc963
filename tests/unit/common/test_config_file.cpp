#include <catch2/catch.hpp>

#include "common/config_file.hpp"
#include "common/error.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using pfind::tests::TempDir;

namespace {

std::vector<std::string> read(std::string_view text, std::string_view program = "pindex") {
  const TempDir dir;
  std::vector<std::string> lines;
  for (const Setting& setting : read_settings(dir.write("config", text), program))
    lines.push_back(std::to_string(setting.line) + ':' + setting.name + '=' + setting.value);
  return lines;
}

} // namespace

TEST_CASE("settings are names and values, white space and comments aside") {
  CHECK(read("# a comment\n\n  index =  /srv/my index \r\nnames=a=b\nempty =\n  # another\n") ==
        std::vector<std::string>{"3:index=/srv/my index", "4:names=a=b", "5:empty="});
  CHECK(read("").empty());
  CHECK(read("last = without a line end") == std::vector<std::string>{"1:last=without a line end"});
}

TEST_CASE("each program reads the common settings and its own section") {
  const std::string text = "index = i\n[pfind]\nlimit = 5\n[ pindex ]\njobs = 2\n";
  CHECK(read(text, "pindex") == std::vector<std::string>{"1:index=i", "5:jobs=2"});
  CHECK(read(text, "pfind") == std::vector<std::string>{"1:index=i", "3:limit=5"});
}

TEST_CASE("a line that is no setting is named") {
  const std::string text = GENERATE("ok = 1\nindex\n", "ok = 1\n= value\n", "ok = 1\n[pindex\n");
  CHECK_THROWS_AS(read(text), UsageError);
  CHECK_THROWS_WITH(read(text), Catch::Contains("line 2"));
}

TEST_CASE("a file that cannot be read is an error with its reason") {
  const TempDir dir;
  CHECK_THROWS_WITH(read_settings(dir.path() / "missing", "pindex"), Catch::Contains("No such file"));
  CHECK_THROWS_WITH(read_settings(dir.path(), "pindex"), Catch::Contains("Is a directory"));
}

TEST_CASE("the default configuration file follows the XDG base directories") {
  CHECK(default_config("/conf", "/home/u") == "/conf/pfind/config");
  CHECK(default_config(nullptr, "/home/u") == "/home/u/.config/pfind/config");
  CHECK(default_config("relative", "/home/u") == "/home/u/.config/pfind/config");
  CHECK(default_config(nullptr, nullptr).empty());
}
