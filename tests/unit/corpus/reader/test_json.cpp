#include <catch2/catch.hpp>

#include "reading.hpp"

using pfind::corpus::ReadOptions;
using pfind::tests::read;
using Names = std::vector<std::string>;

TEST_CASE("JSON lines are read with the usual names of fields") {
  const auto reading = read(
      R"({"id": 7, "title": "Deal", "text": "Acme signs.", "date": "12 March 2024", "authors": ["Ana Ruiz", {"name": "Bo Lin"}]})"
      "\n\n"
      R"({"headline": "Other", "content": ["One.", "Two."], "published": 1694592000, "source": {"name": "Daily"}, "lang": "de-DE"})",
      "dump.jsonl");
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.problems.empty());
  CHECK(reading.articles[0].location() == "dump.jsonl#7");
  CHECK(reading.articles[0].id == "7");
  CHECK(to_iso(reading.articles[0].date.value()) == "2024-03-12");
  CHECK(reading.articles[0].authors == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(reading.articles[1].record == "3");
  CHECK(reading.articles[1].title == "Other");
  CHECK(reading.articles[1].body == "One.\n\nTwo.");
  CHECK(to_iso(reading.articles[1].date.value()) == "2023-09-13T08:00:00Z");
  CHECK(reading.articles[1].outlet == "Daily");
  CHECK(reading.articles[1].language == "de");
}

TEST_CASE("names given by the user go first") {
  ReadOptions options;
  options.json_fields["title"] = {"kop", "titel"};
  const auto reading = read(R"({"titel": "Mine", "title": "Usual", "text": "x"})", "a.jsonl", options);
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "Mine");
}

TEST_CASE("a broken line is a problem with its number, and reading goes on") {
  const auto reading =
      read("{\"title\": \"One\"}\r\n{\"title\": \n[1]\n{\"title\": \"Four\"}\n{}\n{\"title\": \"cut", "a.jsonl");
  CHECK(reading.articles.size() == 2);
  REQUIRE(reading.problems.size() == 4);
  CHECK(reading.problems[0].where == "line 2");
  CHECK(reading.problems[0].reason.find("not valid JSON") != std::string::npos);
  CHECK(reading.problems[1].reason.find("not a JSON object") != std::string::npos);
  CHECK(reading.problems[2].where == "line 5");
  CHECK(reading.problems[2].reason.find("neither a title nor a text") != std::string::npos);
  CHECK(reading.problems[3].where == "line 6");
}

TEST_CASE("an id that occurs twice is reported, the first article stays") {
  const auto reading = read("{\"id\":1,\"title\":\"One\"}\n{\"id\":\"1\",\"title\":\"Two\"}\n", "a.jsonl");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "One");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].where == "line 2");
  CHECK(reading.problems[0].reason == "id 1 occurs twice");
}

TEST_CASE("a date that is none is a problem, the article stays") {
  const auto reading = read(R"({"title": "Deal", "date": "soon"})", "a.jsonl");
  REQUIRE(reading.articles.size() == 1);
  CHECK_FALSE(reading.articles[0].date.has_value());
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].where == "line 1");
  CHECK(reading.problems[0].reason == "date \"soon\" is not a date; the article is indexed without one");
}

TEST_CASE("nesting without end, NULs, wrong encodings and long lines are met calmly") {
  const std::string deep = "{\"title\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
  const std::string nul = std::string("{\"title\": \"a\0b\"}", 16);
  ReadOptions options;
  options.max_article_bytes = 5u << 20;
  const std::string longest = "{\"title\": \"" + std::string(10u << 20, 'x') + "\"}";
  const auto reading =
      read(deep + '\n' + nul + '\n' + longest + "\n{\"title\": \"caf\xe9 in Z\xfcrich\"}\n", "a.jsonl", options);
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "café in Zürich");
  REQUIRE(reading.problems.size() == 3);
  CHECK(reading.problems[0].reason.find("nested too deeply") != std::string::npos);
  CHECK(reading.problems[1].where == "line 2");
  CHECK(reading.problems[2].reason.find("longer than the 5,242,880 bytes") != std::string::npos);
  CHECK(read("{\"title\": \"" + std::string(10u << 20, 'x') + "\"}", "a.jsonl").articles.size() == 1);
}

