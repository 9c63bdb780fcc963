#include <catch2/catch.hpp>

#include "reading.hpp"

using pfind::corpus::ReadOptions;
using pfind::tests::read;
using Names = std::vector<std::string>;
using namespace std::string_literals;

namespace {

std::string rss(const std::string& items) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
         "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
         "<channel><title>Licence Daily</title><language>en-us</language><image><title>Logo</title></image>\n" +
         items + "</channel></rss>\n";
}

} // namespace

TEST_CASE("RSS 2.0 gives an article per item") {
  const auto reading = read(
      rss("<item><title>AT&amp;T signs</title><link>https://l.example/1</link><guid isPermaLink='false'>n-1</guid>"
          "<pubDate>Tue, 12 Mar 2024 08:00:00 EST</pubDate><dc:creator>Ana Ruiz</dc:creator><dc:creator>Bo Lin</dc:creator>"
          "<description>Short.</description><content:encoded><![CDATA[<p>One &amp; all.</p><p>Two.</p>]]></content:encoded>"
          "</item>\n<item><title>Brief</title><description>Only a summary.</description>"
          "<author>desk@l.example (Cy Dee)</author><pubDate>yesterday</pubDate></item>"),
      "feed.rss");
  REQUIRE(reading.articles.size() == 2);
  const auto& first = reading.articles[0];
  CHECK(first.location() == "feed.rss#n-1");
  CHECK(first.id == "n-1");
  CHECK(first.title == "AT&T signs");
  CHECK(first.body == "One & all.\n\nTwo.");
  CHECK(first.url == "https://l.example/1");
  CHECK(to_iso(first.date.value()) == "2024-03-12T08:00:00-05:00");
  CHECK(first.authors == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(first.outlet == "Licence Daily");
  CHECK(first.language == "en");
  CHECK(reading.articles[1].record == "2");
  CHECK(reading.articles[1].body == "Only a summary.");
  CHECK(reading.articles[1].authors == Names{"Cy Dee"});
  CHECK_FALSE(reading.articles[1].date.has_value());
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].where == "item 2 (line 4)");
  CHECK(reading.problems[0].reason == "date \"yesterday\" is not a date; the article is indexed without one");
}

TEST_CASE("Atom gives an article per entry, its content in any of three types") {
  const auto reading =
      read(R"(<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:lang="de"><a:title>Funk</a:title>
<a:author><a:name>Jana Funk</a:name></a:author>
<a:entry><a:id>tag:f.example,2024:1</a:id><a:title type="html">R&amp;amp;D</a:title>
<a:link rel="self" href="https://f.example/self"/><a:link rel="alternate" href="https://f.example/1"/>
<a:updated>2024-03-13T10:00:00Z</a:updated><a:published>2024-03-12T10:00:00+01:00</a:published>
<a:author><a:name>Eva Stein</a:name></a:author>
<a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins <b>fett</b>.</p><p>Zwei.</p></div></a:content>
</a:entry>
<a:entry xml:lang="en"><a:id>2</a:id><a:title>B</a:title><a:content type="html">&lt;p&gt;C &lt;i&gt;d&lt;/i&gt;.&lt;/p&gt;</a:content></a:entry>
<a:entry><a:id>2</a:id><a:title>C</a:title><a:summary>Plain text.</a:summary></a:entry>
</a:feed>)",
           "x");
  CHECK(reading.problems.empty());
  REQUIRE(reading.articles.size() == 3);
  CHECK(reading.articles[0].title == "R&D");
  CHECK(reading.articles[0].body == "Eins fett.\n\nZwei.");
  CHECK(reading.articles[0].url == "https://f.example/1");
  CHECK(to_iso(reading.articles[0].date.value()) == "2024-03-12T10:00:00+01:00");
  CHECK(reading.articles[0].authors == Names{"Eva Stein"});
  CHECK(reading.articles[0].language == "de");
  CHECK(reading.articles[0].outlet == "Funk");
  CHECK(reading.articles[1].body == "C d.");
  CHECK(reading.articles[1].language == "en");
  CHECK(reading.articles[1].record == "2");
  CHECK(reading.articles[2].record == "3"); // its id is taken
  CHECK(reading.articles[2].authors == Names{"Jana Funk"});
}

TEST_CASE("RSS 1.0 has its items beside the channel") {
  const auto reading = read(
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://r.example/"><title>Registry</title><items><rdf:Seq/></items></channel>
<item rdf:about="https://r.example/1"><title>A</title><link>https://r.example/1</link><d:date>2024-03-12</d:date></item></rdf:RDF>)",
      "a.rdf");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].outlet == "Registry");
  CHECK(reading.articles[0].location() == "a.rdf#https://r.example/1");
  CHECK(to_iso(reading.articles[0].date.value()) == "2024-03-12");
}

