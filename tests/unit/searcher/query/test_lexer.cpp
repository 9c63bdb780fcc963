#include <catch2/catch.hpp>

#include "searcher/query/lexer.hpp"

using namespace pfind::query;

TEST_CASE("a query's text becomes valid UTF-8 without control characters") {
  CHECK(sanitized("a\tb\nc\x01\x7F") == "a b c  ");
  CHECK(sanitized("\xC2\x85|\xE2\x80\xA8|\xE2\x80\xA9") == " | | ");
  CHECK(sanitized("Zürich 华为 😀") == "Zürich 华为 😀");
  CHECK(sanitized("\xFF|\xC3|\xC0\xAF|\xED\xA0\x80|\xF4\x90\x80\x80") ==
        "\uFFFD|\uFFFD|\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD|\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(sanitized(std::string_view{"a\0b", 3}) == "a b");
}

TEST_CASE("runs of any white space are one space") {
  CHECK(collapsed("  a \u00A0\u3000b  ") == "a b");
  CHECK(collapsed(" \u2003 ").empty());
}

TEST_CASE("long texts are cut between characters for notices") {
  CHECK(quoted_excerpt("short") == "\"short\"");
  std::string text = "a";
  for (int i = 0; i < 30; ++i) text += "ü";
  std::string expected = "\"a";
  for (int i = 0; i < 19; ++i) expected += "ü";
  CHECK(quoted_excerpt(text) == expected + "...\"");
}

TEST_CASE("plain words are those that mean nothing else") {
  const std::string word = GENERATE("cross-licensing", "5-10", "--help", "won?", "AT&T", "C++", "http://x.org/?q=1",
                                    "12:30", "std::vector", "or", "near", "near/x", "6.1\"", "?", "5G?/6G", "–5");
  INFO(word);
  CHECK(is_plain_word(word));
}

TEST_CASE("other words are not plain") {
  const std::string word = GENERATE("", "-", "-a", "OR", "NOT", "AND", "NEAR", "near/5", "w*", "w?ld", "=a", "\"a",
                                    "“a", "\\a", "title:a", "company:", "foo:bar", "a b", "(", "a)", "*");
  INFO(word);
  CHECK_FALSE(is_plain_word(word));
}

TEST_CASE("the same notice is given once, and many are summed up") {
  Notices notices;
  for (int i = 0; i < 3; ++i) notices.add("Again.");
  CHECK(notices.list() == std::vector<std::string>{"Again."});
  for (int i = 0; i < 30; ++i) notices.add(std::to_string(i));
  CHECK(notices.list().size() == 10);
  CHECK(notices.list().back() == "More of the query was not understood and read as plain words.");
  CHECK(notices.full());
}
