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

  void forget(const fs::path& index, const std::string& name) const {
    Console console(Verbosity::quiet, "", false, 80);
    const Options options{.action = Action::forget, .paths = {at(name)}, .index = dir_.path() / index, .quiet = true};
    REQUIRE(run_update(options, console, {}) == ExitStatus::success);
    console.finish();
  }

  void remove(const fs::path& name) const { fs::remove(dir_.path() / name); }

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
  const Desk desk;
  std::vector<IndexContents> fresh;
  for (std::size_t i = 0; i < k_files.size(); ++i) {
    REQUIRE(desk.run(fmt::format("fresh{}", i), k_files[i]) == ExitStatus::success);
    fresh.push_back(desk.contents(fmt::format("fresh{}", i)));
  }
  std::size_t at = 0;
  REQUIRE(desk.run("index", k_files[at]) == ExitStatus::success);
  for (const std::size_t stride : {1, 5}) { // two ways round through all of them
    for (std::size_t step = 0; step < k_files.size(); ++step) {
      const std::string& before = k_files[at];
      at = (at + stride) % k_files.size();
      REQUIRE(desk.run("index", k_files[at]) == ExitStatus::success);
      INFO("first:\n" << before << "then:\n" << k_files[at] << difference(desk.contents("index"), fresh[at]));
      CHECK(desk.contents("index") == fresh[at]);
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

TEST_CASE("a copy that comes to be shown has the entities that the names of then give it") {
  const Desk desk;
  std::string body = "Samsung Electronics and the Zorblatt Works of Munich met Huawei and Hon Zorblatt of the FDA.";
  while (body.size() < 2000) body += " They said that it was a quiet day, and that the harvest was late again.";
  desk.write("articles/e.json", fmt::format(R"({{"title": "Zorblatt comes first", "body": "{}"}})", body));
  desk.write("articles/f.json", fmt::format(R"({{"title": "Huawei comes first", "body": "{}"}})", body));
  REQUIRE(desk.run("index", k_files[0]) == ExitStatus::success);
  REQUIRE(desk.contents("index").articles.size() == 6);
  const std::string& names = k_files[GENERATE(6, 8, 10)];
  SECTION("in the run that brings other names") { desk.remove("articles/e.json"); }
  SECTION("in a later run") {
    REQUIRE(desk.run("index", names) == ExitStatus::success);
    desk.remove("articles/e.json");
  }
  REQUIRE(desk.run("index", names) == ExitStatus::success);
  REQUIRE(desk.run("fresh", names) == ExitStatus::success);
  INFO(difference(desk.contents("index"), desk.contents("fresh")));
  CHECK(desk.contents("index") == desk.contents("fresh"));
}

TEST_CASE("so has one whose other copies are forgotten") {
  const Desk desk;
  std::string body = "Samsung Electronics and the Zorblatt Works of Munich met Huawei and Hon Zorblatt of the FDA.";
  while (body.size() < 2000) body += " They said that it was a quiet day, and that the harvest was late again.";
  desk.write("articles/e.json", fmt::format(R"({{"title": "Zorblatt comes first", "body": "{}"}})", body));
  desk.write("articles/f.json", fmt::format(R"({{"title": "Huawei comes first", "body": "{}"}})", body));
  REQUIRE(desk.run("index", k_files[6]) == ExitStatus::success);
  desk.forget("index", "articles/e.json");
  desk.remove("articles/e.json");
  REQUIRE(desk.run("index", k_files[6]) == ExitStatus::success);
  REQUIRE(desk.run("fresh", k_files[6]) == ExitStatus::success);
  INFO(difference(desk.contents("index"), desk.contents("fresh")));
  CHECK(desk.contents("index") == desk.contents("fresh"));
}
