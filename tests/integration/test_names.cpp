// What a user's names file changes in an index that is there: the result is that of a fresh build with the file.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "common/index_files.hpp"
#include "common/schema.hpp"
#include "indexer/run.hpp"
#include "tests/integration/collection.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

class Desk {
public:
  Desk() {
    write("articles/a.txt",
          story("Samsung Electronics and Huawei signed a licence", "Samsung Electronics Co said so."));
    write("articles/b.txt", story("Huawei meets Samsung", "Samsung and the Zorblatt Works of Munich agreed."));
    write("articles/c.txt", story("A quiet day", "Orange growers of Zorblatt say the harvest was late. Apple fell."));
    write("articles/d.jsonl",
          R"({"title": "Foxconn invests", "body": "Hon Hai Precision and Foxconn told the FDA so."})"
          "\n"
          R"({"title": "Weather", "body": "It rained in Berlin, as Xu Ran had said."})"
          "\n");
  }

  void write(const fs::path& name, std::string_view content) const { dir_.write(name, content); }

  ExitStatus run(const fs::path& index, std::string_view names, Action action = Action::update) const {
    write("names.tsv", names);
    Options options{.action = action, .paths = {at("articles")}, .index = dir_.path() / index, .quiet = true};
    options.names = {at("names.tsv")};
    Console console(Verbosity::quiet, "", false, 80);
    const ExitStatus status = run_update(options, console, {});
    console.finish();
    return status;
  }

  IndexContents contents(const fs::path& index) const { return tests::contents(dir_.path() / index); }

  std::string at(const std::string& name) const { return (dir_.path() / name).string(); }

private:
  static std::string story(std::string_view title, std::string_view text) {
    return fmt::format("{}\n\nMarch 12, 2024\n\n{}\n", title, text);
  }

  TempDir dir_{memory_directory()};
};

const std::vector<std::string> k_files{
    "",
    "company\tHuawei Technologies\tHuawei\n",    // renamed
    "company\tSamsung Huawei\tSamsung|Huawei\n", // merged
    "company\tSamsung Electronics\n",            // split from Samsung
    "!company\tSamsung\n!place\tMunich\n",       // forbidden
    "technology\tHuawei\tcompany:Huawei\n",      // of another kind
    "company\tZorblatt Works\tZorblatt\n",       // new names
    "company\tOrange\n",                         // another marker
    "company\tZorblatt\ncompany\tSAMSUNG\tSamsung Electronics\n!person\tXu Ran\n",
    "organization\tBerlin\n", // a name of another kind as well
    "person\tHon Zorblatt\ncompany\tFOXCONN\tHon Hai Precision\n",
    "company\tFoxconn Group\tHon Hai\n",
    "!company\tHon Hai\n",
};

} // namespace

TEST_CASE("an index to which a names file is applied is one that was made with it") {
  for (const std::string& first : k_files) {
    for (const std::string& second : k_files) {
      const Desk desk;
      REQUIRE(desk.run("index", first) == ExitStatus::success);
      REQUIRE(desk.run("index", second) == ExitStatus::success);
      REQUIRE(desk.run("fresh", second) == ExitStatus::success);
      INFO("first:\n" << first << "then:\n" << second << difference(desk.contents("index"), desk.contents("fresh")));
      CHECK(desk.contents("index") == desk.contents("fresh"));
    }
  }
}

TEST_CASE("corrections need no file that was indexed") {
  const Desk desk;
  for (const fs::directory_entry& entry : fs::directory_iterator(desk.at("articles")))
    fs::last_write_time(entry, fs::file_time_type::clock::now() - std::chrono::hours(24));
  REQUIRE(desk.run("fresh", k_files[6]) == ExitStatus::success);
  REQUIRE(desk.run("index", "") == ExitStatus::success);
  const auto before = desk.contents("index");
  for (const char* name : {"a.txt", "b.txt", "c.txt"}) { // other bytes, which only reading would find
    const fs::path file = desk.at(fmt::format("articles/{}", name));
    const auto time = fs::last_write_time(file);
    std::string text(fs::file_size(file), 'x');
    desk.write(fmt::format("articles/{}", name), text);
    fs::last_write_time(file, time);
  }
  REQUIRE(desk.run("index", k_files[6]) == ExitStatus::success);
  const auto after = desk.contents("index");
  CHECK(after.articles == desk.contents("fresh").articles);
  CHECK(after.articles != before.articles);
  CHECK(after.files == before.files);
}

TEST_CASE("articles are changed together with the names, with a broken file not at all") {
  const Desk desk;
  REQUIRE(desk.run("index", k_files[6]) == ExitStatus::success);
  const auto before = desk.contents("index");
  for (const std::string broken :
       {"company\tAcme\n!!company\tX\n", "company\tAcme\n!company\t?X\n", "company\tAcme\tcompany:Acme Inc\n",
        "company\tplace:Acme\n", "company\tAcme\n!company\tACME\n", "person\tA B\tcompany:\n"}) {
    INFO(broken);
    CHECK_THROWS_WITH(desk.run("index", broken), Catch::Contains("names.tsv, line "));
    CHECK(desk.contents("index") == before);
  }
}
