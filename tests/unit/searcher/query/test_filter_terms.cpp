#include <catch2/catch.hpp>

#include "searcher/query/filter_terms.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Strings = std::vector<std::string>;

Article dated(const std::string& path, std::optional<Date> date) {
  Article article = article_of(path, "Patents.");
  article.date = date;
  return article;
}

const TestIndex& companies() {
  static const TestIndex index(
      {{article_of("/a/1", "Patents."), Named{.companies = {"Huawei", "AT&T"}}},
       {article_of("/a/2", "Patents."),
        Named{.companies = {"Huawei Cloud", "E*Trade", "Semiconductor Manufacturing International"}}},
       {article_of("/a/b/3", "Patents."), Named{.companies = {"Nokia", "China Mobile", "China Telecom"}}},
       {article_of("/ab/4", "Patents."), Named{}}},
      "company\tSemiconductor Manufacturing International\tSMIC\n");
  return index;
}

Strings found(const std::string& query) {
  Strings paths = companies().find(query);
  std::ranges::sort(paths);
  return paths;
}

Strings notices(const std::string& query) { return companies().search(request_for(query)).notices; }

} // namespace

TEST_CASE("a value is found in any case, by its aliases, and without its legal form") {
  CHECK(found("company:HUAWEI") == Strings{"/a/1"});
  CHECK(found("company:\"Huawei Technologies Co., Ltd.\"") == found("company:\"huawei technologies\""));
  CHECK(found("company:\"Nokia Corporation\"") == Strings{"/a/b/3"});
  CHECK(found("company:smic") == Strings{"/a/2"});
  CHECK(found("company:AT&T") == Strings{"/a/1"});
  CHECK(notices("company:smic").empty());
}

TEST_CASE("a name itself is found") { CHECK(found("company:\"china mobile\"") == Strings{"/a/b/3"}); }

TEST_CASE("other words stand for every value that has them all, and a notice says which") {
  CHECK(found("company:cloud") == Strings{"/a/2"});
  CHECK(notices("company:cloud") == Strings{"company:cloud was read as Huawei Cloud."});
  CHECK(notices("company:china") == Strings{"company:china was read as China Mobile, China Telecom."});
  CHECK(found("company:chin").empty());
  CHECK(notices("company:chin") == Strings{"No article has the company \"chin\"."});
}

TEST_CASE("a star stands for the rest of a value, or for any") {
  CHECK(found("company:Hua*") == Strings{"/a/1", "/a/2"});
  CHECK(found("company:*Cloud") == Strings{"/a/2"});
  CHECK(found("company:\"China T*\"") == Strings{"/a/b/3"});
  CHECK(found("company:*") == Strings{"/a/1", "/a/2", "/a/b/3"});
  CHECK(found("-company:*") == Strings{"/ab/4"});
  CHECK(found("company:E*Trade") == Strings{"/a/2"});
  CHECK(notices("company:Zzz*") == Strings{"No article has the company \"Zzz*\"."});
  CHECK(notices("company:Hua*").empty());
}

TEST_CASE("paths are articles, files and the folders above them") {
  CHECK(found("path:/a/1") == Strings{"/a/1"});
  CHECK(found("path:/a") == Strings{"/a/1", "/a/2", "/a/b/3"});
  CHECK(found("path:/a/b/") == Strings{"/a/b/3"});
  CHECK(found("path:(/a/1 OR /a/b OR /ab)") == Strings{"/a/1", "/a/b/3", "/ab/4"});
  CHECK(notices("path:/zz") == Strings{"No article lies at \"/zz\"."});
}

TEST_CASE("periods hold both their ends and nothing else") {
  const TestIndex index({dated("/2022-12-31", Date{2022, 12, 31, 86399}), dated("/2023-01-01", Date{2023, 1, 1, 0}),
                         dated("/2023-02-28", Date{2023, 2, 28, -1}), dated("/2023-03-01", Date{2023, 3, 1, -1}),
                         dated("/2024-02-29", Date{2024, 2, 29, -1}), dated("/undated", std::nullopt)});
  const auto within = [&](const std::string& query) {
    Strings paths = index.find(query);
    std::ranges::sort(paths);
    return paths;
  };
  CHECK(within("date:2023") == Strings{"/2023-01-01", "/2023-02-28", "/2023-03-01"});
  CHECK(within("date:2022-12-31..2023-01-01") == Strings{"/2022-12-31", "/2023-01-01"});
  CHECK(within("date:2023-02") == Strings{"/2023-02-28"});
  CHECK(within("date:2023-02-28..2023-03-01") == Strings{"/2023-02-28", "/2023-03-01"});
  CHECK(within("date:2023-01-02..2023-02-27").empty());
  CHECK(within("date:2024-02-29") == Strings{"/2024-02-29"});
  CHECK(within("date:..2022") == Strings{"/2022-12-31"});
  CHECK(within("date:2024..") == Strings{"/2024-02-29"});
  CHECK(within("date:0001..9999").size() == 5);
  CHECK(within("date:1900..1999").empty());
  CHECK(within("date:2025..").empty());
  CHECK(within("-date:0001..9999") == Strings{"/undated"});
  CHECK(within("year:2023 month:2023-03") == Strings{"/2023-03-01"});
}

TEST_CASE("periods of an index without dates are empty") {
  const TestIndex index({dated("/undated", std::nullopt)});
  CHECK(index.find("date:2023").empty());
  CHECK(index.find("-date:2023").size() == 1);
}

TEST_CASE("of many values that are no whole names only the first are looked for") {
  std::string query;
  for (int i = 0; i < 60; ++i) query += "company:none" + std::to_string(i) + " ";
  const Strings said = notices(query);
  CHECK(said.size() == 11);
  CHECK(said.back() == "There are 50 more notices of this kind.");
  std::string list = "company:";
  for (int i = 0; i < 60; ++i) list += "none" + std::to_string(i) + ",";
  CHECK(found(list + "cloud").empty());
  CHECK(found(list + "\"huawei cloud\"") == Strings{"/a/2"});
  CHECK(found("company:cloud," + list.substr(8, 50)) == Strings{"/a/2"});
}
