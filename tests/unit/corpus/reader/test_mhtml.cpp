#include <catch2/catch.hpp>

#include "corpus/reader/mail/mhtml.hpp"
#include "reading.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind::corpus;
using pfind::tests::read;
using namespace std::string_literals;

namespace {

const std::string k_text =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";

std::string page(const std::string& head = "") {
  return "<html><head><title>Acme and Bolt settle</title>" + head + "</head><body><p>" + k_text + "</p></body></html>";
}

/// A page as Chrome saves it, behind the part of a frame.
std::string saved(const std::string& html, const std::string& fields = "", const std::string& type_fields = "") {
  return "From: <Saved by Blink>\r\n" + fields +
         "Subject: Acme and =?utf-8?Q?Bolt?= settle\r\nDate: Tue, 12 Mar 2024 "
         "08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\t"
         "boundary=\"b\"" +
         type_fields +
         "\r\n\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n"
         "<html><title>A frame</title><p>Buy what you see here and see what you buy.</p></html>\r\n--b\r\nContent-Type: "
         "text/html\r\nContent-ID: <page@saved>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: "
         "https://news.example/settle\r\n\r\n" +
         html +
         "\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: "
         "https://news.example/x.png\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
}

const std::string k_snapshot = "Snapshot-Content-Location: https://news.example/settle\r\n";

} // namespace

TEST_CASE("a page saved as MHTML is the page at the address it was saved from") {
  for (const std::string name : {"a.mhtml", "a.mht", "saved"}) {
    const auto reading = read(saved(page(), k_snapshot), name);
    CHECK(reading.problems.empty());
    REQUIRE(reading.articles.size() == 1);
    CHECK(reading.articles[0].title == "Acme and Bolt settle");
    CHECK(reading.articles[0].url == "https://news.example/settle");
    CHECK(reading.articles[0].body == k_text);
    CHECK_FALSE(reading.articles[0].date.has_value());
  }
}

TEST_CASE("the page is the part that is named as the start, else the first") {
  const auto named = read(saved(page(), "", "; start=\"<page@saved>\""), "a.mhtml");
  CHECK(named.articles.at(0).url == "https://news.example/settle");
  CHECK(read(saved(page()), "a.mhtml").articles.at(0).title == "A frame");
}

TEST_CASE("what the page says of itself goes before its address") {
  const auto reading = read(saved(page("<link rel=3Dcanonical href=3D'https://news.example/real'>"
                                       "<meta property=3D'article:published_time' content=3D'2024-02-03'>"),
                                  k_snapshot),
                            "a.mhtml");
  CHECK(reading.articles.at(0).url == "https://news.example/real");
  REQUIRE(reading.articles[0].date.has_value());
  CHECK(reading.articles[0].date->month == 2);
}

TEST_CASE("encodings of an MHTML page are undone") {
  const auto reading = read("MIME-Version: 1.0\nContent-Type: text/html; charset=windows-1251\n"
                            "Content-Transfer-Encoding: quoted-printable\n\n<html><title>=CD=EE=E2=EE=F1=F2=E8</title>"
                            "<p>=CF=E0=F2=E5=ED=F2=FB.</p></html>",
                            "a.mht");
  CHECK(reading.articles.at(0).title == "Новости");
}

TEST_CASE("the subject stands in for a title, the day of saving for nothing") {
  const ParsedArticle parsed = parse_mhtml(saved("<html><body><p>" + k_text + "</p></body></html>", k_snapshot));
  CHECK(parsed.article.title == "Acme and Bolt settle");
  CHECK_FALSE(parsed.article.date.has_value());
  REQUIRE_FALSE(parsed.notes.omissions.empty());
  CHECK(parsed.notes.omissions.back().text == "Tue, 12 Mar 2024 08:00:00 -0000");
}

TEST_CASE("MHTML without a page is one line") {
  const auto reading = read("MIME-Version: 1.0\nContent-Type: image/png\n\nx", "a.mhtml");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason == "no article was found in it: neither a title nor a text");
}

TEST_CASE("damaged MHTML is read without fault") {
  std::mt19937 random(7);
  const std::string bytes = saved(page(), k_snapshot);
  for (int i = 0; i < 2000; ++i) {
    const auto reading = read(pfind::tests::mutated(bytes, random), "a.mhtml");
    CHECK(reading.articles.size() + reading.problems.size() > 0);
  }
}
