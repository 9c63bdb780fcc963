#include <catch2/catch.hpp>

#include "common/error.hpp"
#include "corpus/reader/archive.hpp"
#include "corpus/reader/decompression.hpp"
#include "reading.hpp"
#include "tests/support/archive_file.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;
using namespace pfind::tests;

namespace {

const std::string k_text = "Acme licenses its modem patents to Borealis\n\nThe two companies settled every dispute.\n";
const std::string k_lines = R"({"id": "w1", "title": "Acme sues", "body": "In Munich."}
{"id": "w2", "title": "Acme settles", "body": "In Dusseldorf."}
)";

std::vector<std::string> locations(const Reading& reading) {
  std::vector<std::string> all;
  for (const pfind::Article& article : reading.articles) all.push_back(article.location());
  return all;
}

/// Where and why, a problem each.
std::vector<std::string> reasons(const Reading& reading) {
  std::vector<std::string> all;
  for (const Problem& problem : reading.problems) {
    CHECK(problem.path == "a.zip");
    all.push_back(problem.where + ": " + problem.reason);
  }
  return all;
}

Reading read_zip(const std::vector<Member>& members, const Packing& packing = k_zip, const ReadOptions& options = {}) {
  return read(archive_of(members, packing), "a.zip", options);
}

using Strings = std::vector<std::string>;

} // namespace

TEST_CASE("members are read by their own formats and told by the archive's path and their name") {
  for (const Packing& packing : {k_zip, k_tar, k_7z}) {
    CAPTURE(packing.format);
    const Reading reading = read_zip({{"deals/acme.txt", k_text},
                                      {"wire.jsonl", k_lines},
                                      {"page", "<html><head><title>Acme appeals</title></head><body><p>It did.</p>"}},
                                     packing);
    CHECK(locations(reading) ==
          Strings{"a.zip#deals/acme.txt", "a.zip#wire.jsonl#w1", "a.zip#wire.jsonl#w2", "a.zip#page"});
    CHECK(reading.problems.empty());
    CHECK(reading.articles[0].title == "Acme licenses its modem patents to Borealis");
    CHECK(reading.articles[2].body == "In Dusseldorf.");
    CHECK(reading.articles[3].title == "Acme appeals");
  }
}

TEST_CASE("compressed archives and compressed members") {
  const TempDir dir;
  const std::string path = dir.write("deals.tar.gz", archive_of({{"acme.txt", k_text}}, k_tar_gz));
  CHECK(locations(read(*open_file(path), path)) == Strings{path + "#acme.txt"});
  const std::string gz = archive_of({{"wire.jsonl", k_lines}}, {ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP});
  CHECK(locations(read_zip({{"wire.jsonl.gz", gz}})) == Strings{"a.zip#wire.jsonl.gz#w1", "a.zip#wire.jsonl.gz#w2"});
}

TEST_CASE("what cannot be read of an archive is told with the member's name, and the others are read") {
  const Reading reading = read_zip({{"empty.txt", ""},
                                    {"picture", "\x89PNG\r\n\x1a\n and so on"},
                                    {"wire.jsonl", k_lines + "{broken\n"},
                                    {"tool.py", "print()"},
                                    {"acme.txt", k_text}});
  CHECK(locations(reading) == Strings{"a.zip#wire.jsonl#w1", "a.zip#wire.jsonl#w2", "a.zip#acme.txt"});
  const Strings problems = reasons(reading);
  REQUIRE(problems.size() == 4);
  CHECK(problems[0] == "empty.txt: the file is empty; it holds no article");
  CHECK(problems[1].starts_with("picture: looks like a PNG image"));
  CHECK(problems[2].starts_with("wire.jsonl, line 3: "));
  CHECK(problems[3].starts_with("tool.py: is program source"));
}

TEST_CASE("names of members are names only") {
  CHECK(shown_member_name("../../etc/./passwd") == "etc/passwd");
  CHECK(shown_member_name("/etc/passwd") == "etc/passwd");
  CHECK(shown_member_name("C:\\Users\\me\\a.txt") == "Users/me/a.txt");
  CHECK(shown_member_name("a\nb\x1b[31m\u202e.txt") == "a b[31m.txt");
  CHECK(shown_member_name("caf\xe9.txt") == "café.txt");
  CHECK(shown_member_name("..") == "unnamed");
  CHECK(shown_member_name("") == "unnamed");
  CHECK(shown_member_name("a#b.txt") == "a%23b.txt"); // not the record b.txt of a
  const std::string longest = shown_member_name(std::string(3000, 'x') + "é.txt");
  CHECK(longest.size() <= 1000);
  for (std::size_t begin = 1; begin < 8; ++begin) { // wherever a name is cut, no part of it becomes another
    const std::string cut = shown_member_name(std::string(begin, 'x') + "../" + std::string(995, 'y') + ".txt");
    CHECK((cut.front() == 'x' || cut.front() == 'y'));
  }
  CHECK(longest.ends_with("é.txt"));
  const Reading reading = read_zip({{"a.txt", k_text}, {"../a.txt", k_text}, {"./a.txt", k_text}}, k_tar);
  CHECK(locations(reading) == Strings{"a.zip#a.txt", "a.zip#a.txt (2)", "a.zip#a.txt (3)"});
}

