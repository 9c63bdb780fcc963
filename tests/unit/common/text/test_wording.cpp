#include <catch2/catch.hpp>

#include "common/text/wording.hpp"

using pfind::text::letters_in;
using pfind::text::wording;

TEST_CASE("a wording is what a text says, whatever its case, punctuation and white space") {
  CHECK(wording("  Huawei signs:\n\n\"A deal\"!  ") == "huawei signs a deal");
  CHECK(wording("Huawei’s “deal” — at…last") == wording("HUAWEI'S \"deal\" - at...last"));
  CHECK(wording("a\xC2\xA0"
                "b") == "a b");
  CHECK(wording("").empty());
  CHECK(wording(" ...\n").empty());
}

TEST_CASE("a wording keeps numbers apart that differ") {
  CHECK(wording("5.0 pct") != wording("50 pct"));
  CHECK(wording("1,000") == "1 000");
}

TEST_CASE("a wording is the same for each way to write a letter") {
  CHECK(wording("Zürich") == "zurich");
  CHECK(wording("Zu\xCC\x88rich") == "zurich");           // a diaeresis of its own
  CHECK(wording("licens\xC2\xADing") == "licensing");     // a soft hyphen
  CHECK(wording("licens\xE2\x80\x8Bing") == "licensing"); // a zero-width space
  CHECK(wording("Ｈ１００") == "h100");
}

TEST_CASE("a wording keeps the letters of every script, and their marks") {
  CHECK(wording("华为、专利。") == "华为 专利");
  CHECK(wording("हिन्दी") == "हिन्दी");
  CHECK(wording("патент — «СУД»") == "патент суд");
}

TEST_CASE("any bytes have a wording") {
  CHECK(wording("a\xFF\xE2\x80") != wording("a"));
  CHECK(wording("\xE2").size() == wording("\xC2").size());
}

TEST_CASE("the letters of a wording are counted in bytes") {
  CHECK(letters_in("huawei signs") == 11);
  CHECK(letters_in("") == 0);
}
