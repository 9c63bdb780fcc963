// Articles met twice: one document, which depends on the files alone.
#include <array>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>

#include "common/schema.hpp"
#include "common/stored_article.hpp"
#include "indexer/index_writer.hpp"
#include "tests/integration/collection.hpp"
#include "tests/support/trials.hpp"

using namespace pfind;
using namespace pfind::indexer;
using namespace pfind::tests;
namespace fs = std::filesystem;

namespace {

/// A text of that many letters or some more.
std::string text_of(std::size_t letters, std::string_view about = "royalties") {
  std::string body = "Huawei and Nokia spoke in Munich about ";
  for (int i = 0; body.size() < letters + letters / 3; ++i) body += fmt::format("{} number {}, ", about, i);
  return body;
}

std::string plain(std::string_view title, std::string_view body) {
  return fmt::format("{}\n\nMarch 12, 2024\n\n{}\n", title, body);
}

struct Record {
  std::string title, body, url, date, outlet;
};

std::string json(const Record& record) {
  return fmt::format(R"({{"title": "{}", "body": "{}", "url": "{}", "date": "{}", "source": "{}"}})"
                     "\n",
                     record.title, record.body, record.url, record.date, record.outlet);
}

void check_as_fresh(const Collection& c) {
  const IndexContents built = contents(c.index());
  const IndexContents fresh = c.fresh();
  INFO(difference(built, fresh));
  CHECK(built == fresh);
}

Xapian::Document only_document(const Collection& c) {
  const Xapian::Database database(c.index().string());
  REQUIRE(database.get_doccount() == 1);
  return database.get_document(*database.postlist_begin(""));
}

Article shown(const Collection& c) { return decode_article(only_document(c).get_data()); }

std::vector<std::string> places(const Collection& c) {
  std::vector<std::string> names{fs::path(shown(c).location()).filename()};
  for (const Appearance& copy : decode_appearances(only_document(c).get_value(info(Field::copies).slot)))
    names.push_back(fs::path(copy.location.text()).filename());
  return names;
}

bool has(const Collection& c, Field field, const std::string& value) {
  return Xapian::Database(c.index().string()).get_termfreq(term_for(field, value)) == 1;
}

} // namespace

TEST_CASE("the same text met twice is one document at both places, with both outlets") {
  Collection c;
  c.write("a.json", json({"Huawei signs", text_of(1000), "https://a.example/1", "2024-03-12", "Wire"}));
  c.write("b.json", json({"A deal for Huawei", text_of(1000), "https://b.example/2", "2024-03-13", "The Daily"}));
  CHECK(c.update() == Summary{.added = 2, .total = 1, .duplicates = 1});
  CHECK(places(c) == std::vector<std::string>{"a.json", "b.json"});
  for (const char* name : {"a.json", "b.json"}) {
    CHECK(has(c, Field::location, (c.folder() / name).string()));
    CHECK(has(c, Field::file, (c.folder() / name).string()));
  }
  for (const char* url : {"https://a.example/1", "https://b.example/2"}) CHECK(has(c, Field::url, url));
  for (const char* outlet : {"wire", "the daily"}) CHECK(has(c, Field::outlet, outlet));
  CHECK(c.update() == Summary{.unchanged = 2, .total = 1, .duplicates = 1});
  check_as_fresh(c);

  SECTION("until one is edited") {
    c.write("b.json", json({"A deal for Huawei", text_of(1000, "phones"), "https://b.example/2", "", "The Daily"}));
    CHECK(c.update() == Summary{.changed = 1, .unchanged = 1, .total = 2});
    check_as_fresh(c);
  }
  SECTION("until the other is edited") {
    c.write("a.json", json({"Huawei signs", text_of(1000, "phones"), "", "", ""}));
    CHECK(c.update() == Summary{.changed = 1, .unchanged = 1, .total = 2});
    check_as_fresh(c);
    c.write("a.json", json({"Huawei signs", text_of(1000), "", "", ""}));
    CHECK(c.update() == Summary{.changed = 1, .unchanged = 1, .total = 1, .duplicates = 1});
    check_as_fresh(c);
  }
  SECTION("or its title, and it remains a copy") {
    c.write("b.json", json({"Another deal for Huawei", text_of(1000), "https://b.example/2", "", "The Daily"}));
    CHECK(c.update() == Summary{.changed = 1, .unchanged = 1, .total = 1, .duplicates = 1});
    check_as_fresh(c);
  }
  SECTION("and all go") {
    c.remove("a.json");
    c.remove("b.json");
    CHECK(c.update() == Summary{.removed = 2});
    check_as_fresh(c);
  }
  SECTION("and is found under the new name of a file") {
    c.rename("a.json", "z.json");
    CHECK(c.update() == Summary{.renamed = 1, .unchanged = 1, .total = 1, .duplicates = 1});
    CHECK(places(c) == std::vector<std::string>{"b.json", "z.json"});
    check_as_fresh(c);
  }
  SECTION("and all is made anew with other settings") {
    UpdateOptions options = c.options();
    options.settings = "other";
    CHECK(c.update(options) == Summary{.changed = 2, .total = 1, .duplicates = 1});
  }
}

