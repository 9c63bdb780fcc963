#include <catch2/catch.hpp>

#include <random>
#include <set>

#include "common/text/analyzer.hpp"
#include "common/text/fold.hpp"

using pfind::text::Analyzer;
using pfind::text::Token;
using pfind::text::TokenKind;
using namespace std::string_literals;

namespace {

/// The tokens as `position:term`, joined forms marked `+`, acronyms in capitals `^`.
std::string terms(const std::string& text, const std::string& language = "en") {
  std::string out;
  for (const Token& token : Analyzer(language).analyze(text)) {
    if (!out.empty()) out += ' ';
    out += std::to_string(token.position) + ':' + token.term;
    if (token.kind == TokenKind::joined) out += '+';
    if (token.kind == TokenKind::cased) out += '^';
  }
  return out;
}

} // namespace

TEST_CASE("words are folded, stemmed and numbered") {
  CHECK(terms("Licensing the patents") == "1:licens 2:the 3:patent");
  CHECK(terms("") == "");
  CHECK(terms(" \n -- ... ") == "");
  CHECK(terms("naïve Zürich Søren Straße ＮＥＣ") == "1:naiv 2:zurich 3:soren 4:strass 5:nec");
  CHECK(terms("soft\u00ADhyphen") == "1:softhyphen");
}