TEST_CASE("byte order marks and UTF-16 are understood") {
  CHECK(read("\xef\xbb\xbf{\"title\": \"One\"}\n", "a.jsonl").articles.size() == 1);
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("{\"title\": \"One\"}\n{\"title\": \"Two\"}\n")) utf16 += {c, '\0'};
  CHECK(read(utf16, "a.jsonl").articles.size() == 2);
}

TEST_CASE("JSON documents hold one article, an array, or an object with an array") {
  const auto one = read(R"({"title": "One", "text": "x"})", "a.json");
  REQUIRE(one.articles.size() == 1);
  CHECK(one.articles[0].location() == "a.json");
  const auto array = read(R"([{"id": "x", "title": "One"}, 5, {"title": "Three"}])", "a.json");
  REQUIRE(array.articles.size() == 2);
  CHECK(array.articles[0].record == "x");
  CHECK(array.articles[1].record == "3");
  REQUIRE(array.problems.size() == 1);
  CHECK(array.problems[0].where == "record 2");
  CHECK(read(R"({"status": "ok", "articles": [{"title": "One"}, {"title": "Two"}]})", "a.json").articles.size() == 2);
  CHECK(read("{\"title\": \"One\"}\n{\"title\": \"Two\"}\n", "lines.json").articles.size() == 2);
}

TEST_CASE("JSON documents without article are a problem") {
  for (const std::string text : {"[]", "5", "\"text\"", "{", "{\"a\": 1}", "[[[["}) {
    CAPTURE(text);
    const auto reading = read(text, "a.json");
    CHECK(reading.articles.empty());
    CHECK(reading.problems.size() == 1);
  }
}

TEST_CASE("bodies and titles given as HTML become text") {
  const auto reading =
      read(R"({"title": "AT&amp;T signs", "content": "<p>One <b>bold</b>.</p><ul><li>item</li></ul>"})", "a.jsonl");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "AT&T signs");
  CHECK(reading.articles[0].body == "One bold.\n\n• item");
}

TEST_CASE("a body is HTML by its tags and references alone") {
  const auto body_of = [](const std::string& text) {
    const auto reading = read(R"({"title": "T", "text": ")" + text + R"("})", "a.jsonl");
    return reading.articles.empty() ? "no article" : reading.articles[0].body;
  };
  for (const std::string text : {"Ford <F> fell", "1 < 2 > 0", "R&D at AT&T", "a <b", "Q&A & more", "<", "&"}) {
    INFO(text);
    CHECK(body_of(text) == text);
  }
  for (const std::string tag : {"</p>", "<p>", "<br>", "</a>", "</div>", "</b>", "</i>", "</em>", "</strong>",
                                "</span>", "</li>", "</h2>", "<P>", "</STRONG>"}) {
    INFO(tag);
    CHECK(body_of("Ford <F> fell " + tag).find(tag) == std::string::npos);
  }
  for (const std::string reference : {"&amp;", "&nbsp;", "&quot;", "&lt;", "&gt;", "&#8217;", "&rsquo;", "&lsquo;",
                                      "&ldquo;", "&rdquo;", "&mdash;", "&ndash;"}) {
    INFO(reference);
    CHECK(body_of("R&D rose" + reference + "much").find(reference) == std::string::npos);
  }
}

TEST_CASE("hard-wrapped bodies become paragraphs") {
  const auto reading = read(
      R"({"title": "Cocoa", "text": "Showers went on throughout the week in the cocoa\nzone and eased the drought that had begun in early\nJanuary, the weekly review said.\n    The dry period means that the crop will be late\nthis year.\n"})",
      "a.jsonl");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].body ==
        "Showers went on throughout the week in the cocoa zone and eased the drought that had "
        "begun in early January, the weekly review said.\n\nThe dry period means that the crop "
        "will be late this year.");
}
