#include <catch2/catch.hpp>

#include "corpus/reader/byline.hpp"

using pfind::corpus::parse_byline;
using pfind::corpus::split_authors;
using Names = std::vector<std::string>;

TEST_CASE("bylines name authors") {
  CHECK(parse_byline("By Ana Ruiz") == Names{"Ana Ruiz"});
  CHECK(parse_byline("ByAna Ruiz") == Names{"Ana Ruiz"});
  CHECK(parse_byline("by Ana de la Ruiz") == Names{"Ana de la Ruiz"});
  CHECK(parse_byline("By Ana Ruiz, Bo Lin and Cy O'Neil") == Names{"Ana Ruiz", "Bo Lin", "Cy O'Neil"});
  CHECK(parse_byline("By Ana Ruiz, Senior Editor") == Names{"Ana Ruiz"});
  CHECK(parse_byline("By Ana Ruiz | 5 March 2024") == Names{"Ana Ruiz"});
  CHECK(parse_byline("Von Jörg Ünal") == Names{"Jörg Ünal"});
  CHECK(parse_byline("记者 蓝雨桐") == Names{"蓝雨桐"});
}

TEST_CASE("sentences are no bylines") {
  for (const std::string line : {"By Tuesday the deal was off.", "By then, Acme had sold it", "Bytes and pieces", "By",
                                 "By ", "By 2024 Acme", "Ana Ruiz", "", "By the way"}) {
    CAPTURE(line);
    CHECK_FALSE(parse_byline(line).has_value());
  }
}

TEST_CASE("author values are split into names, but firms are not") {
  CHECK(split_authors("Ana Ruiz; Bo Lin") == Names{"Ana Ruiz", "Bo Lin"});
  CHECK(split_authors("Ana Ruiz and Ana Ruiz") == Names{"Ana Ruiz"});
  CHECK(split_authors("Acme, Inc.") == Names{"Acme, Inc."});
  CHECK(split_authors("By Ana Ruiz") == Names{"Ana Ruiz"});
  CHECK(split_authors("https://example.org/ana").empty());
}
