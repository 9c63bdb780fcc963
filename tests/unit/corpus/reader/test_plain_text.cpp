#include <catch2/catch.hpp>

#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/plain_text.hpp"

using namespace pfind::corpus;
using Names = std::vector<std::string>;

namespace {

const std::string k_first =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";
const std::string k_second =
    "The agreement covers phones and base stations, and it ends a dispute that began last year.";

pfind::Article parse(const std::string& text, const std::string& path = "article.txt") {
  return parse_plain_text(text, path).article;
}

} // namespace

TEST_CASE("headline, byline and date are recognised") {
  const auto article =
      parse("Acme and Bolt sign a patent deal\n\nByAna Ruiz\n\nMar 12, 2024\n\n" + k_first + "\n\n" + k_second);
  CHECK(article.title == "Acme and Bolt sign a patent deal");
  CHECK(article.authors == Names{"Ana Ruiz"});
  CHECK(to_iso(article.date.value()) == "2024-03-12");
  CHECK(article.body == k_first + "\n\n" + k_second);
}

TEST_CASE("menus above the headline and breadcrumbs are dropped, a doubled headline is one") {
  const std::string headline = "Acme and Bolt sign a patent deal";
  CHECK(parse("Watch Demo\nKey Players\n\n" + headline + "\n\n" + headline + "\n\n" + k_first).title == headline);
  CHECK(parse("Home » " + headline + "\n\n" + headline + "\n\nby Ana Ruiz\n0 comment\n\n" + k_first).body == k_first);
  CHECK(parse("Daily\nFront page | Markets | Sport\n\n" + headline + "\n\n" + k_first).title == headline);
  CHECK(parse("Daily » Deals\n\n" + headline + "\n\n" + k_first).body == k_first);
}

TEST_CASE("a text without headline or date gets none") {
  const auto article = parse("\n" + k_first + "\n" + k_second + "\nOn 31 August it was signed.");
  CHECK(article.title.empty());
  CHECK_FALSE(article.date.has_value());
  CHECK(article.body == k_first + "\n\n" + k_second + "\n\nOn 31 August it was signed.");
}

TEST_CASE("the date comes from the head, the file's name or the dateline") {
  const auto date_of = [](const std::string& head, const std::string& path) {
    const auto date = parse("Acme and Bolt sign a deal\n\n" + head + k_first, path).date;
    return date ? to_iso(*date) : "none";
  };
  CHECK(date_of("Example Daily, 28 August 2023\n\n", "2020-01-01.txt") == "2023-08-28");
  CHECK(date_of("Posted on August 17, 2023 by Ana Ruiz\n\n", "a.txt") == "2023-08-17");
  CHECK(date_of("Updated: 18 August 2023\n\nPublished: 17 August 2023\n\n", "a.txt") == "2023-08-17");
  CHECK(date_of("", "news/2023-09-14-acme.txt") == "2023-09-14");
  CHECK(date_of("LONDON, March 5, 2024 (Agency) - ", "a.txt") == "2024-03-05");
  CHECK(date_of("On March 5, 2024 the court ruled, ", "a.txt") == "none");
}

TEST_CASE("day and month of a date of numbers go by the text's other dates, or the problem is said") {
  const auto read = [](const std::string& more) {
    return parse_plain_text("Acme and Bolt sign a deal\n\nPublished: 03/12/2024\n\n" + k_first + more, "a.txt");
  };
  CHECK(to_iso(read(" It was signed on 1 December.").article.date.value()) == "2024-12-03");
  CHECK(to_iso(read(" It was signed on March 11.").article.date.value()) == "2024-03-12");
  CHECK(to_iso(read(" It ends on 31/12/2029.").article.date.value()) == "2024-12-03");
  CHECK(read(" It was signed on 1 December.").problems.empty());
  const auto unclear = read("");
  CHECK(to_iso(unclear.article.date.value()) == "2024-03-12");
  CHECK(unclear.problems ==
        Names{"date \"Published: 03/12/2024\" may be read day first or month first; taken for 2024-03-12"});
}

TEST_CASE("a day without a year takes one from the file's name, never from nowhere") {
  const std::string text = "Acme and Bolt sign a deal\nWed 13 Sept\n\n" + k_first;
  CHECK(to_iso(parse(text, "acme_2023.txt").date.value()) == "2023-09-13");
  CHECK_FALSE(parse(text, "acme.txt").date.has_value());
  CHECK_FALSE(parse(text, "acme_2022.txt").date.has_value()); // it was a Tuesday then
}

TEST_CASE("what was taken and what was dropped is noted") {
  const auto parsed = parse_plain_text("Watch Demo\nAcme and Bolt sign a patent deal\nByAna Ruiz\nMar 12, 2024\n\n" +
                                           k_first + "\n\nAdvertisement\n\n" + k_second + "\n\nLeave a Comment\n",
                                       "a.txt");
  std::vector<std::string> fields;
  for (const auto& found : parsed.notes.fields) fields.push_back(found.field + " " + found.value);
  CHECK(fields == Names{"title Acme and Bolt sign a patent deal", "author Ana Ruiz", "date 2024-03-12"});
  std::vector<std::string> dropped;
  for (const auto& omission : parsed.notes.omissions) dropped.push_back(omission.text);
  CHECK(dropped == Names{"Watch Demo", "Acme and Bolt sign a patent deal", "ByAna Ruiz", "Mar 12, 2024",
                         "Advertisement", "Leave a Comment"});
}

