#include <catch2/catch.hpp>

#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/article_recognizer.hpp"

using namespace pfind;
using namespace pfind::indexer;

// Names that no list has, in articles written for these tests; read with the shipped lists and the shipped model.

namespace {

const ArticleRecognizer& recognizer() {
  static const ArticleRecognizer instance(std::make_shared<const Catalog>(corpus::shipped_entries()));
  return instance;
}

ArticleEntities read(std::string_view body, std::string_view title = "", std::string_view language = "en") {
  Article article;
  article.title = title;
  article.body = body;
  article.language = language;
  return recognizer().recognize(article);
}

using Names = std::vector<std::string>;

Names of(const ArticleEntities& entities, EntityKind kind) {
  return names_of(entities)[static_cast<std::size_t>(kind)];
}

Names companies(std::string_view body, std::string_view title = "") {
  return of(read(body, title), EntityKind::company);
}
Names people(std::string_view body, std::string_view title = "") { return of(read(body, title), EntityKind::person); }
Names organizations(std::string_view body) { return of(read(body), EntityKind::organization); }
Names places(std::string_view body) { return of(read(body), EntityKind::place); }

} // namespace

TEST_CASE("companies that no list has are found, and joined with their short forms") {
  const ArticleEntities found = read("Quandrel Systems Inc said its board approved the sale of a plant to Hesperdale "
                                     "Mining Ltd for 20 mln dlrs. Quandrel said the sale would be completed in May.");
  const auto& firms = found[static_cast<std::size_t>(EntityKind::company)];
  REQUIRE(firms.size() == 2);
  CHECK(firms[0].name == "Quandrel Systems Inc");
  CHECK(firms[0].aliases == Names{"Quandrel"});
  CHECK(firms[1].name == "Hesperdale Mining Ltd");
}

TEST_CASE("people that no list has are found, and joined with their family names") {
  const ArticleEntities found =
      read("Chief Executive Torben Halvardsen told reporters that sales rose. Mr Halvardsen said demand was strong. "
           "Halvardsen’s deputy, Mirja Tuomikoski, agreed.");
  const auto& named = found[static_cast<std::size_t>(EntityKind::person)];
  REQUIRE(named.size() == 2);
  CHECK(named[0].name == "Torben Halvardsen");
  CHECK(named[0].aliases == Names{"Halvardsen"});
  CHECK(named[1].name == "Mirja Tuomikoski");
  CHECK(people("Li Wenqiang spoke first. Later Wenqiang Li left.") == Names{"Li Wenqiang"});
}

TEST_CASE("cups, schools and firms named after people are nobody") {
  for (const std::string_view text :
       {"They lost the Harvey Whitcombe Cup in May, and the Harvey Whitcombe Cup again in June.",
        "She teaches at the Harvey Whitcombe School, which is in Ohio.",
        "The show was made by Harvey Whitcombe Productions for the network."}) {
    INFO(text);
    CHECK(people(text).empty());
  }
}

TEST_CASE("what is done to somebody at the beginning of a sentence is none of the name") {
  CHECK(people("Questioning Harvey Whitcombe was left to others. Mr. Whitcombe said little.") ==
        Names{"Harvey Whitcombe"});
}

TEST_CASE("a place within another name is no place") {
  CHECK(places("The Central Bank of Liberia said rates would rise.").empty());
  CHECK(organizations("The Central Bank of Liberia said rates would rise.") == Names{"Central Bank of Liberia"});
}

TEST_CASE("initials stand for the name they abbreviate") {
  const ArticleEntities found =
      read("The Norland Fisheries Research Institute published a report. NFRI said that stocks "
           "of cod fell. The NFRI has warned before.");
  const auto& bodies = found[static_cast<std::size_t>(EntityKind::organization)];
  REQUIRE(bodies.size() == 1);
  CHECK(bodies[0].name == "Norland Fisheries Research Institute");
  CHECK(bodies[0].aliases == Names{"NFRI"});
}