TEST_CASE("a copy takes the place of the article shown as it is itself, and its file is not read for it") {
  Collection c;
  c.write("a.json", json({"Huawei signs", text_of(1000), "https://a.example/1", "2024-03-12", "Wire"}));
  const fs::path b = c.write("b.json", json({"A deal for Nokia", text_of(1000), "", "2024-03-13", "The Daily"}));
  c.update();
  CHECK(shown(c).title == "Huawei signs");
  const auto time = fs::last_write_time(b);
  c.write("b.json", std::string(fs::file_size(b), 'x')); // other bytes, which only reading would find
  fs::last_write_time(b, time);
  SECTION("when that is gone") {
    c.remove("a.json");
    CHECK(c.update() == Summary{.removed = 1, .unchanged = 1, .total = 1});
  }
  SECTION("when that is forgotten") {
    IndexWriter writer(c.index(), IndexWriter::Mode::update, {});
    CHECK(forget(writer, c.recognizer(), (c.folder() / "a.json").string()) == 1U);
  }
  CHECK(shown(c).title == "A deal for Nokia");
  CHECK(has(c, Field::title, "deal"));
  CHECK(has(c, Field::company, "nokia"));
  CHECK_FALSE(has(c, Field::outlet, "wire"));
  CHECK_FALSE(has(c, Field::url, "https://a.example/1"));
  CHECK(places(c) == std::vector<std::string>{"b.json"});
}

TEST_CASE("an article that holds more takes the place of the one shown") {
  Collection c;
  c.write("a.json", json({"Huawei signs with Nokia", "In short.", "https://a.example/1", "2024-03-12", ""}));
  c.update();
  c.write("b.json", json({"Huawei signs with Nokia", text_of(500), "https://a.example/1", "", ""}));
  CHECK(c.update() == Summary{.added = 1, .unchanged = 1, .total = 1, .duplicates = 1});
  CHECK(places(c) == std::vector<std::string>{"b.json", "a.json"});
  check_as_fresh(c);
}

TEST_CASE("copies in one file, over any commits, are met again when the file changes") {
  Collection c;
  std::string lines;
  for (int i = 0; i < 30; ++i)
    lines += json({fmt::format("Title {}", i % 3), text_of(1000, i % 2 == 0 ? "phones" : "patents"), "", "", ""});
  c.write("r.jsonl", lines);
  UpdateOptions options = c.options();
  options.articles_per_commit = GENERATE(1, 4, 7, 100);
  CHECK(c.update(options) == Summary{.added = 30, .total = 2, .duplicates = 28});
  check_as_fresh(c);
  c.write("r.jsonl", lines + json({"One more", text_of(1000, "phones"), "", "", ""}));
  CHECK(c.update(options) == Summary{.added = 1, .unchanged = 30, .total = 2, .duplicates = 29});
  check_as_fresh(c);
  c.write("r.jsonl", lines.substr(0, lines.size() / 2));
  const Summary summary = c.update(options);
  CHECK(summary.removed >= 15);
  CHECK(summary.unchanged >= 14);
  check_as_fresh(c);
}

