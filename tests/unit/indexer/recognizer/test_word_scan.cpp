#include <catch2/catch.hpp>

#include "indexer/recognizer/word_scan.hpp"

using namespace pfind::indexer;

namespace {

Words scan(std::string_view text) {
  Words words;
  scan_words(text, words);
  return words;
}

std::vector<std::string> texts(std::string_view text) {
  std::vector<std::string> found;
  for (const Word& word : scan(text).words) found.emplace_back(text.substr(word.begin, word.end - word.begin));
  return found;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("words are runs of letters and digits with their byte ranges") {
  CHECK(texts("Huawei’s 5G deal—C++, Citroën & H100.") ==
        Texts{"Huawei", "s", "5G", "deal", "C++", "Citroën", "&", "H100"});
  CHECK(texts("U.S.-China, U.S. and J.P. Morgan") == Texts{"U.S.", "China", "U.S.", "and", "J.P.", "Morgan"});
  CHECK(texts("华为 5G") == Texts{"华", "为", "5G"});
  CHECK(texts("").empty());
  CHECK(texts(" ...\n").empty());
}

TEST_CASE("bytes that are not UTF-8 separate words") {
  CHECK(texts("a\xFFz\xC3") == Texts{"a", "z"});
  CHECK(texts("\xE2\x80") == Texts{});
}

TEST_CASE("keys level case, diacritics, periods of initials and the ampersand") {
  CHECK(scan("U.S.").words[0].key == word_key("us"));
  CHECK(scan("ZÜRICH").words[0].key == word_key("zurich"));
  CHECK(scan("&").words[0].key == word_key("and"));
  CHECK(word_key("us") != word_key("uk"));
}

TEST_CASE("capitals are told in Latin, Greek and Cyrillic") {
  CHECK(scan("ÉCOLE").words[0].all_capitals());
  CHECK(scan("Šikola").words[0].capitalised());
  CHECK(scan("Газпром").words[0].capitalised());
  CHECK(scan("žena").words[0].lower_case());
  CHECK_FALSE(scan("iPhone").words[0].capitalised());
  CHECK_FALSE(scan("2024").words[0].all_capitals());
}

TEST_CASE("separators are told apart") {
  const auto separator = [](std::string_view text) { return scan(text).words.at(1).before; };
  CHECK(separator("New York") == Separator::space);
  CHECK(separator("New\nYork") == Separator::space);
  CHECK(separator("New\n\nYork") == Separator::other);
  CHECK(separator("Huawei–Amazon") == Separator::hyphen);
  CHECK(separator("Huawei - Amazon") == Separator::other);
  CHECK(separator("Amazon.com") == Separator::dot);
  CHECK(separator("Inc. said") == Separator::dot_space);
  CHECK(separator("Moody’s") == Separator::apostrophe);
  CHECK(separator("Foo, Inc") == Separator::comma);
  CHECK(separator("ABC/CBS") == Separator::slash);
  CHECK(separator("a (b") == Separator::other);
}

TEST_CASE("sentences start behind periods, not behind abbreviations") {
  const auto starts = [](std::string_view text) { return scan(text).words.back().sentence_start; };
  CHECK(starts("It rose. Apple"));
  CHECK(starts("He said: \"Apple"));
  CHECK(starts("heading\n\nApple"));
  CHECK_FALSE(starts("Mr. Apple"));
  CHECK_FALSE(starts("the U.S. Treasury"));
  CHECK_FALSE(starts("wrapped\nApple"));
}

TEST_CASE("headings are told from prose by their lines") {
  const auto style = [](std::string_view text, std::size_t line) { return scan(text).lines.at(line).style; };
  CHECK(style("HUAWEI AND XIAOMI SIGN DEAL", 0) == LineStyle::capitals);
  CHECK(style("Huawei and Xiaomi Sign Landmark Deal", 0) == LineStyle::title_case);
  CHECK(style("Huawei and Xiaomi have signed a deal", 0) == LineStyle::prose);
  CHECK(style("The airline said that it will add flights to\nPhiladelphia, Washington, Miami\nand more", 1) ==
        LineStyle::prose);
}
