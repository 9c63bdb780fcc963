#include <catch2/catch.hpp>

#include "corpus/reader/html/html.hpp"
#include "corpus/reader/html/metadata.hpp"
#include "corpus/reader/html/names.hpp"
#include "corpus/reader/html/tree.hpp"

using namespace pfind::corpus;
using Names = std::vector<std::string>;

namespace {

const std::string k_first =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";
const std::string k_second =
    "The agreement covers phones and base stations, and it ends a dispute that began last year in Lyon.";

std::string page(const std::string& head, const std::string& body) {
  return "<!DOCTYPE html><html lang='en-GB'><head>" + head + "</head><body>" + body + "</body></html>";
}

std::string body_of(const std::string& body) { return parse_html(page("", body)).article.body; }

} // namespace

TEST_CASE("JSON-LD says what an article is") {
  const auto article =
      parse_html(page(R"(<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
      {"@type": "Organization", "@id": "#o", "name": "Example Daily"}, {"@type": "Person", "@id": "#p", "name": "Ana Ruiz"},
      {"@type": ["NewsArticle"], "headline": "Acme &amp; Bolt", "datePublished": "2024-03-12T08:00:00+01:00",
       "author": [{"@id": "#p"}, {"@type": "Person", "name": "Bo Lin"}], "publisher": {"@id": "#o"},
       "mainEntityOfPage": {"@id": "https://example.org/a"}}]}</script><meta property="og:title" content="Other">)",
                      "<p>" + k_first + "</p>"))
          .article;
  CHECK(article.title == "Acme & Bolt");
  CHECK(to_iso(article.date.value()) == "2024-03-12T08:00:00+01:00");
  CHECK(article.authors == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(article.outlet == "Example Daily");
  CHECK(article.url == "https://example.org/a");
  CHECK(article.language == "en");
}

TEST_CASE("meta elements, marked elements and the title stand in") {
  const auto article =
      parse_html(
          page("<title>Acme and Bolt sign - Example Daily</title><link rel=canonical href='https://example.org/c'>"
               "<meta property='og:site_name' content='Example Daily'><script type='application/ld+json'>{broken"
               "</script><meta name='author' content='Ana Ruiz'>",
               "<time datetime='2024-03-12'>today</time><p>" + k_first + "</p>"))
          .article;
  CHECK(article.title == "Acme and Bolt sign");
  CHECK(article.outlet == "Example Daily");
  CHECK(article.url == "https://example.org/c");
  CHECK(article.authors == Names{"Ana Ruiz"});
  CHECK(to_iso(article.date.value()) == "2024-03-12");
}

TEST_CASE("a date that is none is a problem unless another one is") {
  const auto bad =
      parse_html(page("<meta property='article:published_time' content='2024-02-31'>", "<p>" + k_first + "</p>"));
  CHECK_FALSE(bad.article.date.has_value());
  CHECK(bad.problems.size() == 1);
  const auto good =
      parse_html(page("<meta name=date content='soon'><meta name=pubdate content='2024-03-12'>", "<p>x</p>"));
  CHECK(good.article.date.has_value());
  CHECK(good.problems.empty());
}

TEST_CASE("of JSON-LD without an article, and of broken JSON, the day of publication counts") {
  const auto date = [](const std::string& json) {
    const auto parsed = parse_html(page("<script type='application/ld+json'>" + json + "</script>",
                                        "<time datetime='2024-05-01'></time><p>" + k_first + "</p>"));
    return to_iso(parsed.article.date.value());
  };
  CHECK(date(R"({"@graph": [{"@type": "WebSite", "name": "W"},
             {"@type": "WebPage", "datePublished": "2024-03-12T08:00:00Z", "dateModified": "2024-04-01"}]})") ==
        "2024-03-12T08:00:00Z");
  CHECK(date(R"({"@type": "Article", "description": "Of "deals"", "datePublished" : "2024-03-12", "x": 1})") ==
        "2024-03-12");
  CHECK(date(R"({"@type": "Article", "datePublished)") == "2024-05-01");
}

TEST_CASE("the site's name is no headline") {
  const auto title = [](const std::string& heading) {
    return parse_html(page("<title>The modem makers settle their dispute - Example</title>",
                           heading + "<p>" + k_first + "</p>"))
        .article.title;
  };
  const std::string told = "The modem makers settle their dispute";
  CHECK(title("<h1><a href='/'>Entermedia</a></h1>") == told);
  CHECK(title("<h1 id=site><a href='https://example.org'><span>Entermedia</span></a></h1>") == told);
  CHECK(title("<h1><a href='/'>Entermedia</a></h1><h1>Modem makers settle</h1>") == "Modem makers settle");
  CHECK(title("<h1><a href='/2024/settle'>Modem makers settle</a></h1>") == "Modem makers settle");
}

