#include <catch2/catch.hpp>

#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/article_recognizer.hpp"

using namespace pfind;
using namespace pfind::indexer;

// Technologies that no list has, read with the shipped lists and the shipped model.

namespace {

using Names = std::vector<std::string>;

ArticleEntities read(std::string_view body) {
  static const ArticleRecognizer recognizer(std::make_shared<const Catalog>(corpus::shipped_entries()));
  Article article;
  article.body = body;
  return recognizer.recognize(article);
}

Names technologies(std::string_view body) {
  return names_of(read(body))[static_cast<std::size_t>(EntityKind::technology)];
}

} // namespace

TEST_CASE("versions of known families are technologies") {
  CHECK(technologies("The router speaks Wi-Fi 9 and older versions.") == Names{"Wi-Fi 9"});
  CHECK(technologies("The memory is HBM7E or LPDDR8X in the next phones.") == Names{"HBM7E", "LPDDR8X"});
  CHECK(technologies("The card needs PCIe 9.0 and a newer board.") == Names{"PCIe 9.0"});
  CHECK(technologies("Films are coded with H.269 and sent by 802.11bz at home.") == Names{"H.269", "802.11bz"});
}

TEST_CASE("what an acronym in brackets introduces is a technology where its head says so") {
  const ArticleEntities found =
      read("The firm patented polar slot modulation (PSM) last year. Phones with PSM sell well.");
  const auto& named = found[static_cast<std::size_t>(EntityKind::technology)];
  REQUIRE(named.size() == 1);
  CHECK(named[0].name == "polar slot modulation");
  CHECK(named[0].aliases == Names{"PSM"});
  CHECK(technologies("They print with soft gamma (SG) lithography in the lab.") == Names{"SG", "lithography"});
  CHECK(technologies("The army tested folded radio networks (FRNs) in the field.") == Names{"folded radio networks"});
}

TEST_CASE("codes that a noun explains are technologies") {
  CHECK(technologies("The film was coded with the XV12 codec in London.") == Names{"XV12"});
  CHECK(technologies("Phones use the QRTX wireless standard in many countries.") == Names{"QRTX"});
}

TEST_CASE("products, programmes, courts and firms are no technologies") {
  for (const std::string_view text :
       {"The Galaxy S99 and the Lumenta 77 sell well.", "Doctors joined the primary care network (PCN) in town.",
        "The school teaches social and emotional learning (SEL) to children.", "The Kyoto protocol was signed there.",
        "He watched Cable News Network (CNN) at home.", "The agency set the gold standard (GS) for others.",
        "The firm sold Thunderbolt 3,000 times.", "He was born in the year of the FDA rule.",
        "The bill passed the house by 802 to 11.", "Assets of 802.8 mln dlrs were frozen.",
        "The signatories of the QMFA protocol met in Geneva."}) {
    INFO(text);
    CHECK(technologies(text).empty());
  }
}