TEST_CASE("what feeds get wrong does not cost articles") {
  const auto entities =
      read("\n " + rss("<item><title>AT&T&nbsp;signs &#146;it&#146; &#3;&unknown;</title></item>"), "a.xml");
  CHECK(entities.problems.empty());
  REQUIRE(entities.articles.size() == 1);
  CHECK(entities.articles[0].title == "AT&T signs ’it’ &unknown;");

  const auto unclosed = read(rss("<item><title>A</title><description>x <br> y</description><guid>a</guid></item>"
                                 "<item><title>B</title><guid>b</guid><item><title>C</title></item>"),
                             "a.xml");
  REQUIRE(unclosed.articles.size() == 3);
  CHECK(unclosed.articles[0].record == "a");
  CHECK(unclosed.articles[1].record == "b");
  CHECK(unclosed.articles[2].title == "C");
  CHECK(unclosed.problems.back().reason.find("is not well-formed XML") == 0);
  CHECK(unclosed.problems.back().indexed);

  const auto cut =
      read(rss("<item><title>A</title></item><item><title>B</title><description>so f").substr(0, 420), "a.xml");
  REQUIRE(cut.articles.size() == 2);
  CHECK(cut.articles[1].title == "B");
  CHECK(cut.problems.size() == 2);
}

TEST_CASE("feeds in other encodings than they say are read") {
  const std::string said = "<?xml version=\"1.0\" encoding=\"";
  const std::string rest =
      "\"?><rss><channel><title>T</title><item><title>Z\xfcrich \x96 caf\xe9</title></item></channel></rss>";
  for (const std::string encoding : {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"}) {
    CAPTURE(encoding);
    CHECK(read(said + encoding + rest, "a.rss").articles.at(0).title == "Zürich – café");
  }
  std::string utf16 = "\xfe\xff";
  for (const char c : said + "UTF-8\"?><rss><channel><item><title>One</title></item></channel></rss>")
    utf16 += {'\0', c};
  CHECK(read(utf16, "a.rss").articles.at(0).title == "One");
  CHECK(read("<rss><channel><item><title>a\0b</title></item></channel></rss>"s, "a.rss").articles.at(0).title == "ab");
}

TEST_CASE("a feed can neither read files nor grow in memory") {
  std::string laughs = "<!DOCTYPE rss [<!ENTITY l0 \"lol\">";
  for (int i = 1; i < 12; ++i) {
    laughs += "<!ENTITY l" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) laughs += "&l" + std::to_string(i - 1) + ";";
    laughs += "\">";
  }
  laughs += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
  const auto reading =
      read(laughs + "<rss><channel><item><title>A &l11; &file;</title></item></channel></rss>", "a.rss");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].title == "A &l11; &file;");
  std::string deep = "<rss><channel><item><title>A</title><description>";
  for (int i = 0; i < 100'000; ++i) deep += "<b>";
  CHECK(read(deep + "x", "a.rss").articles.at(0).title == "A");
  ReadOptions options;
  options.max_article_bytes = 100'000;
  const auto large = read(rss("<item><title>A</title><description>" + std::string(2'000'000, 'x') +
                              "</description></item><item><title>B</title></item>"),
                          "a.rss", options);
  REQUIRE(large.articles.size() == 1);
  CHECK(large.articles[0].title == "B");
  REQUIRE(large.problems.size() == 1);
  CHECK(large.problems[0].where.find("item 1") == 0);
}

TEST_CASE("XML without articles is one problem that names its root") {
  const auto reading = read("<?xml version='1.0'?><!-- x --><urlset><url/></urlset>", "sitemap.xml");
  CHECK(reading.articles.empty());
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].reason.find("root element <urlset>") != std::string::npos);
  CHECK(read("plain words", "a.xml").problems.at(0).reason.find("holds no XML") == 0);
  CHECK(read(rss(""), "a.xml").problems.at(0).reason == "the feed is empty; it holds no article");
  CHECK(
      read("<?xml version='1.0'?><!DOCTYPE html><html><body><h1>Acme signs a deal</h1><p>Acme and Bolt have agreed to "
           "license their patents, both said.</p></body></html>",
           "a.xml")
          .articles.at(0)
          .title == "Acme signs a deal");
}

TEST_CASE("a JSON Feed is read by its items") {
  const auto reading = read(
      R"({"version": "https://jsonfeed.org/version/1.1", "title": "Licence Daily", "language": "fr", "description": "All deals.",
          "authors": [{"name": "Desk"}],
          "items": [{"id": "1", "title": "A", "content_html": "<p>One.</p><p>Two.</p>", "date_published": "2024-03-12T08:00:00Z",
                     "authors": [{"name": "Ana Ruiz"}], "url": "https://l.example/1"}, {"id": "2", "content_text": "Untitled."}]})",
      "feed.json");
  CHECK(reading.problems.empty());
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].body == "One.\n\nTwo.");
  CHECK(reading.articles[0].outlet == "Licence Daily");
  CHECK(reading.articles[0].language == "fr");
  CHECK(reading.articles[0].authors == Names{"Ana Ruiz"});
  CHECK(reading.articles[1].body == "Untitled.");
}
