#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "common/article_json.hpp"

using namespace pfind;

TEST_CASE("an article is one line of JSON with its members in a fixed order") {
  Article article;
  article.path = "deals/huawei.txt";
  article.title = "Huawei and \"Xiaomi\" sign";
  article.authors = {"Jane Doe", "Li Wei"};
  article.date = Date{2023, 9, 13, -1};
  article.outlet = "Example Wire";
  article.url = "https://news.example/1";
  article.language = "en";
  article.body = "One.\n\nTwo.";
  EntitySets entities;
  entities[0] = {"Huawei", "Xiaomi"};
  entities[4] = {"5G"};
  CHECK(article_line(article, entities) ==
        R"({"path":"deals/huawei.txt","title":"Huawei and \"Xiaomi\" sign","author":"Jane Doe, Li Wei",)"
        R"("authors":["Jane Doe","Li Wei"],)"
        R"("date":"2023-09-13","outlet":"Example Wire","url":"https://news.example/1","language":"en",)"
        R"("body":"One.\n\nTwo.","entities":{"company":["Huawei","Xiaomi"],"organization":[],"person":[],)"
        R"("place":[],"technology":["5G"]}})");
}

TEST_CASE("what is unknown is null, record and id appear where there are any") {
  Article article;
  article.path = "a.jsonl";
  CHECK(
      article_line(article, {}) ==
      R"({"path":"a.jsonl","title":null,"author":null,"authors":[],"date":null,"outlet":null,"url":null,"language":null,)"
      R"("body":"","entities":{"company":[],"organization":[],"person":[],"place":[],"technology":[]}})");
  article.record = std::string("row7");
  article.id = "x-1";
  CHECK(article_line(article, {}).starts_with(R"({"path":"a.jsonl","record":"row7","id":"x-1","title":null,)"));
}

TEST_CASE("no byte of an article can break the line, the JSON or a terminal") {
  Article article;
  article.path = "\xff\xfe.txt";
  article.title = "\x1b]0;x\x07 </script> \u202E \u2028 \u009B \x7f \xe2\x80";
  const std::string line = article_line(article, {});
  CHECK(line.find(R"("title":"\u001b]0;x\u0007 </script> \u202e \u2028 \u009b \u007f )"
                  "\uFFFD\"") != std::string::npos);
  CHECK(line.find("\"path\":\"\uFFFD\uFFFD.txt\"") != std::string::npos);
  CHECK(nlohmann::json::parse(line)["title"] == "\x1b]0;x\x07 </script> \u202E \u2028 \u009B \x7f \uFFFD");
}