TEST_CASE("hyphenated words give their parts and the joined form, whatever the dash") {
  for (const std::string dash : {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2212"})
    CHECK(terms("a cross" + dash + "licence deal") == "1:a 2:cross 2:crosslicens+ 3:licens 4:deal");
  CHECK(terms("cross\u2014licence") == "1:cross 2:licens");
  CHECK(terms("Wi-Fi") == "1:wi 1:wifi+ 2:fi");
  CHECK(terms("2019-2025") == "1:2019 2:2025");
  CHECK(terms("-x y- --z") == "1:x 2:y 3:z");
  CHECK(terms("a-b-c-d-e") == "1:a 2:b 3:c 4:d 5:e");
}

TEST_CASE("the words of the field stay whole") {
  CHECK(terms("5G and 5 and H100") == "1:5g 2:and 3:5 4:and 5:h100");
  CHECK(terms("C, C++ and C#; C++17") == "1:c 2:c++ 3:and 4:c# 5:c++ 6:17");
  CHECK(terms("AT&T's R&D, AT&amp;T, rock&roll") == "1:at&t 2:r&d 3:at&t 4:rock 5:roll");
  CHECK(terms("$13.7 billion, 4,000 and 4000; 1,234,567.5; 4,5") ==
        "1:13.7 2:billion 3:4000 4:and 5:4000 6:1234567.5 7:4,5");
  CHECK(terms("802.11ax H.265") == "1:802.11ax 2:h 2:h265+ 3:265");
  CHECK(terms("Boeing and BOE") == "1:boeing 2:and 3:boe 3:BOE^");
}

TEST_CASE("acronyms keep a cased term, with or without full stops") {
  CHECK(terms("the U.S. and US and U.S and us") == "1:the 2:us 2:US^ 3:and 4:us 4:US^ 5:and 6:us 6:US^ 7:and 8:us");
  CHECK(terms("e.g. this") == "1:eg 2:this");
  CHECK(terms("U.S.-China") == "1:us 1:US^ 1:uschina+ 2:china");
  CHECK(terms("HUAWEI SIGNS US DEAL\nthe US said") == "1:huawei 2:sign 3:us 4:deal 5:the 6:us 6:US^ 7:said");
}

TEST_CASE("possessives go, with either apostrophe, and stay out of the highlight") {
  for (const std::string apostrophe : {"'", "\u2019", "\u02BC"}) {
    const std::string text = "Huawei" + apostrophe + "s chip";
    CHECK(terms(text) == "1:huawei 2:chip");
    const Token huawei = Analyzer().analyze(text).front();
    CHECK(text.substr(huawei.begin, huawei.end - huawei.begin) == "Huawei");
  }
  CHECK(terms("O'Reilly doesn't") == "1:oreilli 2:doesnt");
  CHECK(terms("l'accord de l\u2019Europe qu'il", "fr") == "1:accord 2:de 3:europ 4:il");
}

TEST_CASE("a missing space behind a full stop does not glue two sentences") {
  CHECK(terms("the deal.Huawei said") == "1:the 2:deal 2:dealhuawei+ 3:huawei 4:said");
}

TEST_CASE("scripts without spaces come out as words") {
  CHECK(terms("专利许可协议", "zh") == "1:专利 2:许可 3:协议");
  CHECK(terms("日本語のテキスト", "ja") == "1:日本語 2:の 3:テキスト");
  CHECK(terms("ภาษาไทย", "th") == "1:ภาษา 2:ไทย");
}

TEST_CASE("the stemmer follows the language") {
  CHECK(terms("Lizenzen", "de") == "1:lizenz");
  CHECK(terms("licences", "fr") == "1:licenc");
  CHECK(terms("words", "xx") == "1:words");
  CHECK(terms("words", "") == "1:word");
}

TEST_CASE("Token::word is the folded word before spelling and stem") {
  const auto tokens = Analyzer().analyze("Cross-Licences");
  REQUIRE(tokens.size() == 3);
  CHECK(tokens[0].word == "cross");
  CHECK(tokens[1].word == "crosslicences");
  CHECK(tokens[2].word == "licences");
  CHECK(Analyzer().stem("crosslicences") == tokens[1].term);
}

TEST_CASE("any bytes give tokens in order, within the text, with terms that Xapian can hold") {
  std::mt19937 random(20240312);
  const std::vector<std::string> pieces{"a",
                                        "Huawei",
                                        "'s",
                                        "’",
                                        "-",
                                        "–",
                                        ".",
                                        "&",
                                        "&amp;",
                                        "++",
                                        "#",
                                        "5",
                                        "4,000",
                                        " ",
                                        "\n",
                                        "\xff",
                                        "\xe2",
                                        "专利",
                                        "ไทย",
                                        "é",
                                        "\u00AD",
                                        "\u0301",
                                        std::string(300, 'x')};
  Analyzer analyzer;
  std::vector<Token> tokens;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned n = random() % 20; n > 0; --n)
      text += random() % 8 == 0 ? std::string(1, static_cast<char>(random())) : pieces[random() % pieces.size()];
    analyzer.analyze(text, tokens);
    std::uint32_t begin = 0;
    std::uint32_t position = 1;
    for (const Token& token : tokens) {
      REQUIRE(token.begin >= begin);
      REQUIRE(token.begin < token.end);
      REQUIRE(token.end <= text.size());
      REQUIRE(token.position >= position);
      REQUIRE(token.position <= position + 1);
      REQUIRE_FALSE(token.term.empty());
      REQUIRE(token.term.size() <= 245);
      begin = token.begin;
      position = token.position;
    }
  }
}

TEST_CASE("what stands right behind a word is looked at") {
  CHECK(terms("Notepad++ and ab++c") == "1:notepad++ 2:and 3:ab 4:c");
  CHECK(terms("anti-élite") == "1:anti 1:antielit+ 2:elit");
  CHECK(terms("wi-中") == "1:wi 1:wi中+ 2:中");
  CHECK(terms("caf\u0065\u0301 wor\u0301d") == "1:cafe 2:word");
  CHECK(terms("said.The end") == "1:said 1:saidth+ 2:the 3:end");
}