TEST_CASE("furniture is dropped at the end and between paragraphs") {
  const auto article =
      parse("Acme and Bolt sign a patent deal\n" + k_first + "\nIs your firm ready?\nDownload a free sample\n" +
            "Thank you!\n" + k_second + "\n\nYou may also like\n\nBolt opens shop in Lyon\n\nLeave a Comment\n\n" +
            "This website uses cookies to improve your experience.");
  CHECK(article.body == k_first + "\n\n" + k_second);
}

TEST_CASE("a heading of furniture with much text behind it cuts nothing") {
  const auto article =
      parse("Acme and Bolt sign a patent deal\n\n" + k_first + "\n\nComments\n\n" + k_second + "\n\n" + k_first);
  CHECK(article.body.find(k_second) != std::string::npos);
}

TEST_CASE("a credit glued to a sentence is cut off, the sentence stays") {
  const auto article =
      parse(k_first + "\nDownload a free sample\nBy DataHouseBolt, however, said that it would not pay for the "
                      "older patents.");
  CHECK(article.body == k_first + "\n\nBolt, however, said that it would not pay for the older patents.");
}

TEST_CASE("text that speaks to the reader stays where nothing is sold") {
  const auto article =
      parse("Acme and Bolt sign a deal today\n\n" + k_first + "\n\nWhat does it mean for your phone?\n\n" + k_second);
  CHECK(article.body == k_first + "\n\nWhat does it mean for your phone?\n\n" + k_second);
}

TEST_CASE("hard-wrapped lines are joined, unwrapped lines are paragraphs") {
  CHECK(
      split_paragraphs("Acme and Bolt have agreed to license their patents to\n"
                       "each other, both companies said on Tuesday in a joint\n"
                       "statement that did not say what is paid.\n\n"
                       "The agreement covers phones and base stations, and it\n"
                       "ends a dispute that began last year.\n") ==
      Names{
          "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday in a joint "
          "statement that did not say what is paid.",
          "The agreement covers phones and base stations, and it ends a dispute that began last year."});
  CHECK(split_paragraphs(k_first + "\nShort one.\n" + k_second).size() == 3);
}

TEST_CASE("short hard-wrapped paragraphs are joined, each indented line begins one") {
  CHECK(split_paragraphs("Acme Corp said it has\n"
                         "introduced a new family of radio units that are to be\n"
                         "sold from June.\n"
                         "    Bolt will make them.\n"
                         "    Analysts had expected the move since the two companies\n"
                         "agreed to work together.\n") ==
        Names{"Acme Corp said it has introduced a new family of radio units that are to be sold from June.",
              "Bolt will make them.",
              "Analysts had expected the move since the two companies agreed to work together."});
}

TEST_CASE("lines with a blank line between any two are joined where sentences run on") {
  CHECK(split_paragraphs("Acme and Bolt have agreed to license their patents to\n\n"
                         "each other, both companies said on Tuesday in a joint\n\n"
                         "statement that did not say what is paid or\n\n"
                         "received.\n\n"
                         "The agreement covers phones and base stations, and it\n\n"
                         "ends a dispute that began last year.\n") ==
        Names{"Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday in a "
              "joint statement that did not say what is paid or received.",
              "The agreement covers phones and base stations, and it ends a dispute that began last year."});
}

TEST_CASE("rows of a table stay lines among hard-wrapped text") {
  const auto paragraphs = split_paragraphs("Acme and Bolt have agreed to license their patents to\n"
                                           "each other, both companies said on Tuesday in a joint\n"
                                           "statement that named the sums that each had received\n"
                                           "in the years before, by quarter and in mln dlrs:\n\n"
                                           "first quarter      12.1     13.4\n"
                                           "second quarter     12.9     13.0\n");
  REQUIRE(paragraphs.size() == 3);
  CHECK(paragraphs[1] == "first quarter 12.1 13.4");
}

TEST_CASE("a word divided at the end of a line is whole again, a hyphenated one keeps its hyphen") {
  const auto joined = [](const std::string& end, const std::string& begin) {
    return split_paragraphs("The two companies have announced a broad agreement on " + end + "\n" + begin +
                            " of their patents, which they had been disputing for\nmany years in the courts of three "
                            "countries, and which\nis to hold for another five years from the first of May.\n")
        .front();
  };
  CHECK(joined("cross-", "licensing").find("on cross-licensing of") != std::string::npos);
  CHECK(joined("exam-", "ination").find("on examination of") != std::string::npos);
}

TEST_CASE("list items stay lines") {
  CHECK(join_paragraphs(split_paragraphs("Intro:\n\n  • one\n\n  • two\nText")) == "Intro:\n\n• one\n• two\n\nText");
}

TEST_CASE("odd texts are no trouble") {
  CHECK(parse("").body.empty());
  CHECK(parse("word").title == "");
  CHECK(parse("•\n•\n-\n").body.size() < 20);
  CHECK(parse(std::string(1'000'000, 'a')).body.size() == 1'000'000);
}
