#include <catch2/catch.hpp>

#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/article_recognizer.hpp"

using namespace pfind;
using namespace pfind::indexer;

// Firms named after several partners, read with the shipped lists and the shipped model.

namespace {

using Names = std::vector<std::string>;

Names found(EntityKind kind, std::string_view body) {
  static const ArticleRecognizer recognizer(std::make_shared<const Catalog>(corpus::shipped_entries()));
  Article article;
  article.body = body;
  return names_of(recognizer.recognize(article))[static_cast<std::size_t>(kind)];
}

Names companies(std::string_view body) { return found(EntityKind::company, body); }

} // namespace

TEST_CASE("a firm named after partners is one across commas and conjunctions") {
  CHECK(companies("The deal was arranged by Goldman, Sachs and Co in London.").size() == 1);
  CHECK(companies("A suit was filed by Harlan, Whitcombe & Dorsey on Friday.") == Names{"Harlan, Whitcombe & Dorsey"});
  CHECK(companies("A suit was filed by Harlan, Pruitt, Whitcombe & Dorsey.") ==
        Names{"Harlan, Pruitt, Whitcombe & Dorsey"});
  CHECK(companies("In the spring of 2019 she joined the lawyers of Harlan, Whitcombe and Dorsey LLP there.") ==
        Names{"Harlan, Whitcombe and Dorsey LLP"});
  CHECK(companies("Analysts at Simmons and Whitaker Inc expect more.") == Names{"Simmons and Whitaker Inc"});
  CHECK(companies("Shares of Johnson & Johnson fell.") == Names{"Johnson & Johnson"});
  CHECK(companies("Shares of Procter and Gamble Co fell.").size() == 1);
  CHECK(companies("A rating by Standard & Poor's was cut.").size() == 1);
}

TEST_CASE("firms that are listed side by side stay apart") {
  CHECK(companies("The chips are made by Intel, Samsung and Apple Inc in Asia.") == Names{"Intel", "Samsung", "Apple"});
  CHECK(companies("The patents of Nokia, Ericsson & Qualcomm were cited.") == Names{"Nokia", "Ericsson", "Qualcomm"});
  CHECK(found(EntityKind::place, "He works in London, Dorsey & Whitcombe said.") == Names{"London"});
}

TEST_CASE("a place within a firm's name is none") {
  const std::string_view text = "The loan was made by Australia and New Zealand Banking Group Ltd on Friday.";
  CHECK(found(EntityKind::place, text).empty());
  CHECK(companies(text).size() == 1);
  CHECK(found(EntityKind::place, "The banks in Japan and Hong Kong Shipping Group Ltd lent money to the yard.") ==
        Names{"Japan"});
}

TEST_CASE("venues, events, works and short words are no firms") {
  for (const std::string_view text :
       {"The band plays the Halvorsen Amphitheatre in July, as it did last year.",
        "She won the Zandor Finals in London after a long match.", "He read War & Peace on the train to the coast.",
        "The maker's Q700 AI accelerators sell well, and the Q700 AI sells best of all.",
        "The shop is open Sun & Mon from ten to five.", "The house on Quandrel Avenue was sold to a widow."}) {
    INFO(text);
    CHECK(companies(text).empty());
    CHECK(found(EntityKind::organization, text).empty());
  }
  CHECK(companies("The order went to Quandrel Finals Inc last week.") == Names{"Quandrel Finals Inc"});
}
