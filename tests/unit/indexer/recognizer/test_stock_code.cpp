#include <catch2/catch.hpp>
#include <string>

#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/recognizer/stock_code.hpp"

using namespace pfind;
using namespace pfind::indexer;

namespace {

/// The marked words, separated by blanks.
std::string codes(std::string_view text) {
  Words words;
  scan_words(text, words);
  std::string marked;
  for (const Word& word : words.words) {
    if (word.stock_code) marked += std::string(text.substr(word.begin, word.end - word.begin)) + ' ';
  }
  return marked;
}

using Names = std::vector<std::string>;

Names found(EntityKind kind, std::string_view body) {
  static const ArticleRecognizer recognizer(std::make_shared<const Catalog>(corpus::shipped_entries()));
  Article article;
  article.body = body;
  return names_of(recognizer.recognize(article))[static_cast<std::size_t>(kind)];
}

Names companies(std::string_view body) { return found(EntityKind::company, body); }

} // namespace

TEST_CASE("codes of shares are told from other words in brackets") {
  CHECK(codes("Zandor <ZND> and Zandor <ZND.O> rose.") == "ZND ZND O ");
  CHECK(codes("Zandor (ZNDR.O), Havel (0799.HK) and Brill (BRL.L)") == "ZNDR O 0799 HK BRL L ");
  CHECK(codes("Zandor (NASDAQ: ZNDR), Havel (NYSE:H)") == "NASDAQ ZNDR NYSE H ");
  CHECK(codes("Zandor (Nasdaq: ZNDR; LSE: ZND)") == "Nasdaq ZNDR LSE ZND ");
  for (const std::string_view text :
       {"the union (UAW) left", "the bloc (U.S.)", "exports (EU: 3) fell", "in May (U.S.A)", "a <b>bold</b> word",
        "the agency (NASA)", "the plan (Note: ABC) is", "(NYSE: )", "sales <rose>", "an open (NASDAQ: ZNDR"}) {
    INFO(text);
    CHECK(codes(text).empty());
  }
}

TEST_CASE("what stands before a stock code is a company and the code is no name") {
  CHECK(companies("Investors of Zandorin (ZNDR.O) sold their last shares on Monday.") == Names{"Zandorin"});
  CHECK(companies("Many investors looked at Quemby (LSE: QMB) on Monday.") == Names{"Quemby"});
  CHECK(companies("It rose after Halvard Brix <HBX> cut its price.") == Names{"Halvard Brix"});
  CHECK(companies("It rose after Halvard Brix Inc <HBX.O> cut its price.") == Names{"Halvard Brix Inc"});
  CHECK(companies("It was bought by Target (NYSE: TGT) last week.") == Names{"Target"});
  CHECK(companies("He praised Houston (NYSE: HOU) for its dividend.") == Names{"Houston"});
  const std::string_view seat = "They sued Zandorin of Italy <ZNDR.MI> over the price of seats.";
  CHECK(found(EntityKind::place, seat) == Names{"Italy"});
  const std::string_view boxed = "It was bought by Quemby Systems (NASDAQ: IBM) last week.";
  CHECK(companies(boxed) == Names{"Quemby Systems"});
  CHECK(found(EntityKind::organization, boxed).empty());
  CHECK(found(EntityKind::place, "He praised Houston (NYSE: HOU) for its dividend.").empty());
}