TEST_CASE("an update tells which articles are copies of which") {
  Collection c;
  c.write("a.txt", plain("Huawei signs", text_of(1000)));
  c.write("r.jsonl", json({"Title", text_of(1000), "", "", ""}) + json({"Title", text_of(1000, "phones"), "", "", ""}));
  std::vector<std::string> told;
  c.update(c.options(), {.duplicate = [&](const Duplicate& duplicate) {
             told.push_back(fs::path(duplicate.location.text()).filename().string() + " of " +
                            fs::path(duplicate.shown.text()).filename().string());
           }});
  CHECK(told == std::vector<std::string>{"r.jsonl#1 of a.txt"});
}

TEST_CASE("where an index holds copies a damaged one is an error that says so") {
  Collection c;
  c.write("a.txt", plain("Huawei signs", text_of(1000)));
  c.write("b.txt", plain("Huawei signs", text_of(1000)));
  c.update();
  {
    const std::string generation = (c.index() / "gen-1").string();
    Xapian::WritableDatabase database(generation, Xapian::DB_OPEN);
    database.set_metadata(copy_key({(c.folder() / "b.txt").string(), ""}), "\x05");
  }
  c.remove("a.txt");
  CHECK_THROWS_WITH(c.update(), Catch::Contains("damaged") && Catch::Contains("--repair"));
}

TEST_CASE("after any sequence of changes to copies the index is that of a fresh build") {
  const int k_trials = trials(300);
  std::mt19937 random(20240313);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const std::vector<std::string> names{"a.txt", "b.json", "c.json", "sub/d.json", "sub/e.jsonl", "f.jsonl", "g.jsonl"};
  const auto record = [&] {
    const std::array<std::size_t, 6> lengths{30, 100, 400, 1000, 1000, 1000};
    Record one{.title = fmt::format("The headline number {}", below(7)),
               .body = text_of(lengths[below(lengths.size())], below(4) == 0 ? "phones" : "royalties")};
    if (below(8) == 0) one.title.clear();
    if (below(2) == 0) one.url = fmt::format("https://news.example/{}", below(2));
    if (below(2) == 0) one.date = fmt::format("2024-03-{}", 12 + below(3));
    if (below(2) == 0) one.outlet = fmt::format("Outlet {}", below(3));
    return one;
  };
  const auto content = [&](const std::string& name) -> std::string {
    if (name.ends_with(".txt")) return plain(record().title, record().body);
    std::string lines = json(record());
    if (name.ends_with(".jsonl")) {
      for (std::size_t n = below(6); n > 0; --n) lines += below(9) == 0 ? "{broken\n" : json(record());
    }
    return lines;
  };
  std::uint64_t duplicates = 0;
  for (int trial = 0; trial < k_trials; ++trial) {
    Collection c;
    std::string steps;
    UpdateOptions options = c.options();
    for (std::size_t round = 1 + below(4); round > 0; --round) {
      for (std::size_t n = 1 + below(6); n > 0; --n) {
        const std::string& name = names[below(names.size())];
        const std::string& other = names[below(names.size())];
        const bool exists = fs::exists(c.folder() / name);
        const auto what = below(7);
        steps += fmt::format("{} {} {}\n", what, name, other);
        if (what < 3 || !exists) {
          c.write(name, content(name));
        } else if (what == 3) {
          c.touch(name);
        } else if (what == 4) {
          c.rename(name, other);
        } else if (what == 5) {
          fs::copy_file(c.folder() / name, c.folder() / fmt::format("copy {}", fs::path(name).filename().string()),
                        fs::copy_options::overwrite_existing);
          c.touch(fmt::format("copy {}", fs::path(name).filename().string()));
        } else {
          c.remove(name);
        }
      }
      options.jobs = 1 + below(3);
      options.articles_per_commit = 1 + below(6);
      std::stop_source stop;
      const auto limit = below(10);
      std::size_t calls = 0;
      const auto progress = [&](const Progress&) {
        if (++calls == limit) stop.request_stop();
      };
      c.update(options, {.progress = progress}, stop.get_token());
      steps += "update\n";
    }
    const Summary summary = c.update(options);
    const IndexContents built = contents(c.index());
    const IndexContents fresh = c.fresh();
    INFO("trial " << trial << "\n" << steps << difference(built, fresh));
    REQUIRE(built == fresh);
    REQUIRE(summary.added + summary.changed + summary.renamed + summary.unchanged ==
            summary.total + summary.duplicates);
    duplicates += summary.duplicates;
  }
  CHECK(duplicates > trials(300U)); // of which this test is about
}
