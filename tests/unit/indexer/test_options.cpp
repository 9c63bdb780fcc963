#include <catch2/catch.hpp>

#include "common/error.hpp"
#include "indexer/options.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind;
using namespace pfind::indexer;
using pfind::tests::TempDir;

namespace {

Options parse(std::vector<const char*> arguments, Environment environment = {.home = "/no/home"}) {
  arguments.insert(arguments.begin(), "pindex");
  return parse_options(static_cast<int>(arguments.size()), arguments.data(), environment);
}

Options parse_config(std::string_view config, std::vector<const char*> arguments = {"a"}) {
  const TempDir dir;
  dir.write("pfind/config", config);
  const std::string home = dir.path().string();
  return parse(std::move(arguments), {.home = "/no/home", .xdg_config_home = home.c_str()});
}

} // namespace

TEST_CASE("paths are what is to be indexed, where the index is by default") {
  const Options options = parse({"a", "b c"});
  CHECK(options.action == Action::update);
  CHECK(options.paths == std::vector<std::string>{"a", "b c"});
  CHECK(options.index == "/no/home/.local/share/pfind/index");
  CHECK(options.jobs >= 1);
  CHECK(options.wait == std::chrono::seconds(10));
  CHECK_FALSE(options.quiet);
  CHECK_FALSE(options.verbose);
}

TEST_CASE("every option is read") {
  const Options options =
      parse({"--index", "i", "--names=n1", "--names", "n2", "--report", "r", "--jobs", "3", "--json-field",
             "body=story", "--json-field=body=content=x", "--wait=0", "--quiet", "--rebuild", "--", "--a"});
  CHECK(options.action == Action::rebuild);
  CHECK(options.index == "i");
  CHECK(options.names == std::vector<std::string>{"n1", "n2"});
  CHECK(options.report == "r");
  CHECK(options.jobs == 3);
  CHECK(options.read.json_fields.at("body") == std::vector<std::string>{"story", "content=x"});
  CHECK(options.wait == std::chrono::seconds(0));
  CHECK(options.quiet);
  CHECK(options.paths == std::vector<std::string>{"--a"});
}

TEST_CASE("one action at a time, help and version go before all others") {
  CHECK(parse({"--dry-run"}).action == Action::dry_run);
  CHECK(parse({"--print", "a"}).action == Action::print);
  CHECK(parse({"--forget", "a"}).action == Action::forget);
  CHECK(parse({"--rebuild", "--help"}).action == Action::help);
  CHECK(parse({"--version"}).action == Action::version);
  CHECK_THROWS_WITH(parse({"--rebuild", "--forget", "a"}), Catch::Contains("do not go together"));
}

TEST_CASE("what makes no sense is refused") {
  CHECK_THROWS_AS(parse({"--nonsense"}), UsageError);
  CHECK_THROWS_AS(parse({"--ind", "x", "a"}), UsageError); // no guessing
  CHECK_THROWS_AS(parse({"--jobs", "0", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--jobs", "-1", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--jobs", "many", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--wait", "-1", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--verbose", "--quiet", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--json-field", "body", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--json-field", "body=", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--json-field", "smell=x", "a"}), UsageError);
  CHECK_THROWS_AS(parse({"--print"}), UsageError);
  CHECK_THROWS_AS(parse({"--forget"}), UsageError);
  CHECK_THROWS_AS(parse({"--dry-run", "-"}), UsageError);
  CHECK(parse({"-"}).paths == std::vector<std::string>{"-"});
  CHECK_THROWS_AS(parse({""}), UsageError);
  CHECK_THROWS_AS(parse({"a"}, {}), UsageError); // no place for an index
}

TEST_CASE("the configuration file says what the command line does not") {
  const std::string_view config =
      "index = /from/config\nnames = n1\n[pindex]\njobs = 2\nquiet = yes\n[pfind]\nlimit = 5\n";
  CHECK(parse_config(config).index == "/from/config");
  CHECK(parse_config(config).jobs == 2);
  CHECK(parse_config(config).quiet);
  CHECK(parse_config(config, {"--index", "/from/line", "a"}).index == "/from/line");
  CHECK(parse_config(config, {"--names", "n0", "a"}).names == std::vector<std::string>{"n0"});
}

TEST_CASE("a configuration file that makes no sense is refused with its line") {
  CHECK_THROWS_WITH(parse_config("jobs = 2\nnonsense = 1\n"), Catch::Contains("line 2"));
  CHECK_THROWS_WITH(parse_config("quiet = maybe\n"), Catch::Contains("yes or no"));
  CHECK_THROWS_AS(parse_config("jobs = x\n"), UsageError);
  for (const char* action : {"rebuild = yes", "print = yes", "help = yes", "config = other"})
    CHECK_THROWS_WITH(parse_config(action), Catch::Contains("line 1"));
}

TEST_CASE("a named configuration file must be there") {
  CHECK_THROWS_AS(parse({"--config", "/no/such/file", "a"}), UsageError);
  const TempDir dir;
  const std::string config = dir.write("mine", "index = /mine\n").string();
  CHECK(parse({"--config", config.c_str(), "a"}).index == "/mine");
}
