#include <catch2/catch.hpp>

#include <cstdio>
#include <random>

#include "common/terminal.hpp"
#include "common/text/characters.hpp"
#include "common/text/width.hpp"

using namespace pfind;

namespace {

std::string wrapped(const std::string& text, std::size_t columns) {
  std::string out;
  for (const text::Span line : wrap(text, columns)) {
    if (!out.empty()) out += '|';
    out += line.of(text);
  }
  return out;
}

} // namespace

TEST_CASE("printable text is one line that changes nothing on a terminal") {
  CHECK(printable("\x1b]0;title\x07 \x1b[31mred") == "]0;title [31mred");
  CHECK(printable("a\nb\r\tc\u2028d\u0085e") == "a b  c d e");
  CHECK(printable("\u202Eevil\u202C \u2067x\u2069") == "evil x");
  CHECK(printable("\u009B31mC1") == "31mC1");
  CHECK(printable("bad \xff\xfe utf") == "bad \uFFFD\uFFFD utf");
  CHECK(printable("专利 é 👩‍👩‍👧") == "专利 é 👩‍👩‍👧");
}

TEST_CASE("styles surround text, or do nothing") {
  CHECK(Style{"1;33"}("x") == "\x1b[1;33mx\x1b[0m");
  CHECK(Style{}("x") == "x");
  CHECK(Style{"1"}("") == "");
}

TEST_CASE("links carry percent-encoded addresses") {
  CHECK(file_uri("/a b/é%#?.txt") == "file:///a%20b/%C3%A9%25%23%3F.txt");
  CHECK(file_uri("/x\x1b\n") == "file:///x%1B%0A");
  CHECK(hyperlink("file:///a", "a") == "\x1b]8;;file:///a\x1b\\a\x1b]8;;\x1b\\");
  CHECK(hyperlink("file:///a\x07", "a") == "a");
  CHECK(hyperlink("", "a") == "a");
}

TEST_CASE("text is cut to a width between characters") {
  CHECK(cut_to_width("abcdef", 6) == "abcdef");
  CHECK(cut_to_width("abcdef", 5) == "abcd…");
  CHECK(cut_to_width("abcdef", 1) == "…");
  CHECK(cut_to_width("abcdef", 0) == "");
  CHECK(cut_to_width("华为技术", 8) == "华为技术");
  CHECK(cut_to_width("华为技术", 7) == "华为技…");
  CHECK(cut_to_width("华为技术", 6) == "华为…");
  CHECK(cut_to_width("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
}

TEST_CASE("lines are broken at spaces, before wide characters and in long words") {
  CHECK(wrapped("the quick brown fox", 9) == "the quick|brown fox");
  CHECK(wrapped("the quick brown fox", 10) == "the quick|brown fox");
  CHECK(wrapped("the quick brown fox", 0) == "the quick brown fox");
  CHECK(wrapped("  lead  and  trail  ", 6) == "lead|and|trail");
  CHECK(wrapped("abcdefghij kl", 4) == "abcd|efgh|ij|kl");
  CHECK(wrapped("ab cdefghij", 4) == "ab|cdef|ghij");
  CHECK(wrapped("华为技术公司", 5) == "华为|技术|公司");
  CHECK(wrapped("华为技术。公司", 8) == "华为技|术。公司");
  CHECK(wrapped("Huawei 华为技术公司", 11) == "Huawei 华为|技术公司");
  CHECK(wrapped("", 10) == "");
  CHECK(wrapped("华", 1) == "华");
}

TEST_CASE("wrapped lines fit and lose nothing but spaces") {
  std::mt19937 random(11);
  const std::vector<std::string> pieces{
      "a", "word", " ", "  ", "华", "。", "e\u0301", "👍🏽", "supercalifragilistic"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned n = random() % 25; n > 0; --n) text += pieces[random() % pieces.size()];
    const std::size_t columns = 2 + random() % 20;
    std::string kept;
    for (const text::Span line : wrap(text, columns)) {
      REQUIRE(text::display_width(line.of(text)) <= columns);
      REQUIRE(line.size() > 0);
      REQUIRE(text[line.begin] != ' ');
      REQUIRE(text[line.end - 1] != ' ');
      kept += line.of(text);
    }
    const auto solid = [](std::string t) { return std::erase(t, ' '), t; };
    REQUIRE(solid(kept) == solid(text));
  }
}

TEST_CASE("progress shows as much as fits") {
  const Progress p{"indexing", 1234, 2468, 10};
  CHECK(progress_line(p, 100) == "indexing  ▕██████████          ▏   50%  1,234/2,468  123/s  0:10 left");
  CHECK(progress_line(p, 50) == "indexing   50%  1,234/2,468  123/s  0:10 left");
  CHECK(progress_line(p, 30) == "indexing   50%  1,234/2,468");
  CHECK(progress_line(p, 5) == "inde…");
  CHECK(progress_line({"reading", 17, 0, 34}, 80) == "reading  17  0.5/s");
  CHECK(progress_line({"reading", 0, 10, 0}, 43) == "reading  ▕                    ▏    0%  0/10");
  CHECK(progress_line({"reading", 12, 10, 1}, 20) == "reading  100%  10/10");
  CHECK(progress_line({"2 articles", 1'500'000, 7'000'000, 2, true}, 80) ==
        "2 articles  ▕████▎               ▏   21%  1.5/7.0 MB  0.8 MB/s  0:08 left");
  CHECK(progress_line({"reading", 234'567'890, 2'345'678'900, 1, true}, 40) == "reading   10%  234/2,345 MB  234 MB/s");
  CHECK(progress_line({"reading", 10, 36010, 1}, 80).ends_with("1:00:00 left"));
}

TEST_CASE("bars are drawn to an eighth of a column") {
  CHECK(bar(0, 4) == "    ");
  CHECK(bar(1, 4) == "████");
  CHECK(bar(0.5, 3) == "█▌ ");
  CHECK(bar(2, 2) == "██");
  CHECK(bar(-1, 2) == "  ");
}

TEST_CASE("large numbers are grouped") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(12345678) == "12,345,678");
}

TEST_CASE("a file is no terminal unless the user says so") {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  const int descriptor = fileno(file);
  const Terminal found = detect_terminal(descriptor, {.no_color = {}, .term = "xterm", .columns = {}});
  CHECK_FALSE(found.is_terminal);
  CHECK_FALSE(found.color);
  CHECK_FALSE(found.hyperlinks);
  CHECK(found.columns == 0);
  const Terminal forced =
      detect_terminal(descriptor, {.no_color = "1", .term = {}, .columns = "72"}, When::always, When::always);
  CHECK(forced.color);
  CHECK(forced.hyperlinks);
  CHECK(forced.columns == 72);
  CHECK(detect_terminal(descriptor, {.no_color = {}, .term = {}, .columns = "wide"}).columns == 0);
  std::fclose(file);
}
