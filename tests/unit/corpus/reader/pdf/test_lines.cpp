#include <catch2/catch.hpp>

#include "corpus/reader/pdf/lines.hpp"

using namespace pfind::corpus;

namespace {

/// A page on which each text is set as one box of 5 points a character, 10 points high.
PdfPage page_of(const std::vector<std::pair<std::string, std::pair<double, double>>>& texts) {
  PdfPage page{.width = 600, .height = 800, .words = {}};
  for (const auto& [text, place] : texts) {
    const auto [left, top] = place;
    const double right = left + 5 * static_cast<double>(text.size());
    page.words.push_back({text, left, top, right, top + 10, 10, false, false, true});
  }
  return page;
}

std::vector<std::string> paragraphs(const PdfPage& page) {
  ReadingNotes notes;
  return paragraphs_of({lines_of(page, 0, notes)});
}

using Strings = std::vector<std::string>;

} // namespace

TEST_CASE("words of a line are joined, those of the next are not") {
  ReadingNotes notes;
  const PdfLines lines = lines_of(page_of({{"one", {50, 100}}, {"two", {70, 101}}, {"three", {50, 112}}}), 0, notes);
  REQUIRE(lines.lines.size() == 2);
  CHECK(lines.lines[0].text == "one two");
  CHECK(lines.lines[1].text == "three");
}

TEST_CASE("a gap or an indent begins a paragraph") {
  const std::string full(60, 'x');
  CHECK(paragraphs(page_of({{full, {50, 100}}, {full, {50, 112}}, {full, {50, 140}}, {full, {50, 152}}})) ==
        Strings{full + ' ' + full, full + ' ' + full});
  CHECK(paragraphs(page_of({{full, {50, 100}}, {full, {50, 112}}, {full, {65, 124}}, {full, {50, 136}}})) ==
        Strings{full + ' ' + full, full + ' ' + full});
}

TEST_CASE("a word divided at the end of a line is made whole, a hyphen of its own stays") {
  const auto joined = [](const std::string& end, const std::string& begin) {
    return paragraphs(page_of({{"some words to fill a line before " + end, {50, 100}}, {begin + " go on", {50, 112}}}))
        .front()
        .substr(33);
  };
  CHECK(joined("cellu-", "lar") == "cellular go on");
  CHECK(joined("cross-", "licensing") == "cross-licensing go on");
  CHECK(joined("Hewlett-", "Packard") == "Hewlett-Packard go on");
  CHECK(joined("2023-", "2024") == "2023- 2024 go on");
  CHECK(joined("cellu\u00ad", "lar") == "cellular go on");
  CHECK(joined("word -", "then") == "word - then go on");
}

TEST_CASE("lines of scripts without spaces are joined without") {
  CHECK(paragraphs(page_of({{"華為與中芯國際簽署專利授權協議雙方同意", {50, 100}}, {"撤回所有訴訟", {50, 112}}})) ==
        Strings{"華為與中芯國際簽署專利授權協議雙方同意撤回所有訴訟"});
}

TEST_CASE("text on its side is left out, with a note") {
  PdfPage page = page_of({{"upright", {50, 100}}});
  page.words.push_back({"sideways", 10, 300, 20, 360, 10, false, true, true});
  ReadingNotes notes;
  CHECK(lines_of(page, 0, notes).lines.size() == 1);
  REQUIRE(notes.omissions.size() == 1);
  CHECK(notes.omissions[0].text == "sideways");
}
