#include <catch2/catch.hpp>

#include "corpus/reader/format.hpp"
#include "reading.hpp"

using namespace pfind::corpus;
using pfind::tests::read;
using namespace std::string_literals;

namespace {

const std::string k_text =
    "Acme and Bolt have agreed to license their patents to each other, both companies said on Tuesday.";

std::string only_problem(const pfind::tests::Reading& reading) {
  REQUIRE(reading.articles.empty());
  REQUIRE(reading.problems.size() == 1);
  return reading.problems[0].reason;
}

} // namespace

TEST_CASE("the format is told by the extension") {
  CHECK(format_extension("a.b/News.JSONL.gz") == "jsonl");
  CHECK(format_extension("dir.d/file") == "");
  CHECK(format_extension(".hidden") == "");
  CHECK(format_of_extension("markdown") == Format::markdown);
  CHECK(format_of_extension("ndjson") == Format::json_lines);
  CHECK_FALSE(format_of_extension("xyz").has_value());
}

TEST_CASE("the format is told by the content where the extension says nothing") {
  CHECK(sniff_format("\n <!DOCTYPE HTML>") == Format::html);
  CHECK(sniff_format("<html lang=en>") == Format::html);
  CHECK(sniff_format("{\"a\": 1}\n{\"a\": 2}") == Format::json_lines);
  CHECK(sniff_format("{\n \"a\": 1}") == Format::json);
  CHECK(sniff_format("[{\"a\": 1}]") == Format::json);
  CHECK(sniff_format("[1] is a footnote") == Format::plain_text);
  CHECK(sniff_format("{curly} text") == Format::plain_text);
  CHECK(sniff_format("") == Format::plain_text);
  CHECK(read("<html><body><p>" + k_text, "page").articles.at(0).body == k_text);
}

TEST_CASE("articles get their path and language") {
  const auto reading = read(k_text, "/news/a.txt");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].path == "/news/a.txt");
  CHECK(reading.articles[0].record.empty());
  CHECK(reading.articles[0].language == "en");
}

TEST_CASE("encodings, byte order marks and line ends make no difference") {
  const std::string plain = "Headline of four words\n\n" + k_text + "\n";
  std::string crlf;
  std::string utf16 = "\xfe\xff";
  for (const char c : plain) {
    crlf += c == '\n' ? "\r\n" : std::string(1, c);
    utf16 += {'\0', c};
  }
  for (const std::string& bytes : {plain, crlf, "\xef\xbb\xbf" + crlf, utf16}) {
    const auto reading = read(bytes, "a.txt");
    REQUIRE(reading.articles.size() == 1);
    CHECK(reading.articles[0].title == "Headline of four words");
    CHECK(reading.articles[0].body == k_text);
  }
}

TEST_CASE("what holds no article is one problem that says why") {
  CHECK(only_problem(read("", "a.txt")) == "the file is empty; it holds no article");
  CHECK(only_problem(read(" \r\n\t", "a.txt")) == "the file is empty; it holds no article");
  CHECK(only_problem(read("", "a.jsonl")) == "the file is empty; it holds no article");
  CHECK(only_problem(read("\n\n", "a.jsonl")) == "the file is empty; it holds no article");
  CHECK(only_problem(read("\x89PNG\r\n\x1a\n\0\0"s, "a.txt")) ==
        "looks like a PNG image, not an article; remove it or convert it to text");
  CHECK(only_problem(read("\x89PNG\r\n\x1a\n\0\0"s, "a.jsonl")).find("PNG") != std::string::npos);
  CHECK(only_problem(read("a\0\0\1b"s, "a.md")).find("binary data") != std::string::npos);
  CHECK(only_problem(read("import os", "tool.py")) == "is program source by its name (.py), not an article; skipped");
  CHECK(only_problem(read("<html><script>x</script>", "a.html")).find("no article") != std::string::npos);
}

TEST_CASE("a file larger than allowed is not read to its end") {
  class Endless : public ByteStream {
  public:
    std::size_t read(char* buffer, std::size_t size) override {
      given += size;
      std::fill(buffer, buffer + size, 'x');
      return size;
    }
    std::uint64_t stored_bytes_read() const override { return given; }
    std::size_t given = 0;
  } stream;
  ReadOptions options;
  options.max_article_bytes = 1u << 20;
  CHECK(only_problem(read(stream, "a.txt", options)).find("larger than the 1,048,576 bytes") != std::string::npos);
  CHECK(stream.given < 3u << 20);
}
