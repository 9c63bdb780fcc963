#include <catch2/catch.hpp>

#include "searcher/spelling/edit_distance.hpp"

using namespace pfind::searcher;

TEST_CASE("edits are counted up to a limit, a swap as one") {
  CHECK(edit_distance(U"", U"", 2) == 0);
  CHECK(edit_distance(U"huawei", U"huawei", 2) == 0);
  CHECK(edit_distance(U"huawie", U"huawei", 2) == 1);
  CHECK(edit_distance(U"hauwie", U"huawei", 2) == 2);
  CHECK(edit_distance(U"", U"ab", 2) == 2);
  CHECK(edit_distance(U"ab", U"", 1) == 2);
  CHECK(edit_distance(U"abc", U"xyz", 2) == 3);
  CHECK(edit_distance(U"华为", U"华伟", 2) == 1);
}

TEST_CASE("a wrong first letter counts as one edit more") {
  CHECK(misspelling_distance(U"huawei", U"huawei", 2) == 0);
  CHECK(misspelling_distance(U"nuawei", U"huawei", 2) == 2);
  CHECK(misspelling_distance(U"uhawei", U"huawei", 2) == 2);
  CHECK(misspelling_distance(U"hhuawei", U"huawei", 2) == 1);
  CHECK(misspelling_distance(U"nuawie", U"huawei", 2) == 3);
}

TEST_CASE("an edit is a character, however many bytes it takes") {
  CHECK(code_points("naïve") == U"naïve");
  CHECK(edit_distance(code_points("патнет"), code_points("патент"), 2) == 1);
}
