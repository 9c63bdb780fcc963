#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/cli/workspace.hpp"
#include "tests/support/archive_file.hpp"
#include "tests/support/pdf_file.hpp"

using namespace pfind::tests;
using namespace std::string_literals;

namespace {

constexpr std::size_t k_deep = 100'000;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

/// Indexes a folder that holds one good article and `content` under `name`, with half a minute of processor time and a
/// gigabyte of address space above what the program takes anyway. The good article must be found, and the run succeed
/// with `problems`, each behind the path, and no others.
class BadFile {
public:
  BadFile(const std::string& name, std::string_view content) {
    user_.article("good.txt", "A good headline\n\nA text about royalties that is long enough.\n");
    user_.article(name, content);
    path_ = user_.at("articles/" + name);
    result_ = user_.shell("ulimit -t 30 -f 200000\npindex --verbose articles 2>&1 | grep -v '^read: '");
  }

  void check(std::size_t articles, const std::vector<std::string>& problems) const {
    CAPTURE(path_, result_.out);
    std::string expected;
    for (const std::string& problem : problems) {
      const bool notice = problem.starts_with('!');
      expected += (notice ? "pindex: " : "pindex: skipped ") + path_ + problem.substr(notice ? 1 : 0) + '\n';
    }
    const std::string messages = result_.out.substr(0, result_.out.rfind('\n', result_.out.size() - 2) + 1);
    CHECK(messages == expected);
    const std::string total = std::to_string(articles + 1) + (articles == 0 ? " article" : " articles");
    CHECK(result_.out.ends_with("; " + total + " in the index\n"));
    CHECK(user_.pfind({"--count", "title:good", "royalties"}).out == "1\n");
  }

  /// How many articles a query finds.
  std::string count(const std::string& query) const { return user_.pfind({"--count", query}).out; }

private:
  Workspace user_;
  std::string path_;
  RunResult result_;
};

} // namespace

TEST_CASE("markup nested 100,000 deep costs the markup at most") {
  const std::string text = "<p>Deep text of an article about patents.</p>";
  BadFile("a.html", "<html><body>" + repeated("<div>", k_deep) + text + repeated("</div>", k_deep))
      .check(1, {"!: elements are nested more than 2000 deep; only the bare text is indexed"});
  BadFile("a.html", "<html><body><table>" + repeated("<tr><td><table>", k_deep) + text)
      .check(1, {"!: elements are nested more than 2000 deep; only the bare text is indexed"});
  const BadFile feed("a.xml", "<rss><channel><item><title>First</title><description>" + repeated("<a>", k_deep) +
                                  "Deep patents" + repeated("</a>", k_deep) +
                                  "</description></item><item><title>Next</title><description>Of patents"
                                  "</description></item></channel></rss>");
  feed.check(2, {});
  CHECK(feed.count("patents") == "2\n");
  BadFile("a.nitf", "<nitf><body><body.content>" + repeated("<block>", k_deep) + text).count("patents");
}

TEST_CASE("JSON nested 100,000 deep costs its record") {
  const std::string deep =
      R"({"title":"Deep","body":"Of patents.","x":)" + repeated("[", k_deep) + repeated("]", k_deep) + "}";
  BadFile("a.json", deep).check(0, {": the file is not a usable JSON record: nested too deeply"});
  const BadFile lines("a.jsonl", deep + "\n{\"title\":\"Next\",\"body\":\"Of patents.\"}\n");
  lines.check(1, {", line 1: is not a usable JSON record: nested too deeply"});
}

TEST_CASE("text that is all brackets, quotes or marks is read in bounded time") {
  for (const std::string mark : {"[", "[a](", "*", "`", "> ", "<", "&", "("}) {
    CAPTURE(mark);
    CHECK(BadFile("a.md", "# Patents\n\n" + repeated(mark, k_deep) + "\n\nThe end.\n").count("title:patents") == "1\n");
  }
}

TEST_CASE("files of 100 MB") {
  const std::string line = "The companies settled every dispute over modem patents, they said on Tuesday.\n";
  const std::string large = repeated(line, (std::size_t{100} << 20) / line.size());
  const std::string refused =
      ": is larger than the 33,554,432 bytes allowed for an article; split it, or turn it into JSON lines";
  BadFile("a.txt", large).check(0, {refused});
  BadFile("a.html", "<html><body><p>" + large).check(0, {refused});
  BadFile("a.json", "{\"title\":\"A\",\"body\":\"" + large).check(0, {refused});
  const BadFile records("a.jsonl", "{\"title\":\"A\",\"body\":\"Of patents.\"}\n{\"title\":\"B\",\"body\":\"" +
                                       large.substr(0, large.size() - 1));
  CHECK(records.count("patents") == "1\n");
  std::string cell = large; // of one line: each of several would be a row again behind what is too long
  std::ranges::replace(cell, '\n', ' ');
  CHECK(BadFile("a.csv", "title,text\nA,Of patents.\nB,\"" + cell).count("title:A patents") == "1\n");
}

