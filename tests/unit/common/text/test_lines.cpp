#include <catch2/catch.hpp>

#include "common/text/lines.hpp"

using namespace pfind::text;

TEST_CASE("blanks at the ends of a line go, those within stay") {
  CHECK(trimmed(" \ta b\t c \r") == "a b\t c");
  CHECK(trimmed("\r").empty());
  CHECK(trimmed("").empty());
}

TEST_CASE("a byte order mark goes where it comes first") {
  CHECK(without_byte_order_mark("\xEF\xBB\xBFname") == "name");
  CHECK(without_byte_order_mark("name\xEF\xBB\xBF") == "name\xEF\xBB\xBF");
  CHECK(without_byte_order_mark("\xEF\xBB") == "\xEF\xBB");
}

TEST_CASE("bytes are valid UTF-8 or not") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("Zürich 华为 😀"));
  for (const std::string_view bad : {"\xFF", "a\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80"}) {
    CHECK_FALSE(is_utf8(bad));
  }
}
