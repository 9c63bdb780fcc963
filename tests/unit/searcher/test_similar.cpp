#include <algorithm>
#include <catch2/catch.hpp>

#include "common/error.hpp"
#include "searcher/similar.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Strings = std::vector<std::string>;

const TestIndex& news() {
  static const TestIndex index(
      {{article_of("/deal", "Norrvik and Quillaby ended the modem dispute, and signed a licence for modem patents.",
                   "Norrvik licenses modem patents"),
        Named{.companies = {"Norrvik", "Quillaby"}}},
       {article_of("/follow-up", "Quillaby said the licence from Norrvik ends every modem dispute between the two."),
        Named{.companies = {"Norrvik", "Quillaby"}}},
       {article_of("/copy", "Norrvik and Quillaby ended the modem dispute, and signed a licence for modem patents.",
                   "Norrvik licenses modem patents"),
        Named{.companies = {"Norrvik", "Quillaby"}}},
       {article_of("/dispute", "The dispute of the growers, who ended their licence."), Named{}},
       {article_of("/apples", "Apples and pears are the harvest of the growers."), Named{}},
       {article_of("/alone", "Zyzzyva."), Named{}}});
  return index;
}

SearchRequest like(const std::string& path, std::string_view query = "") {
  SearchRequest request = request_for(query);
  request.similar_to = path;
  return request;
}

std::vector<std::string> words_of(const SimilarQuery& similar) {
  std::vector<std::string> words;
  for (const QueryWord& word : similar.words.words) words.push_back(word.written);
  return words;
}

bool has(const Strings& words, const std::string& word) { return std::ranges::find(words, word) != words.end(); }

} // namespace

TEST_CASE("the words of an article that tell of it are neither stop words nor its own alone") {
  Snapshot snapshot = news().snapshot();
  const SimilarQuery similar = similar_to("/deal", snapshot, {});
  const Strings words = words_of(similar);
  CHECK(has(words, "Quillaby"));
  CHECK(has(words, "modem"));
  CHECK_FALSE(has(words, "the"));
  CHECK(std::ranges::count(words, "modem") == 1);
  CHECK(similar_to("/alone", snapshot, {}).words.words.empty());
  RankingModel model;
  model.similar_words = 2;
  CHECK(words_of(similar_to("/deal", snapshot, model)) == Strings(words.begin(), words.begin() + 2));
}

TEST_CASE("a word of the headline weighs more, one that is repeated too, but not as often as it is") {
  Snapshot snapshot = news().snapshot();
  RankingModel model;
  const auto weight = [&](const std::string& written) {
    const SimilarQuery similar = similar_to("/deal", snapshot, model);
    return std::ranges::find(similar.words.words, written, &QueryWord::written)->repeats;
  };
  const double twice = weight("Norrvik"); // in headline and text
  CHECK(twice > weight("Quillaby"));
  model.similar_headline = 1;
  CHECK(twice == Approx(1.5 * weight("Norrvik")));
  CHECK(weight("Norrvik") > weight("Quillaby"));
  CHECK(weight("Norrvik") < 2 * weight("Quillaby"));
}

TEST_CASE("a copy of the article is the most like it, then what shares the most, and it is not itself a result") {
  CHECK(TestIndex::paths(news().search(like("/deal"))) == Strings{"/copy", "/follow-up", "/dispute"});
  CHECK(TestIndex::paths(news().search(like("/follow-up"))).front() != "/follow-up");
  CHECK(TestIndex::paths(news().search(like("/deal", "growers"))) == Strings{"/dispute"});
  CHECK(TestIndex::paths(news().search(like("/deal", "company:norrvik -patents"))) == Strings{"/follow-up"});
}

TEST_CASE("an article that shares no word with others has none like it, and a notice says so") {
  const Results results = news().search(like("/alone"));
  CHECK(results.hits.empty());
  REQUIRE_FALSE(results.notices.empty());
  CHECK(results.notices.front() == "The article has no word that tells of it and that others have.");
}

TEST_CASE("an article that is not there is one clear line") {
  CHECK_THROWS_WITH(news().search(like("/none")),
                    "no article of the index lies at /none; pfind --format paths lists where they lie");
  CHECK_THROWS_AS(news().search(like("/none")), UsageError);
}

TEST_CASE("an explanation says what is shared, and its parts add up to the score") {
  SearchRequest request = like("/deal");
  request.explain = true;
  const Results results = news().search(request);
  const Strings& lines = results.hits.at(1).explanation;
  REQUIRE(results.hits.at(1).article.path == "/follow-up");
  CHECK(lines.front().starts_with("shares 6 of "));
  CHECK(std::ranges::count_if(lines, [](const std::string& line) { return line.starts_with("modem once: "); }) == 1);
  CHECK(has(lines, "both name Norrvik, Quillaby"));
  double sum = 0;
  for (const std::string& line : lines) {
    if (const std::size_t colon = line.rfind(": "); colon != std::string::npos)
      sum += std::stod(line.substr(colon + 2));
  }
  CHECK(sum == Approx(results.hits[1].score).margin(0.03)); // each is rounded
  CHECK(std::ranges::count_if(results.explained, [](const std::string& line) {
          return line.starts_with("like the article by its words ");
        }) == 1);
}

TEST_CASE("words of one stem are one word, in the language of the article") {
  const TestIndex index(
      std::vector<Article>{{.path = "/1", .language = "de", .body = "Die Patente: ein Patent der Norrvik."},
                           {.path = "/2", .language = "de", .body = "Das Patent."},
                           {.path = "/3", .language = "de", .body = "Äpfel."}});
  Snapshot snapshot = index.snapshot();
  const SimilarQuery similar = similar_to("/1", snapshot, {});
  REQUIRE(has(words_of(similar), "Patente"));
  CHECK_FALSE(has(words_of(similar), "Patent"));
  CHECK(TestIndex::paths(index.search(like("/1"))) == Strings{"/2"});
}
