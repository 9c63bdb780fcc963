#include <catch2/catch.hpp>

#include "corpus/reader/html/content.hpp"
#include "corpus/reader/html/credits.hpp"
#include "corpus/reader/html/html.hpp"
#include "tests/unit/corpus/reader/reading.hpp"

using namespace pfind;
using namespace pfind::corpus;
using Names = std::vector<std::string>;

namespace {

const std::string k_text =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";
const std::string k_long =
    "The weather office of the island writes to its visitors at length about the sea, the wind, the tides and whatever "
    "else may be of use to those who come, and closes with the numbers of its telephones and the hours of its desk.";

std::string page(const std::string& head, const std::string& body) {
  return "<!DOCTYPE html><html><head>" + head + "</head><body>" + body + "</body></html>";
}

std::string card(const std::string& headline) {
  return "<li class='item'><a href='/x'>" + headline + "</a><p>" +
         "A company of the coast said on Monday that it would build another ship, for the third time in a year.</p></li>";
}

} // namespace

TEST_CASE("teasers of other articles are told by their likeness") {
  const std::string body = "<div><p>" + k_text + "</p><p>" + k_text + "</p><ul>" + card("Another ship for the coast") +
                           card("The harbour gets a new crane") + card("A captain retires at last, slowly") +
                           "</ul></div>";
  const auto parsed = parse_html(page("", body));
  CHECK(parsed.article.body == k_text + "\n\n" + k_text);
  REQUIRE_FALSE(parsed.notes.omissions.empty());
  CHECK(parsed.notes.omissions.front().reason == "teasers of other articles");
}

TEST_CASE("what the page says of its article finds it beside a longer text") {
  const std::string body =
      "<div><p>" + k_text + "</p></div><table><tr><td><div><p>" + k_long + "</p></div></td></tr></table>";
  CHECK(parse_html(page("<meta name=description content='" + k_text + "'>", body)).article.body.starts_with(k_text));
  const std::string marked = "<div itemprop=articleBody>" + k_text +
                             "</div><div><a href=/>one two three</a> "
                             "<a href=/>four five six</a><p>" +
                             k_long + "</p></div>";
  CHECK(parse_html(page("", marked)).article.body == k_text);
}

TEST_CASE("a list is not cut from the paragraphs around it") {
  CHECK(parse_html(page("", "<div><h3>Calendar of the year</h3><p>One day in March<br>Two days in April<br>Some in May"
                            "</p><p>* All days may change</p></div>"))
            .article.body ==
        "Calendar of the year\n\nOne day in March\nTwo days in April\nSome in May\n\n* All days may change");
}

TEST_CASE("cookie notices of any length, popups in sentences and hidden copies are left out") {
  CHECK(html::is_cookie_notice("This website uses cookies. Out of these cookies some are stored on your browser."));
  CHECK_FALSE(html::is_cookie_notice("The baker sells cookies, and more cookies on Sunday."));
  CHECK(parse_html(page("", "<div><p>" + k_text +
                                "</p><p>Ana Ruiz<span class=rollover><a href=/>Other news</a></span> said so "
                                "on Tuesday, and nobody in the room objected.</p></div>"))
            .article.body == k_text + "\n\nAna Ruiz said so on Tuesday, and nobody in the room objected.");
}

TEST_CASE("an article that a script would show is taken from the page's data") {
  const auto article =
      parse_html(page("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Acme "
                      "signs\", \"articleBody\": \"" +
                          k_text + "\"}</script>",
                      "<div id=app></div>"))
          .article;
  CHECK(article.body == k_text);
}

TEST_CASE("headline, byline and date are seen where the data lacks them") {
  const auto parsed =
      parse_html(page("<title>Acme and Bolt sign | Daily</title>",
                      "<h1>Acme and Bolt sign at last</h1><div>By Ana Ruiz and Bo Lin</div><div>Published 12 "
                      "March 2024</div><p>" +
                          k_text + "</p>"));
  CHECK(parsed.article.title == "Acme and Bolt sign at last");
  CHECK(parsed.article.authors == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(to_iso(parsed.article.date.value()) == "2024-03-12");
}

TEST_CASE("the address dates an article that nothing else does") {
  CHECK(to_iso(html::date_in_address("https://example.org/2023/09/14/acme").value()) == "2023-09-14");
  CHECK(to_iso(html::date_in_address("https://example.org/a/2023/sep/14/acme").value()) == "2023-09-14");
  CHECK_FALSE(html::date_in_address("https://2023-09-14.example.org").has_value());
  const auto parsed = parse_html(page("<meta property='article:published_time' content='0001-01-01T00:00:00Z'>"
                                      "<link rel=canonical href='https://example.org/2023/09/14/acme'>",
                                      "<p>" + k_text + "</p>"));
  CHECK(to_iso(parsed.article.date.value()) == "2023-09-14");
}

TEST_CASE("authors are names of people") {
  CHECK(html::names_of_authors({"Ana B. Ruiz, Example Daily"}, "Example Daily") == Names{"Ana B. Ruiz"});
  CHECK(html::names_of_authors({"Ana Ruiz | Agency"}, "") == Names{"Ana Ruiz"});
  CHECK(html::names_of_authors({"Ana Ruiz, Bo Lin"}, "Example Daily") == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(html::names_of_authors({"Ana Ruiz, MS, RDN"}, "") == Names{"Ana Ruiz"});
  CHECK(html::names_of_authors({"admin", "Example Daily", "https://example.org/ana"}, "Example Daily").empty());
}

TEST_CASE("pages that hold no article are reported") {
  const std::string links = [] {
    std::string list;
    for (int i = 0; i < 12; ++i)
      list += "<li><a href=/" + std::to_string(i) + ">The headline of another article</a></li>";
    return "<ul>" + list + "</ul>";
  }();
  const std::vector<std::pair<std::string, std::string>> pages{
      {page("<title>404 Not Found</title>", "<p>There is nothing here.</p>"), "error page"},
      {page("<title>Welcome</title>", "<form><input type=password></form><p>Please log in.</p>"), "log in"},
      {page("<title>Before you continue</title>", "<p>Choose what we may store.</p>"), "consent"},
      {page("<title>Business news</title>", links), "list of links"}};
  for (const auto& [html, reason] : pages) {
    CAPTURE(reason);
    const auto reading = tests::read(html, "/a.html");
    CHECK(reading.articles.empty());
    REQUIRE(reading.problems.size() == 1);
    CHECK(reading.problems.front().reason.find(reason) != std::string::npos);
  }
  const auto brief = tests::read(
      page("<title>404 firms fined</title><meta property=og:type content=article>", "<p>All were fined.</p>" + links),
      "/a.html");
  CHECK(brief.articles.size() == 1);
}

TEST_CASE("XHTML and damaged pages are read") {
  CHECK(tests::read("<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><body><p>" +
                        k_text + "</p></body></html>",
                    "/a.xhtml")
            .articles.at(0)
            .body == k_text);
  std::string with_nul = page("", "<p>" + k_text + "</p>");
  with_nul.insert(with_nul.find("Bolt"), 1, '\0');
  CHECK(parse_html(with_nul).article.body.find("license their patents") != std::string::npos);
}
