#include <catch2/catch.hpp>

#include "reading.hpp"

using pfind::corpus::ReadOptions;
using pfind::tests::read;
using Names = std::vector<std::string>;

TEST_CASE("a table is read by the names of its columns") {
  const auto reading = read("\xef\xbb\xbfHeadline,Published At,author,content,url\r\n"
                            "\"Acme, Bolt sign\",2024-03-12,Ana Ruiz; Bo Lin,\"He said \"\"yes\"\".\n\nIt holds.\","
                            "https://a.example/1\r\n"
                            "\r\n"
                            "Second,1694592000,,<p>One.</p><p>Two.</p>,\r\n",
                            "a.csv");
  CHECK(reading.problems.empty());
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].location() == "a.csv#2");
  CHECK(reading.articles[0].title == "Acme, Bolt sign");
  CHECK(reading.articles[0].body == "He said \"yes\".\n\nIt holds.");
  CHECK(to_iso(reading.articles[0].date.value()) == "2024-03-12");
  CHECK(reading.articles[0].authors == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(reading.articles[0].url == "https://a.example/1");
  CHECK(reading.articles[1].record == "3");
  CHECK(reading.articles[1].body == "One.\n\nTwo.");
  CHECK(to_iso(reading.articles[1].date.value()) == "2023-09-13T08:00:00Z");
}

TEST_CASE("the delimiter of a table is told by its rows") {
  for (const std::string delimiter : {",", ";", "\t", "|"}) {
    CAPTURE(delimiter);
    const std::string row = "7" + delimiter + "Deal" + delimiter + "\"Acme signs; Bolt, too | so far.\"";
    const auto reading = read("id" + delimiter + "title" + delimiter + "text\n" + row + "\n", "a.csv");
    REQUIRE(reading.articles.size() == 1);
    CHECK(reading.articles[0].record == "7");
    CHECK(reading.articles[0].body == "Acme signs; Bolt, too | so far.");
  }
  CHECK(read("sep=;\nid;title;text\n1;A;b, c\n", "a.csv").articles.at(0).title == "A");
  CHECK(read("title\ttext\nA\t\"Open quote\nB\tc\n", "a.tsv").articles.size() == 2);
  CHECK(read(R"(title,text
A,"He said \"yes, sir\" twice"
)",
             "a.csv")
            .articles.at(0)
            .body == "He said \"yes, sir\" twice");
}

TEST_CASE("a row of the wrong width is a problem with its number, and reading goes on") {
  const auto reading = read("title,text,url\nA,a,\nB,b\nC,c,x,y\nD,d,,,\nE,e,\n", "a.csv");
  REQUIRE(reading.articles.size() == 3);
  CHECK(reading.articles[1].title == "D");
  REQUIRE(reading.problems.size() == 2);
  CHECK(reading.problems[0].where == "row 3");
  CHECK(reading.problems[0].reason == "found 2 fields where the header has 3");
  CHECK(reading.problems[1].where == "row 4");
}

TEST_CASE("a quote that is never closed costs one row") {
  const auto reading = read("title,text,url\nA,\"open,u\nB,\"b\",v\nC,\"c\",w\n", "a.csv");
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].title == "B");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason == "a quote in it is not closed");
  const auto cut = read("title,text\nA,a\nB,\"cut he", "a.csv");
  REQUIRE(cut.articles.size() == 2);
  CHECK(cut.articles[1].body == "cut he");
  REQUIRE(cut.problems.size() == 1);
  CHECK(cut.problems[0].indexed);
}

TEST_CASE("a row larger than allowed is passed over") {
  ReadOptions options;
  options.max_article_bytes = 1000;
  std::string table = "title,text\nA,a\nB,";
  table.append(700'000, 'x').append("\nC,\"").append(900'000, 'y').append("\"\nD,d\n");
  const auto reading = read(table, "a.csv", options);
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[1].title == "D");
  REQUIRE(reading.problems.size() == 2);
  CHECK(reading.problems[0].reason.find("longer than the 1,000 bytes") != std::string::npos);
}

TEST_CASE("a text larger than allowed is passed over as a whole, whatever its lines look like") {
  ReadOptions options;
  options.max_article_bytes = 1000;
  for (const std::string line : {"Prose, with a comma or two, and so on\n", "one, comma\nand none\nand none\n",
                                 "said \"\"no\"\", twice\n\"\"yes\"\", once\nthen\n", "\n"}) {
    std::string text;
    while (text.size() < 1'500'000) text += line;
    for (const std::string end : {"\"\nD,d\n", "\",\nD,d\n"}) {
      const auto reading = read("title,text\nA,a\nB,\"" + text + end, "a.csv", options);
      CAPTURE(line, end);
      REQUIRE(reading.articles.size() == 2);
      CHECK(reading.articles[1].title == "D");
      CHECK(reading.problems.size() == 1);
    }
    CHECK(read("title,text\nA,a\nB,\"" + text, "a.csv", options).articles.size() == 1);
  }
}

TEST_CASE("a quote that is never closed costs one row of a large table, too") {
  ReadOptions options;
  options.max_article_bytes = 1000;
  std::string rows;
  for (int i = 0; i < 20'000; ++i) rows += "Title,text of a row that has some length\n";
  const auto bare = read("title,text\nA,\"a\n" + rows, "a.csv", options);
  CHECK(bare.articles.size() == 20'000);
  CHECK(bare.problems.size() == 1);
  const auto quoted = read("title,text\nA,\"a\n" + rows + "Q,\"q\"\n" + rows, "a.csv", options);
  CHECK(quoted.articles.size() == 40'001);
}

TEST_CASE("a table whose header names no article says so, and can be mapped") {
  const auto reading = read("name of ship,tons\nA,5\n", "a.csv");
  CHECK(reading.articles.empty());
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason.find("(name of ship, tons)") != std::string::npos);
  CHECK(reading.problems[0].reason.find("--json-field title=COLUMN") != std::string::npos);
  ReadOptions named;
  named.json_fields["title"] = {"Name of Ship"};
  CHECK(read("name of ship,tons\nA,5\n", "a.csv", named).articles.at(0).title == "A");
  ReadOptions numbered;
  numbered.json_fields["title"] = {"2"};
  const auto bare = read("x,First\ny,Second\n", "a.csv", numbered);
  REQUIRE(bare.articles.size() == 2);
  CHECK(bare.articles[0].title == "First");
}

TEST_CASE("tables in other encodings, with NULs, and without name are read") {
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("title;text\nA;b\n")) utf16 += {c, '\0'};
  CHECK(read(utf16, "a.csv").articles.size() == 1);
  CHECK(read("title,text\nZ\xfcrich,caf\xe9\n", "a.csv").articles.at(0).title == "Zürich");
  std::string nul = "title,text\n";
  nul.append(200, 'A').append(",b").append(1, '\0');
  CHECK(read(nul + "c\n", "a.csv").articles.at(0).body == "bc");
  CHECK(read("id,title,text\n1,A,b\n", "-").articles.at(0).record == "1");
  CHECK(read("A deal, in short\nAcme and Bolt have agreed, both said.\n", "-").articles.at(0).title ==
        "A deal, in short");
  CHECK(read("title,text\n", "a.csv").articles.empty());
}
