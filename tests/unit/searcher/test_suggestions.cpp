#include <catch2/catch.hpp>

#include "searcher/suggestions.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

const TestIndex& index() {
  static const TestIndex made({article_of("/1", "Huawei and Qualcomm signed a licensing agreement. A licence is dear."),
                               article_of("/2", "Huawei sells H100 chips at 4,000 dollars."),
                               article_of("/3", "华为签署专利许可协议。")});
  return made;
}

std::string suggestion(const std::string& query) { return index().search(request_for(query)).suggestion; }

} // namespace

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

TEST_CASE("a misspelt word that finds nothing has a suggestion") {
  CHECK(suggestion("huawie") == "huawei");
  CHECK(suggestion("Qualcom") == "qualcomm");
  CHECK(suggestion("licnsing") == "licensing");
  CHECK(suggestion("licnse") == "licence");
}

TEST_CASE("the rest of a query stays as typed") {
  CHECK(suggestion("company:Huawei  -nokia licnsing (5G OR \"six\")") ==
        "company:Huawei  -nokia licensing (5G OR \"six\")");
  CHECK(suggestion("title:agreemnt OR zzzz") == "title:agreement OR zzzz");
  CHECK(suggestion("Hua Huawie") == "Hua huawei");
  CHECK(suggestion("chipp-licnsing") == "chips-licensing");
  CHECK(suggestion("\"huawie signed\"") == "\"huawei signed\"");
}

TEST_CASE("numbers, codes, short words, patterns and words that are there have none") {
  for (const std::string query :
       {"H101", "4001", "5G", "zz", "huawie*", "zzzzzzzz", "huawei nokia4", "伟为", "-huawie"}) {
    INFO(query);
    CHECK(suggestion(query).empty());
  }
}
