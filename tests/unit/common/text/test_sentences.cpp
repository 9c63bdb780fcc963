#include <catch2/catch.hpp>

#include <random>

#include "common/text/sentences.hpp"

using pfind::text::sentences;
using pfind::text::Span;

namespace {

/// The sentences of `text` with a bar between them.
std::string split(const std::string& text) {
  std::string out;
  for (const Span s : sentences(text)) {
    if (!out.empty()) out += '|';
    out += s.of(text);
  }
  return out;
}

struct Row {
  std::string text;
  std::string expected;
};

} // namespace

TEST_CASE("full stops, question and exclamation marks end sentences") {
  const std::vector<Row> rows{
      {"", ""},
      {" \n\n ", ""},
      {"One. Two! Three? Four", "One.|Two!|Three?|Four"},
      {"  Padded.  Twice.  ", "Padded.|Twice."},
      {"Really?! Yes... No", "Really?!|Yes...|No"},
      {"He waited… and waited… Then he left.", "He waited… and waited…|Then he left."},
      {"It paid $1.5 billion. It won.", "It paid $1.5 billion.|It won."},
      {"Visit example.com. Then go.", "Visit example.com.|Then go."},
      {"Sales rose in 2023. 5G helped.", "Sales rose in 2023.|5G helped."},
      {"They sued. iPhone sales fell.", "They sued.|iPhone sales fell."},
      {"Version 2.0 is out. eBay uses it.", "Version 2.0 is out.|eBay uses it."},
  };
  for (const Row& row : rows) CHECK(split(row.text) == row.expected);
}

TEST_CASE("closing quotes and brackets belong to the sentence they close") {
  const std::vector<Row> rows{
      {"\"We won.\" He smiled.", "\"We won.\"|He smiled."},
      {"“We won.” “Did you?” she asked.", "“We won.”|“Did you?” she asked."},
      {"“It is fair,” he said. “Very fair.”", "“It is fair,” he said.|“Very fair.”"},
      {"(It ended.) The court agreed.", "(It ended.)|The court agreed."},
      {"It ended (at last.). The court agreed.", "It ended (at last.).|The court agreed."},
      {"He said: «C’est fini.» Puis rien.", "He said: «C’est fini.»|Puis rien."},
  };
  for (const Row& row : rows) CHECK(split(row.text) == row.expected);
}

TEST_CASE("abbreviations end no sentence") {
  const std::vector<std::string> whole{
      "Apple Inc. Chief Executive Tim Cook spoke.",
      "Huawei Technologies Co. Ltd. and Xiaomi Corp. signed.",
      "The U.S. District Court in Marshall, Texas ruled.",
      "Mr. Smith met Dr. Jones and Prof. Li.",
      "Patent No. 7,000,000 expired.",
      "On Sept. 13, 2023 they signed.",
      "Nokia v. Oppo and Apple vs. Samsung went on.",
      "Standards, e.g. Wi-Fi, i.e. 802.11, matter.",
      "J. Smith and A. B. Jones agreed.",
      "It opens at 9 a.m. Monday and 10 p.m. ET in London.",
      "Jane Doe, Ph.D. Professor of law, said so.",
      "Wilson, et al. Science paper.",
      "Philips N.V. Chairman Feike spoke.",
  };
  for (const std::string& text : whole) CHECK(split(text) == text);
}

TEST_CASE("an abbreviation at the end of a sentence ends it where the next word says so") {
  const std::vector<Row> rows{
      {"It sued Apple Inc. The case goes on.", "It sued Apple Inc.|The case goes on."},
      {"It left the U.S. In China it grew.", "It left the U.S.|In China it grew."},
      {"He said no. Xiaomi agreed.", "He said no.|Xiaomi agreed."},
      {"They met at 9 a.m. Huawei was late.", "They met at 9 a.m.|Huawei was late."},
      {"They met in Sept. Huawei was late.", "They met in Sept.|Huawei was late."},
      {"They chose plan B. The firm agreed.", "They chose plan B.|The firm agreed."},
      {"Chips, phones, etc. They sell all.", "Chips, phones, etc.|They sell all."},
  };
  for (const Row& row : rows) CHECK(split(row.text) == row.expected);
}

TEST_CASE("stops of other scripts need no space") {
  CHECK(split("华为与小米签署协议。双方合作！真的吗？是的") == "华为与小米签署协议。|双方合作！|真的吗？|是的");
  CHECK(split("他说：“协议已签。”双方满意。") == "他说：“协议已签。”|双方满意。");
  CHECK(split("特許契約を締結した。「賛成だ。」") == "特許契約を締結した。|「賛成だ。」");
  CHECK(split("समझौता हुआ। सब खुश हैं।") == "समझौता हुआ।|सब खुश हैं।");
}

TEST_CASE("blank lines end sentences, hard wraps do not") {
  const std::vector<Row> rows{
      {"A headline\n\nThe text begins", "A headline|The text begins"},
      {"A headline\r\n \t\r\nThe text begins", "A headline|The text begins"},
      {"A headline\nThe first sentence of the text is here.", "A headline|The first sentence of the text is here."},
      {"the deal covers\npatents", "the deal covers\npatents"},
      {"In Shenzhen,\nHuawei signed", "In Shenzhen,\nHuawei signed"},
      {"Key takeaways\n- Huawei signs\n- Xiaomi pays\n1. First\n2. Second",
       "Key takeaways|- Huawei signs|- Xiaomi pays|1. First|2. Second"},
      {"Huawei\nXiaomi\nOppo", "Huawei|Xiaomi|Oppo"},
      {"    International Technology, based in San Francisco and\nShanghai, China, employs computer specialists and others\n"
       "    NOTE the year of the figures that are in this table.",
       "International Technology, based in San Francisco and\nShanghai, China, employs computer specialists and others|"
       "NOTE the year of the figures that are in this table."},
      {"The agreement between the two firms covers all patents that\nHuawei holds for 5G, and it ends a dispute in courts. It also\nNames a sum.",
       "The agreement between the two firms covers all patents that\nHuawei holds for 5G, and it ends a dispute in courts.|It also\nNames a sum."},
  };
  for (const Row& row : rows) CHECK(split(row.text) == row.expected);
}

TEST_CASE("sentences of any bytes are in order, trimmed and lose nothing but white space") {
  std::mt19937 random(7);
  const std::vector<std::string> pieces{"Inc",   ".",   "! ", "? ",  "\n", "\n\n",   " ",      "\"",
                                        "”",     "A",   "a",  "7",   "。", "…",      "\xff",   "\xe2\x80",
                                        "U.S. ", "J. ", "- ", "1. ", "é",  "\u00a0", "\u3000", "("};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (unsigned n = random() % 30; n > 0; --n) text += pieces[random() % pieces.size()];
    std::string kept;
    std::size_t end = 0;
    for (const Span s : sentences(text)) {
      REQUIRE(s.begin >= end);
      REQUIRE(s.begin < s.end);
      REQUIRE(s.end <= text.size());
      REQUIRE(std::string(" \t\n").find(text[s.begin]) == std::string::npos);
      REQUIRE(std::string(" \t\n").find(text[s.end - 1]) == std::string::npos);
      kept += s.of(text);
      end = s.end;
    }
    const auto solid = [](std::string t) {
      for (const std::string space : {" ", "\n", "\u00a0", "\u3000"}) {
        for (std::size_t at = 0; (at = t.find(space)) != std::string::npos;) t.erase(at, space.size());
      }
      return t;
    };
    REQUIRE(solid(kept) == solid(text));
  }
}