TEST_CASE("a word is the same whatever ends it") {
  // A thin space behind a word, or behind a sign that joins words, has all rules looked at; ASCII alone hardly any.
  std::mt19937 random(5);
  const std::vector<std::string> words{"licences",
                                       "US",
                                       "UNITED",
                                       "EU's",
                                       "don't",
                                       "AT&T",
                                       "R&D",
                                       "C++",
                                       "C#",
                                       "U.S.",
                                       "e.g",
                                       "a",
                                       "I",
                                       "5G",
                                       "4,000",
                                       "13.7",
                                       "café",
                                       "wi-fi",
                                       "x86",
                                       "of",
                                       "'tis",
                                       "naïve",
                                       "5+",
                                       "--",
                                       "snake_case",
                                       "A",
                                       "Organisation",
                                       "华为",
                                       "amazon.com",
                                       std::string(64, 'w'),
                                       std::string(65, 'w'),
                                       "McDonald",
                                       "Huawei's",
                                       "it’s",
                                       "IBM's",
                                       "IBM'S",
                                       "don’t",
                                       "s's",
                                       "a",
                                       "I",
                                       "2019",
                                       "7",
                                       "1,5",
                                       "4,000",
                                       "13.7",
                                       "5G",
                                       std::string(64, '9'),
                                       std::string(65, '9'),
                                       "NATO"};
  const std::vector<std::string> ends{"",   ",", ".", "-",  "...", ";", "!", "_",      ").", "\"",
                                      ".-", "'", "”", ".”", ",”",  "—", "…", "\u00A0", "»",  "’"};
  const std::vector<std::string> openers{"", "", "(", "“", "«", "„"};
  const std::vector<std::string> languages{"en", "fr", "de"}; // French takes l' off
  std::size_t cased = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    std::string other;
    for (unsigned i = 0, count = 1 + random() % 12; i < count; ++i) {
      const std::string& word = words[random() % words.size()];
      const std::string& end = ends[random() % ends.size()];
      const std::string& opener = openers[random() % openers.size()];
      const std::string gap = random() % 5 == 0 ? "\n" : " ";
      const bool may_join =
          end.starts_with('.') || end == "-" || end == "_" || end == "'" || end == "’"; // or belong to the word
      text += opener + word + end + gap;
      other += opener + "\u200A" + word + (may_join ? end + "\u200A" : "\u200A" + end) + gap;
    }
    const std::string& language = languages[random() % languages.size()];
    const std::vector<Token> tokens = Analyzer(language).analyze(text);
    const std::vector<Token> others = Analyzer(language).analyze(other);
    INFO(language << ": " << text);
    REQUIRE(tokens.size() == others.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      CHECK(tokens[i].term == others[i].term);
      CHECK(tokens[i].word == others[i].word);
      CHECK(tokens[i].position == others[i].position);
      CHECK(tokens[i].kind == others[i].kind);
      CHECK(text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin) ==
            other.substr(others[i].begin, others[i].end - others[i].begin));
      cased += tokens[i].kind == TokenKind::cased ? 1 : 0;
    }
  }
  CHECK(cased > 100);
}

TEST_CASE("folding is idempotent") {
  for (const std::string text : {"Zürich", "ﬁnance", "Ⅳ", "ÅNGSTRÖM", "ガ", "ｶﾞ", "İstanbul", "ŁÓDŹ", "\xff"})
    CHECK(pfind::text::fold(pfind::text::fold(text)) == pfind::text::fold(text));
}

TEST_CASE("bytes that are no text take no letter from the word before them") {
  for (const std::string behind : {"\x80", "\xBF pool", "\xFF", "\xE2\x80 pool"}) {
    const auto tokens = Analyzer().analyze("Oppo" + behind);
    REQUIRE_FALSE(tokens.empty());
    CHECK(tokens.front().word == "oppo");
  }
}

TEST_CASE("a word that is too long is cut between characters") {
  std::string text = "x";
  for (int i = 0; i < 40; ++i) text += "ж"; // 81 bytes, the 64th in the middle of one
  const auto tokens = Analyzer("xx").analyze(text);
  REQUIRE(tokens.size() == 1);
  CHECK(tokens.front().word == text.substr(0, 63));
}

TEST_CASE("no text makes a term that an index could not hold") {
  const auto repeated = [](const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
  };
  const std::string long_parts =
      repeated("aaaaaaaaaaaaaaaa", 4) + repeated("-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", 3);
  for (const std::string& text : {long_parts, repeated("\uFDFA", 20), repeated("A.", 400), repeated("AB&", 400) + "C",
                                  repeated("華", 100), std::string(500, 'x')}) {
    const auto tokens = Analyzer().analyze(text);
    REQUIRE_FALSE(tokens.empty());
    for (const Token& token : tokens) CHECK(token.term.size() <= 200);
  }
}