TEST_CASE("NUL bytes in text are left out, a file of nothing else is none") {
  const std::string notice = "!: holds NUL bytes; they are left out, and the file may be damaged";
  const BadFile text("a.txt", "A head\0line\n\nThe text about \0patents is here and long enough.\n"s);
  text.check(1, {notice});
  CHECK(text.count("title:headline patents") == "1\n");
  const BadFile page("a.html", "<html><body><h1>A head\0line</h1><p>The text about \0patents is here and it is long "
                               "enough to be read.</p></body></html>"s);
  page.check(1, {notice});
  CHECK(page.count("patents") == "1\n");
  BadFile("a.md", "# A head\0line\n\nPatents are here.\n"s).check(1, {notice});
  BadFile("a.jsonl", "{\"title\":\"A\0B\",\"body\":\"Patents\"}\n{\"title\":\"C\",\"body\":\"Patents.\"}\n"s)
      .check(1, {", line 1: holds NUL bytes; it is damaged or not UTF-8"});
  const std::string zeros(10'000, '\0');
  for (const std::string name : {"a.txt", "a.html", "a.json", "a.xml", "a.csv"})
    BadFile(name, zeros).check(0, {": looks like binary data, not an article; remove it or convert it to text"});
  for (const std::string name : {"a.zip", "a.tar"})
    BadFile(name, zeros).check(0, {": is no archive, whatever its name says; it was damaged or renamed"});
  BadFile("a.pdf", zeros).check(0, {": is no PDF document, whatever its name says; it was damaged or renamed"});
}

TEST_CASE("encodings that are declared wrongly") {
  const std::string body =
      "<p>Geb\xfchren f\xfcr Patente sind f\xe4llig, sagte das Gericht in M\xfcnchen am Dienstag.</p>";
  const BadFile latin("a.html",
                      "<html><head><meta charset=\"utf-8\"><title>Caf\xe9 Lizenz</title></head><body>" + body);
  latin.check(1, {});
  CHECK(latin.count("title:café Gebühren") == "1\n");
  for (const std::string charset : {"iso-8859-1", "utf-16", "x-klingon"}) {
    CAPTURE(charset);
    const BadFile utf8("a.html", "<html><head><meta charset=\"" + charset +
                                     "\"><title>Café Lizenz</title></head><body><p>Gebühren für Patente sind fällig, "
                                     "sagte das Gericht in München.</p>");
    utf8.check(1, {});
    CHECK(utf8.count("title:café Gebühren") == "1\n");
  }
  for (const std::string charset : {"UTF-16", "KLINGON", "ISO-8859-1"}) {
    CAPTURE(charset);
    const BadFile feed("a.xml", "<?xml version=\"1.0\" encoding=\"" + charset +
                                    "\"?><rss><channel><item><title>A title</title><description>Patents"
                                    "</description></item></channel></rss>");
    feed.check(1, {});
  }
}

TEST_CASE("archives with names that lead elsewhere, within each other, and made to fill a disk") {
  const std::string article = "Member headline\n\nThe text about patents is here.\n";
  const BadFile names(
      "a.tar",
      archive_of({{"/etc/a.txt", article}, {"../../b.txt", article}, {"link", "", AE_IFLNK, "/etc/passwd"}}, k_tar));
  names.check(2, {});
  std::string nested = archive_of({{"a.txt", article}});
  for (int i = 0; i < 5; ++i) nested = archive_of({{"inner.zip", nested}});
  BadFile("a.zip", nested).check(0, {", inner.zip, inner.zip: archives within archives within archives are not read"});
  const std::string zeros(std::size_t{8} << 20, '\0');
  const std::string inner = archive_of({{"1.txt", zeros}, {"2.txt", zeros}, {"3.txt", zeros}, {"4.txt", zeros}});
  std::vector<Member> copies;
  for (int i = 0; i < 20; ++i) copies.push_back({fmt::format("z{}.zip", i), inner});
  CHECK(BadFile("bomb.zip", archive_of(copies)).count("royalties") == "1\n");
}

TEST_CASE("PDF documents without text, and locked ones") {
  BadFile("a.pdf", PdfFile().bytes())
      .check(0, {": the PDF document holds images only, no text; a program like ocrmypdf adds the text"});
  BadFile("a.pdf", PdfFile().text(50, 50, "Patents").lock().bytes())
      .check(0, {": the PDF document is encrypted; remove its password (qpdf --decrypt --password=... IN OUT)"});
}

TEST_CASE("tables with ragged rows, dates that are none") {
  BadFile("a.csv", "id,title,text\n1,A,Patents are due\n2,B\n3,C,D,E\n4,F,Patents\n")
      .check(2, {", row 3: found 2 fields where the header has 3", ", row 4: found 4 fields where the header has 3"});
  std::string items;
  for (const std::string date : {"2 hours ago", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT",
                                 "Tue, 31 Feb 2023 00:00:00 GMT"})
    items += "<item><title>A title</title><description>Patents</description><pubDate>" + date + "</pubDate></item>";
  BadFile("a.xml", "<rss><channel>" + items + "</channel></rss>")
      .check(
          4,
          {"!, item 1 (line 1): date \"2 hours ago\" is not a date; the article is indexed without one",
           "!, item 2 (line 1): date 1970-01-01 stands for none in broken exports; the article is indexed without one",
           "!, item 3 (line 1): date 2100-01-01 is in the future; the article is indexed without one",
           "!, item 4 (line 1): date \"Tue, 31 Feb 2023 00:00:00 GMT\" is not a date; the article is indexed without one"});
}

TEST_CASE("files that were cut off are read up to there") {
  const std::string page =
      "<html><head><title>A page</title></head><body><article><h1>A page cut off</h1><p>The companies "
      "settled all disputes over modem patents, they said on Tues";
  BadFile("a.html", page).check(1, {});
  BadFile("a.jsonl", "{\"title\":\"A\",\"body\":\"Patents.\"}\n{\"title\":\"B\",\"bo")
      .check(1, {", line 2: is not valid JSON: A string is opened, but never closed."});
  BadFile("a.csv", "title,text\nA,Patents\nB,\"Cut patents")
      .check(2, {"!, row 3: the file ends within its quotes; it was read up to there"});
  std::string tar =
      archive_of({{"a.txt", "A member\n\nThe text about patents.\n"}, {"b.txt", repeated("x y ", 2000)}}, k_tar);
  tar.resize(tar.size() / 2);
  CHECK(BadFile("a.tar", tar).count("patents") == "1\n");
}
