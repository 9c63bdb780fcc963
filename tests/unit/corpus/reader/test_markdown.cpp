#include <catch2/catch.hpp>

#include "corpus/reader/front_matter.hpp"
#include "corpus/reader/markdown.hpp"

using namespace pfind::corpus;
using Names = std::vector<std::string>;

TEST_CASE("front matter gives the metadata") {
  const auto article = parse_markdown("---\n"
                                      "title: \"Acme: a deal\"  \n"
                                      "date: 2024-03-12T08:00:00+01:00\n"
                                      "author: [Ana Ruiz, 'Bo Lin']\n"
                                      "source: Example Daily # the outlet\n"
                                      "url: https://example.org/a\n"
                                      "language: en-GB\n"
                                      "tags:\n  - 5G\n  - deals\n"
                                      "---\n\nText.\n",
                                      "a.md")
                           .article;
  CHECK(article.title == "Acme: a deal");
  CHECK(to_iso(article.date.value()) == "2024-03-12T08:00:00+01:00");
  CHECK(article.authors == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(article.outlet == "Example Daily");
  CHECK(article.url == "https://example.org/a");
  CHECK(article.language == "en");
  CHECK(article.body == "Text.");
}

TEST_CASE("lists, folded texts and maps of front matter are understood") {
  const auto matter =
      parse_front_matter("---\nauthors:\n  - Ana Ruiz\n  - name: Bo Lin\n    url: https://x\ntitle: >\n  A long\n"
                         "  title\n# comment\nodd line\nempty:\nquoted: 'it''s'\n---\nrest");
  CHECK(matter.values({"authors"}) == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(matter.value({"headline", "title"}) == "A long title");
  CHECK(matter.value({"empty"}) == "");
  CHECK(matter.rest == "rest");
}

TEST_CASE("a rule at the beginning is no front matter") {
  CHECK(parse_front_matter("---\ntext without end").rest == "---\ntext without end");
  CHECK(parse_markdown("---\n\nJust text.\n", "a.md").article.body == "Just text.");
}

TEST_CASE("an impossible date is a problem, the article stays") {
  const auto parsed = parse_markdown("---\ndate: 2024-02-31\n---\nText.", "2024-01-01.md");
  CHECK_FALSE(parsed.article.date.has_value());
  CHECK(parsed.problems == Names{"date \"2024-02-31\" is not a date; the article is indexed without one"});
}

TEST_CASE("markup is taken off") {
  CHECK(strip_inline_markdown("**Bold**, *it*, _it_, `a*b`, ~~gone~~") == "Bold, it, it, a*b, gone");
  CHECK(strip_inline_markdown("[Acme [Inc]](https://x.org/a_(b)) and [ref][1] ![img](x.png)end") ==
        "Acme [Inc] and ref end");
  CHECK(strip_inline_markdown("snake_case_name, 2 * 3 * 4, \\*stars\\*, C# [sic]") ==
        "snake_case_name, 2 * 3 * 4, *stars*, C# [sic]");
  CHECK(strip_inline_markdown("<https://x.org> <b>b</b> a < b") == "https://x.org b a < b");
  CHECK(strip_inline_markdown("[[[[[[[[unclosed") == "[[[[[[[[unclosed");
}

TEST_CASE("long lines of unclosed marks take no time to speak of") {
  for (const std::string mark : {"[", "` ", "<a ", "![", "*", "\\", "``````````"}) {
    CAPTURE(mark);
    std::string line;
    while (line.size() < 200'000) line += mark;
    CHECK(strip_inline_markdown(line).size() <= line.size());
  }
}

TEST_CASE("blocks become paragraphs") {
  const auto article =
      parse_markdown("# Headline\n\nBy Ana Ruiz\n\n12 March 2024\n\nFirst line\nsecond line.\n\n## Part\n"
                     "- one\n- two\n  goes on\n\n1. first\n2. second\n\n> quoted\n> text\n\n"
                     "| A | B |\n|---|---|\n| 1 | 2 |\n\n```\ncode *here*\n```\n\nSub\n---\n\n* * *\n\n"
                     "[1]: https://x.org\n<!-- gone\ngone -->\nLast.",
                     "a.md")
          .article;
  CHECK(article.title == "Headline");
  CHECK(article.authors == Names{"Ana Ruiz"});
  CHECK(to_iso(article.date.value()) == "2024-03-12");
  CHECK(article.body ==
        "First line second line.\n\nPart\n\n• one\n• two goes on\n1. first\n2. second\n\nquoted text\n\n"
        "A | B\n\n1 | 2\n\ncode *here*\n\nSub\n\nLast.");
}

TEST_CASE("notes say where a text without front matter has its fields") {
  const auto notes = parse_markdown("# Headline\n\nBy Ana Ruiz\n\n12 March 2024\n\nThe text of it.\n", "a.md").notes;
  Names found;
  for (const auto& field : notes.fields) found.push_back(field.field + " from " + field.source);
  CHECK(found == Names{"title from the first heading", "author from the byline below the heading",
                       "date from the date below the heading"});
  const auto named = parse_markdown("# Headline\n\nThe text of it.\n", "news/2024-03-12-deal.md").notes;
  REQUIRE(named.fields.size() == 2);
  CHECK(named.fields[1].source == "the file's name");
}