TEST_CASE("an archive in an archive is read, one within that is not") {
  const std::string inner = archive_of({{"acme.txt", k_text}}, k_tar);
  const std::string middle = archive_of({{"inner.tar", inner}, {"b.txt", k_text}});
  CHECK(locations(read_zip({{"inner.tar", inner}})) == Strings{"a.zip#inner.tar#acme.txt"});
  const Reading reading = read_zip({{"middle.zip", middle}});
  CHECK(locations(reading) == Strings{"a.zip#middle.zip#b.txt"});
  CHECK(reasons(reading) == Strings{"middle.zip, inner.tar: archives within archives within archives are not read"});
}

TEST_CASE("damage in an archive costs what lies behind it") {
  std::string bytes = archive_of({{"wire.jsonl", k_lines}, {"acme.txt", k_text + std::string(4000, 'x')}}, k_tar);
  bytes.resize(3000);
  const Reading reading = read(bytes, "a.zip");
  CHECK(locations(reading) == Strings{"a.zip#wire.jsonl#w1", "a.zip#wire.jsonl#w2"});
  const Strings problems = reasons(reading);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].starts_with(": the archive is damaged or cut short ("));
}

TEST_CASE("an archive without files says so") {
  CHECK(reasons(read_zip({})) == Strings{": the archive holds no file that could be read"});
  CHECK(reasons(read_zip({{"folder/", "", AE_IFDIR}}, k_tar)) ==
        Strings{": the archive holds no file that could be read"});
}

TEST_CASE("a member larger than an article may be is skipped, but for streams of records") {
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += R"({"title": "Deal )" + std::to_string(i) + "\"}\n";
  const Reading reading =
      read_zip({{"long.txt", std::string(3000, 'x')}, {"wire.jsonl", lines}}, k_zip, {.max_article_bytes = 1000});
  CHECK(reading.articles.size() == 100);
  CHECK(reasons(reading).size() == 1);
}

TEST_CASE("what unpacks to far more than articles would is not read on") {
  Expansion expansion;
  CHECK_NOTHROW(expansion.add(std::uint64_t{256} << 20, 1));
  CHECK_THROWS_AS(expansion.add(1, 1000), pfind::ReadError);
  Expansion honest; // a dump of many gigabytes
  for (std::uint64_t i = 1; i < 1000; ++i) CHECK_NOTHROW(honest.add(100'000'000, i * 3'000'000));

  // 300 MB of blanks, packed twice.
  const std::string blanks = std::string(8'000'000, ' ') + '\n';
  const std::string once = archive_of({{"lines", blanks}}, {ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP});
  std::string lines;
  for (int i = 0; i < 38; ++i) lines += once;
  const Reading reading = read_zip({{"acme.txt", k_text}, {"bomb.jsonl.gz", lines}, {"more.txt", k_text}});
  CHECK(locations(reading) == Strings{"a.zip#acme.txt"});
  const std::string reason = "unpacks to more than 200 times its size, as no articles do; the rest is not read";
  CHECK(reasons(reading) == Strings{"bomb.jsonl.gz: " + reason, ": " + reason});
}

TEST_CASE("office documents are not taken for archives of articles") {
  const std::string bytes = archive_of({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w/>"}});
  const Reading reading = read(bytes, "report.docx");
  CHECK(reading.articles.empty());
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason == "is an office document by its name (.docx), not an article; skipped");
}

TEST_CASE("whoever stops reading in the middle of an archive may") {
  const std::string bytes = archive_of({{"a.txt", k_text}, {"b.txt", k_text}, {"c.txt", k_text}});
  MemoryStream stream(bytes);
  int articles = 0;
  const ReadEvents events{.article =
                              [&](const pfind::Article&) {
                                if (++articles == 2) throw std::string("enough");
                              },
                          .problem = [](const Problem&) {}};
  CHECK_THROWS_AS(read_articles(stream, "a.zip", {}, events), std::string);
  CHECK(articles == 2);
}
