// Spellings that must find each other, and those that must not: each in an index of its own, where nothing else can
// help, and all together in one.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/reader.hpp"
#include "tests/support/test_index.hpp"

using pfind::Article;
using namespace pfind::tests;

namespace {

using Spellings = std::vector<std::string>;

const std::vector<Spellings> k_same{
    {"cross-licensing", "cross licensing", "crosslicensing", "cross\u2011licensing", "cross–licensing", "cross-licence",
     "cross-license", "cross-licensed", "Cross-Licensing"},
    {"Wi-Fi", "WiFi", "wifi", "wi fi", "WI-FI"},
    {"Huawei's", "Huawei’s", "Huawei", "HUAWEI"},
    {"4,000", "4000"},
    {"U.S.", "US", "U.S"},
    {"AT&T", "AT&amp;T"},
    {"e-mail", "email"},
    {"licence", "license"},
    {"defence", "defense"},
    {"naïve", "naive"},
    {"Zürich", "Zurich"},
    {"H100", "h100"},
};

const std::vector<Spellings> k_different{{"C", "C++", "C#"}, {"5G", "5"}};

/// Something to write around a spelling, in articles and in queries.
struct Setting {
  std::string name;
  std::string title; ///< of the article; {} is the spelling
  std::string body;
  std::string query;
};

const std::vector<Setting> k_settings{
    {"word", "", "Yesterday the {} was in the news.", "{}"},
    {"phrase", "", "Reporters met the {} agreement of that year with doubt.", "\"{} agreement\""},
    {"phrase in the middle", "", "Reporters met the {} agreement of that year with doubt.", "\"the {} agreement\""},
    {"title", "The {} again", "Nothing else is known.", "title:({})"},
    {"phrase in the title", "A new {} agreement", "Nothing else is known.", "title:\"{} agreement\""},
};

Article written(const Setting& setting, const std::string& spelling) {
  return article_of("/" + spelling, fmt::format(fmt::runtime(setting.body), spelling),
                    fmt::format(fmt::runtime(setting.title), spelling));
}

std::string asked(const Setting& setting, const std::string& spelling) {
  return fmt::format(fmt::runtime(setting.query), spelling);
}

/// The article of a web page that writes `AT&amp;T`.
Article read_page(const std::string& sentence) {
  const std::string html = "<html><head><title>Page</title></head><body><article><h1>A headline</h1><p>" + sentence +
                           "</p></article></body></html>";
  pfind::corpus::MemoryStream page(html);
  std::vector<Article> articles;
  pfind::corpus::read_articles(
      page, "/page.html", {},
      {.article = [&](Article article) { articles.push_back(std::move(article)); }, .problem = [](const auto&) {}});
  REQUIRE(articles.size() == 1);
  return articles.front();
}

} // namespace

TEST_CASE("every spelling finds every other by itself") {
  for (const Setting& setting : k_settings) {
    for (const Spellings& spellings : k_same) {
      for (const std::string& spelling : spellings) {
        const TestIndex index({written(setting, spelling)});
        for (const std::string& query : spellings) {
          INFO(setting.name << ": " << asked(setting, query) << " is to find " << spelling);
          CHECK(index.find_strictly(asked(setting, query)).size() == 1);
        }
      }
    }
  }
}

TEST_CASE("every spelling finds every other where all are in one index") {
  for (const Setting& setting : k_settings) {
    std::vector<Article> articles;
    for (const Spellings& spellings : k_same) {
      for (const std::string& spelling : spellings) articles.push_back(written(setting, spelling));
    }
    const TestIndex index(articles);
    for (const Spellings& spellings : k_same) {
      for (const std::string& query : spellings) {
        const std::vector<std::string> found = index.find_strictly(asked(setting, query));
        for (const std::string& spelling : spellings) {
          INFO(setting.name << ": " << asked(setting, query) << " is to find " << spelling);
          CHECK(std::ranges::count(found, '/' + spelling) == 1);
        }
        if (query.starts_with("licen")) continue; // is found in every cross-licence as well
        INFO(setting.name << ": " << asked(setting, query) << " is to find nothing else");
        CHECK(found.size() == spellings.size());
      }
    }
  }
}

TEST_CASE("a compound is found apart where another article writes it as one") {
  const TestIndex index(
      {article_of("/one", "The crosslicensing by wifi."), article_of("/two", "The cross licensing by Wi Fi.")});
  for (const std::string query : {"crosslicensing", "cross-licence", "cross licensing", "wifi", "wi-fi", "wi fi"}) {
    INFO(query);
    CHECK(index.find_strictly(query).size() == 2);
  }
}

TEST_CASE("different words do not find each other") {
  for (const Setting& setting : k_settings) {
    for (const Spellings& words : k_different) {
      for (const std::string& word : words) {
        const TestIndex index({written(setting, word)});
        for (const std::string& query : words) {
          INFO(setting.name << ": " << asked(setting, query) << " where there is " << word);
          CHECK(index.find(asked(setting, query)).size() == (query == word ? 1 : 0));
        }
      }
    }
  }
}

TEST_CASE("AT&T is found in a page that writes an entity") {
  const TestIndex index({read_page("Shares of AT&amp;T rose on Monday after the company had signed the licence.")});
  CHECK(index.find_strictly("AT&T").size() == 1);
  CHECK(index.find_strictly("at&t").size() == 1);
  CHECK(index.find_strictly("\"shares of AT&T rose\"").size() == 1);
}

TEST_CASE("US prefers the country, us the pronoun") {
  const TestIndex index({article_of("/us", "They told us about the ruling at length."),
                         article_of("/US", "They told US about the ruling at length."),
                         article_of("/US-2", "They told U.S. about the ruling at length.")});
  CHECK(index.find("US").back() == "/us");
  CHECK(index.find("U.S.").back() == "/us");
  CHECK(index.find("us").size() == 3);
}

TEST_CASE("text without spaces is found word by word") {
  const TestIndex index({{.path = "/zh", .language = "zh", .body = "华为与小米签署了全球专利许可协议。"},
                         {.path = "/ja", .language = "ja", .body = "ノルビックは特許の使用許諾契約を締結した。"},
                         {.path = "/th", .language = "th", .body = "บริษัทลงนามในข้อตกลงสิทธิบัตรระดับโลก"}});
  for (const std::string query : {"专利", "许可", "全球", "协议", "专利 小米", "\"专利许可\"", "华为与小米"}) {
    INFO(query);
    CHECK(index.find_strictly(query) == std::vector<std::string>{"/zh"});
  }
  for (const std::string query : {"特許", "契約", "使用許諾", "締結"}) {
    INFO(query);
    CHECK(index.find_strictly(query) == std::vector<std::string>{"/ja"});
  }
  for (const std::string query : {"บริษัท", "ข้อตกลง", "สิทธิบัตร", "โลก"}) {
    INFO(query);
    CHECK(index.find_strictly(query) == std::vector<std::string>{"/th"});
  }
}