TEST_CASE("a product's name counts for its company, a unit is a company of its own") {
  CHECK(companies("Users of Microsoft Outlook complained.") == Names{"Microsoft"});
  CHECK(companies("Renault Acceptance Corp said it would issue notes. Renault guarantees them.") ==
        Names{"Renault Acceptance Corp", "Renault"});
}

TEST_CASE("peoples, pronouns, days and common abbreviations are no names") {
  const ArticleEntities found =
      read("The West German and the Iraqi sides met. Europeans spend more. He left. We stay. In "
           "May GDP rose and the CEO left on Friday. I agree. Consumers wait.");
  for (const auto& kind : found) CHECK(kind.empty());
}

TEST_CASE("a country before a capitalised word is a country") {
  CHECK(organizations("The U.S. Would like to stay. The U.S. And Japan talk.").empty());
  CHECK(places("The U.S. Would like to stay. The U.S. And Japan talk.") == Names{"U.S.", "Japan"});
}

TEST_CASE("firms of partners are one name") {
  CHECK(companies("The case was taken by Tarnwick & Hollis of London.") == Names{"Tarnwick & Hollis"});
  CHECK(companies("It was closed by Owen Tarnwick & Partners, the administrators.") ==
        Names{"Owen Tarnwick & Partners"});
}

TEST_CASE("articles in capitals, in small letters or in other languages give what lists know") {
  const std::string text = "Quandrel Systems Inc said that Nokia signed a deal with Torben Halvardsen in Helsinki.";
  std::string upper = text, lower = text;
  std::ranges::transform(upper, upper.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c; });
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  CHECK(companies(upper) == Names{"Nokia"});
  CHECK(people(upper).empty());
  CHECK(places(upper) == Names{"Helsinki"});
  for (const auto& kind : read(lower)) CHECK(kind.empty());
  const ArticleEntities german =
      read("Die Lizenzgebühr für Router zahlt Nokia laut Geschäftsführer in Helsinki.", "", "de");
  CHECK(of(german, EntityKind::company) == Names{"Nokia"});
  CHECK(of(german, EntityKind::person).empty());
}

TEST_CASE("a text without end or bounds is read in bounded time") {
  std::string names, table;
  for (int i = 0; i < 20'000; ++i) {
    names += "Mr " + std::string(1, static_cast<char>('A' + i % 26)) + "orben Halvardsen" + std::to_string(i) + " and ";
    table += "Acme\t12.5\tBolt " + std::to_string(i) + " Corp\t";
  }
  CHECK(of(read(names), EntityKind::person).size() <= 2000);
  CHECK(of(read(table), EntityKind::company).size() <= 2000);
}

TEST_CASE("a legal suffix gives a company away") {
  CHECK(companies("The patent was sold to Zorbrenix Inc last year.") == Names{"Zorbrenix Inc"});
  CHECK(companies("Later the licence of Drevelund plc ended.") == Names{"Drevelund plc"});
}

TEST_CASE("a stock code joins nothing, a name with a suffix of its own is short for no other") {
  CHECK(companies("It was built by HD Ltd in Leeds.") != Names{"Home Depot"});
  CHECK(companies("Apple Records Ltd sued Apple Inc in London. The judge sided with Apple Inc.").size() == 2);
}

TEST_CASE("who signs an article is not named in it") {
  CHECK(companies("Shares of Nokia fell in Helsinki.\n REUTER").size() == 1);
  CHECK(companies("Shares of Nokia fell in Helsinki. Reuter").size() == 1);
  CHECK(companies("The best of them was the oldest firm of Finland (Nokia)") == Names{"Nokia"});
  CHECK(companies("", "The winner of the day: Nokia") == Names{"Nokia"});
}

TEST_CASE("the s within a name is no possessive") {
  CHECK(companies("Standard and Poor's Corp rated the notes.") == Names{"Standard & Poor's"});
  CHECK(companies("Moody's Corp rated the notes.") == Names{"Moody's"});
}
