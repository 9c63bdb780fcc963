#include <catch2/catch.hpp>

#include "indexer/recognizer/name_matcher.hpp"

using namespace pfind;
using namespace pfind::indexer;

namespace {

/// What the matcher finds in `text`, as written there.
std::vector<std::string> matches(std::string_view names, std::string_view text) {
  const Catalog catalog(parse_names(names, "test"));
  const NameMatcher matcher(catalog);
  Words words;
  scan_words(text, words);
  std::vector<std::string> found;
  for (const Match& match : matcher.find(words.words)) {
    const std::size_t begin = words.words[match.first_word].begin;
    found.emplace_back(text.substr(begin, words.words[match.end_word - 1].end - begin));
  }
  return found;
}

using Found = std::vector<std::string>;

} // namespace

TEST_CASE("the longest name wins and matches do not overlap") {
  const std::string_view names = "place\tNew York\nplace\tYork\ncompany\tNew York Times\n";
  CHECK(matches(names, "The New York Times of New York, not York.") == Found{"New York Times", "New York", "York"});
}

TEST_CASE("a name with capitals matches as written, in capitals, or in Title Case") {
  CHECK(matches("company\tHuawei\n", "Huawei HUAWEI huawei HuaWei") == Found{"Huawei", "HUAWEI"});
  CHECK(matches("company\tArm\n", "Arm ARM arm") == Found{"Arm"});
  CHECK(matches("company\tBanco do Brasil\n", "Banco do Brasil, Banco Do Brasil, banco do brasil").size() == 2);
}

TEST_CASE("a name in capitals matches only in capitals, a name in small letters in any case") {
  CHECK(matches("technology\tAI\n", "AI Ai ai") == Found{"AI"});
  CHECK(matches("technology\tmachine learning\n", "Machine learning, MACHINE LEARNING, machine\nlearning").size() == 3);
}

TEST_CASE("spellings of one name match alike") {
  CHECK(matches("company\tHewlett-Packard\n", "Hewlett Packard, Hewlett–Packard, Hewlett\nPackard").size() == 3);
  CHECK(matches("company\tAT&T\n", "AT&T and AT & T") == Found{"AT&T", "AT & T"});
  CHECK(matches("company\tProcter & Gamble\n", "Procter and Gamble") == Found{"Procter and Gamble"});
  CHECK(matches("place\tUnited States\tUS\n", "US, U.S., U.S-led, us, Us") == Found{"US", "U.S.", "U.S"});
  CHECK(matches("company\tMoody's\n", "Moody's Moody’s Moody") == Found{"Moody's", "Moody’s"});
  CHECK(matches("company\tNestlé\n", "Nestlé, Nestle, NESTLÉ").size() == 3);
  CHECK(matches("place\tSt. Louis\n", "St. Louis, St Louis").size() == 2);
  CHECK(matches("company\tAmazon\tAmazon.com\n", "Amazon.com Inc") == Found{"Amazon.com"});
  CHECK(matches("technology\tKirin 9000S\n", "a Kirin 9000s chip") == Found{"Kirin 9000s"});
  CHECK(matches("company\tHuawei\t华为\n", "中国的华为公司") == Found{"华为"});
}

TEST_CASE("names do not reach across sentences, paragraphs and other punctuation") {
  const std::string_view names = "company\tApple Computer\n";
  CHECK(matches(names, "Apple. Computer; Apple\n\nComputer; Apple (Computer); Apple, Computer").empty());
}

TEST_CASE("names for filters alone are not looked for") {
  CHECK(matches("company\tAlphabet\t~GOOG\n", "GOOG rose") == Found{});
}

TEST_CASE("a company that begins the name of a technology is a match of its own") {
  CHECK(matches("company\tNvidia\ntechnology\tNvidia H100\n", "Nvidia H100") == Found{"Nvidia", "Nvidia H100"});
  CHECK(matches("company\t?Swift\ntechnology\tSwift Playgrounds\n", "Swift Playgrounds") == Found{"Swift Playgrounds"});
}
