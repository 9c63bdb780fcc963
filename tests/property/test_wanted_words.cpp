// Words that an analyzer leaves out because nothing looks for them change no match, in any language.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "searcher/matcher.hpp"
#include "searcher/query/mentions.hpp"
#include "tests/property/word_draw.hpp"
#include "tests/support/trials.hpp"

using namespace pfind;
using namespace pfind::searcher;
using text::Analyzer;
using text::Token;

namespace {

/// Draws texts with all that the analyzer has rules for, and queries for what may be in them.
class Draw : public tests::WordDraw {
public:
  using WordDraw::WordDraw;

  std::string text() {
    std::string text;
    for (unsigned n = 1 + below(60); n > 0; --n) text += one_of(k_before) + piece() + one_of(k_behind);
    return text;
  }

  QueryTerms query(Analyzer& analyzer) {
    QueryTerms query;
    for (unsigned n = below(4); n > 0; --n) query.terms.push_back({term(analyzer), 1});
    for (unsigned n = below(2); n > 0; --n) query.exact_words.push_back({token(analyzer).word, 1});
    for (unsigned n = below(2); n > 0; --n) query.phrases.push_back({.terms = {term(analyzer), term(analyzer)}});
    for (unsigned n = below(2); n > 0; --n) query.near_groups.push_back({.terms = {term(analyzer), term(analyzer)}});
    return query;
  }

  /// Spellings of one term, of several and of words as written.
  std::vector<Spelling> spellings(Analyzer& analyzer) {
    std::vector<Spelling> spellings;
    for (unsigned n = 1 + below(3); n > 0; --n) {
      Spelling spelling{.terms = {term(analyzer)}};
      while (below(3) == 0) spelling.terms.push_back(term(analyzer));
      if (below(3) == 0) {
        for (std::size_t i = 0; i < spelling.terms.size(); ++i) spelling.written.push_back(word(analyzer));
      }
      spellings.push_back(std::move(spelling));
    }
    return spellings;
  }

private:
  using Strings = std::vector<std::string>;

  const std::string& one_of(const Strings& texts) { return texts[below(static_cast<unsigned>(texts.size()))]; }

  /// A word, with an ending at times, or two as one.
  std::string piece() {
    std::string piece = one_of(k_words);
    if (below(4) == 0) piece += one_of(k_words);
    if (below(3) == 0) piece += one_of(k_endings);
    if (below(5) == 0) piece.front() = static_cast<char>(piece.front() & ~0x20);
    return piece;
  }

  /// Of those of a piece, any one.
  Token token(Analyzer& analyzer) {
    for (;;) {
      std::vector<Token> tokens = analyzer.analyze(piece());
      if (!tokens.empty()) return tokens[below(static_cast<unsigned>(tokens.size()))];
    }
  }
  std::string term(Analyzer& analyzer) { return token(analyzer).term; }

  /// One that may stand alone.
  Token word(Analyzer& analyzer) {
    for (;;) {
      Token drawn = token(analyzer);
      if (drawn.kind == text::TokenKind::word || drawn.kind == text::TokenKind::part) return drawn;
    }
  }

  inline static const Strings k_words{
      "\u3164", "A'B'C", "cross",   "licence", "licens",    "patent", "pool", "wi",     "fi",       "dying",
      "lying",  "tyre",  "skeptic", "sceptic", "aeroplane", "us",     "US",   "NATO",   "5g",       "4,000",
      "AT&T",   "c++",   "U.S.",    "Über",    "naïve",     "Москва", "特許", "bhfuil", "dijelovi", "a",
      "I",      "enrol", "fulfil",  "diaa",    "of",        "the",    "y"};
  inline static const Strings k_endings{"s", "ed", "ing", "ation", "'s", "’s", "ies", "en", "lari", "0", "ß"};
  inline static const Strings k_before{"", "", "", "", "(", "\"", "“", "«", "‘", "l'"};
  inline static const Strings k_behind{" ",  " ",   " ", " ", "-",      "–", ", ", ". ", ".",
                                       "” ", ".” ", "—", "…", "\u00A0", "'", "&",  "\n"};
};

bool same(const Token& a, const Token& b) {
  return a.begin == b.begin && a.end == b.end && a.position == b.position && a.kind == b.kind && a.term == b.term &&
         a.word == b.word;
}

} // namespace

TEST_CASE("words that are left out change no count of mentions") {
  std::size_t found = 0;
  for (const std::string language : {"en", "de", "tr"}) {
    Draw draw(77);
    Analyzer analyzer(language);
    std::vector<Token> some;
    for (int round = 0; round < tests::trials(10'000); ++round) {
      const std::string text = draw.text();
      const Mentions mentions(draw.spellings(analyzer));
      text::WantedWords wanted;
      mentions.add_wanted(wanted);
      const std::vector<Token> all = analyzer.analyze(text);
      analyzer.analyze(text, some, &wanted);
      INFO(language << ": " << text);
      const std::size_t expected = mentions.count(all, false, SIZE_MAX);
      REQUIRE(mentions.count(some, false, SIZE_MAX) == expected);
      found += expected;
    }
  }
  CHECK(found > tests::trials(10'000U));
}

TEST_CASE("words that are left out change none of 45,000 matchings") {
  std::size_t matches = 0;
  std::size_t left_out = 0;
  for (const std::string language : {"en", "de", "fr", "tr", "ga", "sr", "id", "ru", "xx"}) {
    Draw draw(static_cast<unsigned>(language.front()) * 256U + static_cast<unsigned>(language.back()));
    Analyzer analyzer(language);
    std::vector<Token> some;
    for (int round = 0; round < tests::trials(5000); ++round) {
      const std::string text = draw.text();
      const Matcher matcher(draw.query(analyzer));
      const std::vector<Token> all = analyzer.analyze(text);
      analyzer.analyze(text, some, matcher.wanted());
      INFO(language << ": " << text);
      const std::vector<Match> expected = matcher.find(all, analyzer);
      REQUIRE(matcher.find(some, analyzer) == expected);
      auto at = all.begin();
      for (const Token& token : some) {
        at = std::find_if(at, all.end(), [&](const Token& other) { return same(token, other); });
        REQUIRE(at != all.end()); // some of them, in their order
      }
      matches += expected.size();
      left_out += all.size() - some.size();
    }
  }
  CHECK(matches > tests::trials(25'000U));
  CHECK(left_out > tests::trials(200'000U));
}
