#include <catch2/catch.hpp>
#include <random>

#include "common/stored_article.hpp"
#include "indexer/document_builder.hpp"

using namespace pfind;
using namespace pfind::indexer;

namespace {

PreparedArticle build(const Article& article, const ArticleEntities& entities = {}) {
  return DocumentBuilder().build(article, entities);
}

std::vector<unsigned> positions(const PreparedArticle& prepared, const std::string& term) {
  auto it = prepared.document.termlist_begin();
  it.skip_to(term);
  if (it == prepared.document.termlist_end() || *it != term) return {};
  return {it.positionlist_begin(), it.positionlist_end()};
}

bool has_term(const PreparedArticle& prepared, const std::string& term) {
  auto it = prepared.document.termlist_begin();
  it.skip_to(term);
  return it != prepared.document.termlist_end() && *it == term;
}

} // namespace

TEST_CASE("an article is found by where it is, its file and its address, and can be read back") {
  const Article article{
      .path = "/a/r.jsonl", .record = "7", .url = "https://example.com/7", .title = "Title", .body = "Body."};
  const PreparedArticle prepared = build(article);
  CHECK(prepared.copy.place.location.text() == "/a/r.jsonl#7");
  CHECK(has_term(prepared, term_for(Field::location, "/a/r.jsonl#7")));
  CHECK(has_term(prepared, term_for(Field::file, "/a/r.jsonl")));
  CHECK(has_term(prepared, term_for(Field::url, "https://example.com/7")));
  CHECK(prepared.document.get_value(info(Field::digest).slot) == content_digest(article));
  CHECK(encoded_article(prepared.document.get_data()) == encode(article));
  CHECK(prepared.document.get_data().front() == encode(article).front()); // too short to be compressed
  CHECK(prepared.stored_bytes == encode(article).size());
}

TEST_CASE("an article that is not very short is compressed") {
  Article article{.path = "/a/long.txt", .title = "Title"};
  for (int i = 0; i < 40; ++i) article.body += "The licence covers the patents that both companies agreed upon. ";
  const std::string stored = encode(article);
  const std::string data = build(article).document.get_data();
  CHECK(data.front() == k_deflated_article);
  CHECK(data.size() < stored.size() / 4);
  CHECK(encoded_article(data) == stored);
  CHECK(DocumentBuilder(DocumentBuilder::Form::encoded).build(article, {}).encoded->data == data);
}

TEST_CASE("words have positions: the headline's as title and as text, the body's far behind") {
  const PreparedArticle prepared = build({.title = "Patent court", .language = "en", .body = "The court sat."});
  CHECK(positions(prepared, "Spatent") == std::vector<unsigned>{1});
  CHECK(positions(prepared, "Scourt") == std::vector<unsigned>{2});
  CHECK(positions(prepared, "patent") == std::vector<unsigned>{1});
  const auto court = positions(prepared, "court");
  REQUIRE(court.size() == 2);
  CHECK(court[0] == 2);
  CHECK(court[1] > 1000);
}

TEST_CASE("a date is its year, month and day, and a value that sorts") {
  const auto value = [](const Date& date) {
    return build({.date = date, .body = "x"}).document.get_value(info(Field::date).slot);
  };
  const PreparedArticle prepared = build({.date = Date{2024, 3, 9, -1}, .body = "x"});
  CHECK(has_term(prepared, "Y2024"));
  CHECK(has_term(prepared, "M2024-03"));
  CHECK(has_term(prepared, "D2024-03-09"));
  CHECK(value({2024, 3, 9, -1}) == "20240309");
  CHECK(value({2024, 3, 9, 3661}) == "20240309010101");
  CHECK(value({987, 3, 9, -1}) < value({2024, 3, 9, -1}));
  CHECK(value({2024, 3, 9, 86399}) < value({2024, 3, 10, 0}));
  CHECK_FALSE(has_term(build({.body = "x"}), "Y0000"));
}

