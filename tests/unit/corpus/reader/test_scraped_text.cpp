// Texts as people scrape them, each with what should be read from it: see scraped/*.txt.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "corpus/reader/plain_text.hpp"
#include "corpus/reader/text_line.hpp"

namespace fs = std::filesystem;
using namespace pfind::corpus;

namespace {

struct Scraped {
  std::map<std::string, std::string> expected;
  std::string text;
};

Scraped load(const fs::path& path) {
  std::ifstream in(path);
  Scraped scraped;
  for (std::string line; std::getline(in, line) && line != "-----";) {
    const std::size_t colon = line.find(':');
    scraped.expected[line.substr(0, colon)] = trimmed(line.substr(colon + 1));
  }
  std::stringstream rest;
  rest << in.rdbuf();
  scraped.text = rest.str();
  return scraped;
}

std::string joined(const std::vector<std::string>& names) {
  std::string line;
  for (const std::string& name : names) line += (line.empty() ? "" : "; ") + name;
  return line;
}

void check(const Scraped& scraped) {
  const auto expected = [&](const std::string& field) {
    const auto found = scraped.expected.find(field);
    return found == scraped.expected.end() ? std::string() : found->second;
  };
  const std::string file = expected("file").empty() ? "article.txt" : expected("file");
  const ParsedArticle parsed = parse_plain_text(scraped.text, file);
  CHECK(parsed.article.title == expected("title"));
  CHECK(joined(parsed.article.authors) == expected("authors"));
  CHECK((parsed.article.date ? to_iso(*parsed.article.date).substr(0, 10) : "") == expected("date"));
  CHECK(parsed.article.outlet == expected("outlet"));
  CHECK(parsed.article.body.starts_with(expected("first")));
  CHECK(parsed.article.body.ends_with(expected("last")));
  std::stringstream furniture(expected("without"));
  for (std::string phrase; std::getline(furniture, phrase, ';');) {
    CAPTURE(phrase);
    CHECK(parsed.article.body.find(phrase) == std::string::npos);
  }
  // What was found has a source.
  for (const std::string field : {"title", "date", "outlet"}) {
    const bool noted = std::ranges::any_of(parsed.notes.fields, [&](const auto& f) { return f.field == field; });
    CHECK(noted == !expected(field).empty());
  }
}

} // namespace

TEST_CASE("scraped texts are read as people would") {
  std::size_t texts = 0;
  for (const auto& entry : fs::directory_iterator(PFIND_TESTS_SCRAPED)) {
    CAPTURE(entry.path().filename().string());
    check(load(entry.path()));
    ++texts;
  }
  CHECK(texts >= 30);
}
