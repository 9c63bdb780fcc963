#include <catch2/catch.hpp>

#include "reading.hpp"

using pfind::corpus::ReadOptions;
using pfind::tests::read;
using Names = std::vector<std::string>;

namespace {

const std::string k_nitf =
    R"(<nitf xml:lang="en"><head><title>Slug</title><docdata><doc-id id-string="w-7"/><date.issue norm="20240312T080000Z"/></docdata>
<pubdata name="Example Wire"/></head><body><body.head><hedline><hl1>Acme settles with Bolt</hl1><hl2>More</hl2></hedline>
<byline>By <person>Ana Ruiz</person><byttl>Staff Writer</byttl></byline><dateline><location>MUNICH</location></dateline></body.head>
<body.content><block><p><org>Acme</org> has settled.</p><media><media-caption>A picture</media-caption></media></block>
<hl2>Terms</hl2><p>None were given.</p><table><tr><td>Year</td><td>2024</td></tr></table></body.content></body></nitf>)";

} // namespace

TEST_CASE("NITF is read as an article") {
  const auto reading = read(k_nitf, "a.xml");
  CHECK(reading.problems.empty());
  REQUIRE(reading.articles.size() == 1);
  const auto& article = reading.articles[0];
  CHECK(article.id == "w-7");
  CHECK(article.title == "Acme settles with Bolt");
  CHECK(article.outlet == "Example Wire");
  CHECK(to_iso(article.date.value()) == "2024-03-12T08:00:00Z");
  CHECK(article.authors == Names{"Ana Ruiz"});
  CHECK(article.language == "en");
  CHECK(article.body.find("MUNICH - Acme has settled.\n\nTerms\n\nNone were given.") == 0);
  CHECK(article.body.find("2024") != std::string::npos);
  CHECK(article.body.find("picture") == std::string::npos);
}

TEST_CASE("a NewsML-G2 message gives an article per item") {
  const std::string meta =
      R"(<itemMeta><provider><name>Wire</name></provider><versionCreated>2024-03-13T08:00:00Z</versionCreated>
<firstCreated>2024-03-12T08:00:00Z</firstCreated></itemMeta>)";
  const auto reading = read(
      R"(<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2024</sent></header><itemSet>
<newsItem guid="tag:w.example,2024:1" xml:lang="en-GB">)" +
          meta +
          R"(<contentMeta><by>By Ana Ruiz</by><slugline>ACME</slugline><headline>Acme signs</headline><language tag="de"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>One.</p><p>Two.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="2">)" +
          meta + "<contentMeta/><contentSet><inlineXML>" + k_nitf + R"(</inlineXML></contentSet></newsItem>
<newsItem guid="3"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentMeta><headline>Gone</headline></contentMeta></newsItem>
<newsItem guid="4"><contentMeta><headline>Four</headline></contentMeta><contentSet><inlineData contenttype="text/plain">Plain.</inlineData></contentSet></newsItem>
<packageItem guid="5"/></itemSet></newsMessage>)",
      "a.xml");
  REQUIRE(reading.articles.size() == 3);
  CHECK(reading.articles[0].record == "tag:w.example,2024:1");
  CHECK(reading.articles[0].title == "Acme signs");
  CHECK(reading.articles[0].body == "One.\n\nTwo.");
  CHECK(reading.articles[0].outlet == "Wire");
  CHECK(reading.articles[0].authors == Names{"Ana Ruiz"});
  CHECK(reading.articles[0].language == "de");
  CHECK(to_iso(reading.articles[0].date.value()) == "2024-03-12T08:00:00Z");
  CHECK(reading.articles[1].title == "Acme settles with Bolt");
  CHECK(reading.articles[1].body.find("MUNICH - Acme has settled.") == 0);
  CHECK(reading.articles[2].body == "Plain.");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason == "was withdrawn by its publisher");
}

TEST_CASE("a NewsML package by itself holds no article") {
  const auto reading = read("<packageItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"1\"/>", "a.xml");
  CHECK(reading.articles.empty());
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason.find("refers to articles but holds none") != std::string::npos);
}

