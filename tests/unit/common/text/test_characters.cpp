#include <catch2/catch.hpp>

#include "common/text/characters.hpp"
#include "common/text/width.hpp"

using namespace pfind::text;

namespace {

/// The user-perceived characters of `text` with a bar between them.
std::string clusters(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = cluster_end(text, at);
    if (!out.empty()) out += '|';
    out += text.substr(at, end - at);
    at = end;
  }
  return out;
}

} // namespace

TEST_CASE("characters are read one by one, malformed sequences as U+FFFD") {
  CHECK(character_at("a", 0).code_point == U'a');
  CHECK(character_at("é", 0).bytes == 2);
  CHECK(character_at("😀", 0).code_point == U'😀');
  for (const std::string bad : {"\xff", "\x80", "\xc3", "\xe2\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf"}) {
    CHECK_FALSE(character_at(bad, 0).valid);
    CHECK(character_at(bad, 0).code_point == k_replacement);
    CHECK(character_at(bad, 0).bytes >= 1);
  }
  CHECK(count_characters("a\xff"
                         "é") == 3);
}

TEST_CASE("code points are appended as UTF-8") {
  std::string text;
  for (const char32_t c : {U'a', U'é', U'中', U'😀', char32_t{0xD800}, char32_t{0x110000}}) append_character(text, c);
  CHECK(text == "aé中😀\uFFFD\uFFFD");
}

TEST_CASE("controls are removed, white space stays") {
  CHECK(without_controls("a\x1b[31mb\x07 c\x7f") == "a[31mb c");
  CHECK(without_controls("a\u202Eb\u2066c\u200Fd\uFEFFe\u009Bf") == "abcdef");
  CHECK(without_controls("a\n\tb\u2028c\u00A0d") == "a\n\tb\u2028c\u00A0d");
  CHECK(without_controls("\xff"
                         "a\xe2\x80") == "\uFFFD"
                                         "a\uFFFD");
  CHECK(without_controls(std::string("a\0b", 3)) == "ab");
}

TEST_CASE("what people see as one character is one cluster") {
  CHECK(clusters("abc") == "a|b|c");
  CHECK(clusters("e\u0301a") == "e\u0301|a");
  CHECK(clusters("👩‍👩‍👧x") == "👩‍👩‍👧|x");
  CHECK(clusters("👍🏽👍") == "👍🏽|👍");
  CHECK(clusters("🇨🇳🇺🇸") == "🇨🇳|🇺🇸");
  CHECK(clusters("한국") == "한|국");
  CHECK(clusters("\u1112\u1161\u11AB\u1100") == "\u1112\u1161\u11AB|\u1100");
  CHECK(clusters("नि") == "नि");
  CHECK(clusters("\r\na") == "\r\n|a");
}

TEST_CASE("no cluster grows without bound") {
  std::string zalgo = "e";
  for (int i = 0; i < 1000; ++i) zalgo += "\u0301";
  CHECK(cluster_end(zalgo, 0) == 1 + 2 * 31);
}

TEST_CASE("columns of a terminal") {
  const std::vector<std::pair<std::string, std::size_t>> rows{{"", 0},
                                                              {"abc", 3},
                                                              {"é", 1},
                                                              {"e\u0301", 1},
                                                              {"华为", 4},
                                                              {"ｱ", 1},
                                                              {"Ａ", 2},
                                                              {"한국", 4},
                                                              {"😀", 2},
                                                              {"👩‍👩‍👧", 2},
                                                              {"🇨🇳", 2},
                                                              {"❤", 1},
                                                              {"❤\uFE0F", 2},
                                                              {"\u200B", 0},
                                                              {"a\u0007", 1},
                                                              {"…", 1},
                                                              {"ไทย", 3},
                                                              {"\xff", 1},
                                                              {"\u1112\u1161\u11AB", 2}};
  for (const auto& [text, width] : rows) {
    INFO(text);
    CHECK(display_width(text) == width);
  }
}