TEST_CASE("facet values have a filter term each, those without letters or digits have none") {
  ArticleEntities entities;
  entities[static_cast<std::size_t>(EntityKind::company)] = {NamedEntity{"Procter & Gamble"}, NamedEntity{"Nokia"}};
  const PreparedArticle prepared =
      build({.authors = {"Ann Lee", "--"}, .outlet = "...", .language = "en", .body = "x"}, entities);
  CHECK(has_term(prepared, "XCOprocter & gamble"));
  CHECK(has_term(prepared, "XCOnokia"));
  CHECK(has_term(prepared, "Aann lee"));
  CHECK(has_term(prepared, "Len"));
  std::map<Field, std::vector<std::string>> facets(prepared.facets.begin(), prepared.facets.end());
  CHECK(facets[Field::author] == std::vector<std::string>{"Ann Lee"});
  CHECK_FALSE(facets.contains(Field::outlet));
}

TEST_CASE("a word in capitals keeps its form beside the folded one") {
  const PreparedArticle prepared = build({.language = "en", .body = "The US told us."});
  CHECK(has_term(prepared, "RUS"));
  CHECK(positions(prepared, "us").size() == 2);
}

TEST_CASE("a hyphenated word is its parts and the joined form, whose parts are recorded") {
  const PreparedArticle prepared = build({.language = "en", .body = "A cross-licensing deal over Wi-Fi."});
  std::map<std::string, std::string> compounds(prepared.compounds.begin(), prepared.compounds.end());
  CHECK(compounds.size() == 2);
  CHECK(compounds["wifi"] == "wi fi");
}

TEST_CASE("any text at all becomes a document that a database takes") {
  std::mt19937 random(5);
  const std::vector<std::string> pieces{"a",
                                        "AT&T",
                                        "-",
                                        "\u2011",
                                        "Wi-Fi",
                                        "U.S.",
                                        "\xff",
                                        "\u00e9",
                                        " ",
                                        "\n",
                                        "5G",
                                        "\u4e2d\u6587",
                                        "\u0e01",
                                        "C++",
                                        "NATO-led",
                                        "--",
                                        "'",
                                        "\u200d",
                                        "x-y-z-w-v",
                                        std::string(300, 'q'),
                                        std::string(80, '-'),
                                        "\U0001f600",
                                        "A-B",
                                        "\u0301"};
  DocumentBuilder builder;
  Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
  for (int trial = 0; trial < 2000; ++trial) {
    Article article{.path = "/a", .language = trial % 3 == 0 ? "de" : "en"};
    for (auto n = random() % 12; n > 0; --n) article.title += pieces[random() % pieces.size()];
    for (auto n = random() % 40; n > 0; --n) article.body += pieces[random() % pieces.size()];
    article.url = article.title;
    article.authors = {article.title, article.body};
    const PreparedArticle prepared = builder.build(article, {});
    for (auto term = prepared.document.termlist_begin(); term != prepared.document.termlist_end(); ++term)
      REQUIRE((*term).size() <= 245);
    for (const auto& [joined, parts] : prepared.compounds) {
      REQUIRE_FALSE(joined.empty());
      REQUIRE(parts.find(' ') != std::string::npos);
    }
    REQUIRE_NOTHROW(database.add_document(prepared.document));
  }
}

TEST_CASE("an article that is encoded at once is the document that Xapian would be given, encoded") {
  DocumentBuilder builder(DocumentBuilder::Form::encoded);
  for (const char* body :
       {"", "The court sat.", "Wi-Fi and wi-fi in the U.S.; the U.S. again, again and again: R&D."}) {
    const Article article{
        .path = "/a", .title = "The Wi-Fi court", .date = Date{2024, 3, 9, -1}, .language = "en", .body = body};
    const PreparedArticle at_once = builder.build(article, {});
    const bulk::EncodedDocument afterwards = bulk::DocumentEncoder().take(build(article).document);
    REQUIRE(at_once.encoded);
    CHECK(at_once.encoded->postings == afterwards.postings);
    CHECK(at_once.encoded->terms == afterwards.terms);
    CHECK(at_once.encoded->length == afterwards.length);
    CHECK(at_once.encoded->values == afterwards.values);
    CHECK(at_once.encoded->data == afterwards.data);
  }
}