TEST_CASE("NewsML 1 is read") {
  const auto reading = read(
      R"(<NewsML><NewsEnvelope/><NewsItem><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId><NewsItemId>9</NewsItemId>
</NewsIdentifier></Identification><NewsManagement><FirstCreated>20240312T080000Z</FirstCreated></NewsManagement>
<NewsComponent><NewsComponent><NewsLines><HeadLine>Acme signs</HeadLine><ByLine>By Ana Ruiz</ByLine><DateLine>MUNICH</DateLine></NewsLines>
<DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>
<ContentItem><DataContent><p>One.</p><p>Two.</p></DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>)",
      "a.xml");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "Acme signs");
  CHECK(reading.articles[0].body == "MUNICH - One.\n\nTwo.");
  CHECK(reading.articles[0].outlet == "wire.example");
  CHECK(to_iso(reading.articles[0].date.value()) == "2024-03-12T08:00:00Z");
}

TEST_CASE("Reuters-21578 is read record by record") {
  const std::string head = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n";
  const std::string one =
      "<REUTERS TOPICS=\"YES\" OLDID=\"5544\" NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS></TOPICS>\n"
      "<UNKNOWN> \n&#5;&#5;&#5;C T\n</UNKNOWN>\n<TEXT>&#2;\n<TITLE>ACME &lt;ACM.O> BUYS BOLT</TITLE>\n"
      "<AUTHOR>    By Ana Ruiz, Reuters</AUTHOR>\n<DATELINE>    MUNICH, Feb 26 - </DATELINE><BODY>Acme said that it has agreed "
      "to buy the\nbusiness of Bolt with all of the patents that it\nholds in Europe and elsewhere, for a sum that was\nnot "
      "given by either of the two.\n    The deal is to close in the month of June, if the\nauthorities agree to it.\n Reuter\n"
      "&#3;</BODY></TEXT>\n</REUTERS>\n";
  const std::string two =
      "<REUTERS NEWID=\"2\">\n<DATE> 1-MAR-1987 09:00:00.00</DATE>\n<TEXT TYPE=\"BRIEF\">&#2;\n<TITLE>BOLT "
      "TO PAY</TITLE>\nBlah blah.\n&#3;</TEXT>\n</REUTERS>\n";
  const std::string three =
      "<REUTERS NEWID=\"3\"><DATE>soon</DATE><TEXT TYPE=\"UNPROC\">&#2;\n******ACME SETS TERMS\nThey are "
      "simple.\n&#3;</TEXT>\n";
  const auto reading = read(head + one + two + three + two + "<REUTERS NEWID=\"4\"><TEXT><TITLE>CUT", "reut2-000.sgm");
  REQUIRE(reading.articles.size() == 4);
  const auto& first = reading.articles[0];
  CHECK(first.location() == "reut2-000.sgm#1");
  CHECK(first.title == "ACME <ACM.O> BUYS BOLT");
  CHECK(first.authors == Names{"Ana Ruiz"});
  CHECK(to_iso(first.date.value()) == "1987-02-26T15:01:01Z");
  CHECK(first.outlet == "Reuters");
  CHECK(first.body ==
        "MUNICH, Feb 26 - Acme said that it has agreed to buy the business of Bolt with all of the patents that it "
        "holds in Europe and elsewhere, for a sum that was not given by either of the two.\n\n"
        "The deal is to close in the month of June, if the authorities agree to it.");
  CHECK(reading.articles[1].title == "BOLT TO PAY");
  CHECK(reading.articles[1].body.empty());
  CHECK(reading.articles[2].title == "ACME SETS TERMS");
  CHECK(reading.articles[2].body == "They are simple.");
  CHECK(reading.articles[3].title == "CUT");
  REQUIRE(reading.problems.size() == 4); // a date, two ends that are missing, an id twice
  CHECK(reading.problems[0].where == "record 3");
  CHECK(reading.problems[2].reason == "id 2 occurs twice");
  CHECK(read("<DOC>x</DOC>", "a.sgm").problems.at(0).reason.find("only Reuters-21578") != std::string::npos);
}

TEST_CASE("records of Reuters-21578 that are too large are passed over") {
  ReadOptions options;
  options.max_article_bytes = 10'000;
  const auto record = [](int id, std::size_t size) {
    return "<REUTERS NEWID=\"" + std::to_string(id) + "\"><TEXT><TITLE>T</TITLE><BODY>" + std::string(size, 'x') +
           "</BODY></TEXT></REUTERS>\n";
  };
  const auto reading =
      read(record(1, 10) + record(2, 2'000'000) + record(3, 20) + record(4, 20'000) + record(5, 5), "a.sgm", options);
  REQUIRE(reading.articles.size() == 3);
  CHECK(reading.articles[1].record == "3");
  CHECK(reading.articles[2].record == "5");
  CHECK(reading.problems.size() == 2);
}