TEST_CASE("authors stand in elements that are called so, with those they work for") {
  const auto authors = [](const std::string& head, const std::string& body) {
    return parse_html(page(head, "<h1>A deal</h1>" + body + "<p>" + k_first + "</p>")).article.authors;
  };
  CHECK(authors("", "<span class='author'> Lisa Brown and Peter J. Miller </span>") ==
        Names{"Lisa Brown", "Peter J. Miller"});
  CHECK(authors("", "<div class='article-author__name'>Peter Miller</div>") == Names{"Peter Miller"});
  CHECK(authors("", "<div class='comment-author'>Peter Miller</div>").empty());
  CHECK(authors("", "<div class='author'>Read all about it</div>").empty());
  CHECK(authors("", "<div class='author'>Peter Miller commented</div>").empty());
  CHECK(authors("", "<div class='author'>Peter van Miller</div>") == Names{"Peter van Miller"});
  const auto given = [&](const std::string& name) {
    return authors("<meta property='og:site_name' content='Example Daily Deutschland'><meta name=author content='" +
                       name + "'>",
                   "");
  };
  CHECK(given("Peter Miller, Futurism") == Names{"Peter Miller"});
  CHECK(given("Peter Miller, Associated Press") == Names{"Peter Miller"});
  CHECK(given("Peter Miller, Example Daily") == Names{"Peter Miller"});
  CHECK(given("Peter Miller, Lisa Brown") == Names{"Peter Miller", "Lisa Brown"});
  CHECK(given("Miller, Peter") == Names{"Miller, Peter"});
  CHECK(given("Reuters") == Names{"Reuters"});
  CHECK(given("Lisa Brown, Reuters") == Names{"Lisa Brown"});
}

TEST_CASE("the body is the article without what surrounds it") {
  const std::string body = body_of(
      "<nav><a href=/>Home</a> <a href=/n>News</a></nav><div class='site-header'><a href=/>Daily</a></div>"
      "<main><h1>Acme and Bolt sign</h1><div class='share-buttons'>Share this on all your networks now</div><p>" +
      k_first +
      "</p><h2>Background</h2><ul><li>One point</li><li>Another point</li></ul>"
      "<aside><p>Read about another deal that is not this one, with many words in it.</p></aside><p>" +
      k_second +
      "</p><blockquote><p>“It is a good deal for all of us,” Acme said.</p></blockquote></main>"
      "<div id='comments'><p>I do not agree with anything that has been said in this article, sorry.</p></div>"
      "<footer>All rights reserved</footer><script>var p = '<p>x</p>';</script>");
  CHECK(body == k_first + "\n\nBackground\n\n• One point\n• Another point\n\n" + k_second +
                    "\n\n“It is a good deal for all of us,” Acme said.");
}

TEST_CASE("credits between the headline and the text are not text") {
  for (const std::string credit : {"Ana Ruiz<br>11 March 2025", "By Ana Ruiz Dec. 9, 2022", "Deals › Mobile",
                                   "Ana Ruiz | 2025-01-23 | 3 min read"}) {
    CAPTURE(credit);
    CHECK(body_of("<h1>Acme and Bolt sign</h1><p>" + credit + "</p><p>" + k_first + "</p><p>" + k_second + "</p>") ==
          k_first + "\n\n" + k_second);
  }
}

TEST_CASE("an article that the page calls furniture is kept all the same") {
  CHECK(body_of("<div class='sidebar-widget'><p>" + k_first + "</p><p>" + k_second + "</p></div>") ==
        k_first + "\n\n" + k_second);
}

TEST_CASE("tables and line breaks stay readable") {
  CHECK(html_to_text("<table><tr><th>Firm</th><th>Fee</th></tr><tr><td>Acme</td><td>5</td></tr></table>") ==
        "Firm | Fee\n\nAcme | 5");
  CHECK(html_to_text("one<br>two<br><br>three &amp; <i>fo</i>ur") == "one\ntwo\n\nthree & four");
  CHECK(html_to_text("<pre>a\nb</pre>") == "a\nb");
}

TEST_CASE("scripts, styles and comments are left out, JSON-LD is not") {
  CHECK(html::without_code("a<script>x('<p>')</SCRIPT >b<!-- <p> -->c<STYLE type=x>p {}</style>d") == "abcd");
  CHECK(html::without_code("<script type='application/ld+json'>{}</script>") ==
        "<script type='application/ld+json'>{}</script>");
  CHECK(html::without_code("a<script>never closed") == "a");
  CHECK(html::without_code("a <!-- never closed") == "a <!-- never closed");
  CHECK(html::without_code("1 < 2 <scripture>") == "1 < 2 <scripture>");
}

TEST_CASE("site names are cut from titles") {
  CHECK(html::without_site_name("Acme and Bolt sign a deal | Daily", "") == "Acme and Bolt sign a deal");
  CHECK(html::without_site_name("Acme - Example Daily", "Example Daily") == "Acme");
  CHECK(html::without_site_name("Acme - a story of patents", "Example Daily") == "Acme - a story of patents");
}

TEST_CASE("names of classes are evidence") {
  using html::Part;
  CHECK(html::part_of_names("post topShare") == Part::sharing);
  CHECK(html::part_of_names("comment-list") == Part::comments);
  CHECK(html::part_of_names("has-sidebar") == Part::article);
  CHECK(html::part_of_names("sc-77 hJpRRP shadow download") == Part::article);
}

TEST_CASE("pages of any depth and any damage are read") {
  const auto deep = parse_html([] {
    std::string html;
    for (int i = 0; i < 100'000; ++i) html += "<div>";
    return html + "<p>Text at the bottom</p>";
  }());
  CHECK(deep.article.body == "Text at the bottom");
  CHECK(deep.problems.size() == 1);
  std::string spans = "<p>";
  for (int i = 0; i < 1900; ++i) spans += "<span>";
  CHECK(parse_html(spans + "Text " + k_first).article.body == "Text " + k_first);
  std::string comments;
  for (int i = 0; i < 250'000; ++i) comments += "<!--";
  CHECK(html::without_code(comments) == comments);
  for (const std::string html : {"", "<", "<p", "<html><body><p>cut off in the mid", "</div></div><p>", "<!--",
                                 "<script>", "&#0;&#xD800;&bogus;"}) {
    CAPTURE(html);
    CHECK(parse_html(html).article.body.size() < 40);
  }
}
