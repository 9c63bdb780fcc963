#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "searcher/query/pattern.hpp"
#include "searcher/query/vocabulary.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::query;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Strings = std::vector<std::string>;

text::Token word(Vocabulary& vocabulary, const std::string& text) {
  return vocabulary.analyzer().analyze(text).front();
}

Strings expanded(const TestIndex& index, const std::string& pattern, Field field = Field::body) {
  Snapshot snapshot = index.snapshot();
  Strings terms = Vocabulary(snapshot).expand({pattern, field}).terms;
  std::ranges::sort(terms);
  return terms;
}

} // namespace

TEST_CASE("patterns match whole words") {
  CHECK(matches_pattern("licensing", "licens*"));
  CHECK(matches_pattern("licens", "licens*"));
  CHECK_FALSE(matches_pattern("sublicens", "licens*"));
  CHECK(matches_pattern("woman", "wom?n"));
  CHECK_FALSE(matches_pattern("womn", "wom?n"));
  CHECK(matches_pattern("für", "f?r"));
  CHECK(matches_pattern("microwave", "*w*ve"));
  CHECK(matches_pattern("", "*"));
  CHECK_FALSE(matches_pattern("", "?"));
  CHECK_FALSE(matches_pattern(std::string(5000, 'a'), "*a*a*a*a*a*b"));
}

TEST_CASE("a word has its stems in the languages of the index") {
  Article german{.path = "/de", .language = "de", .body = "Die Lizenzen wurden erteilt."};
  const TestIndex index({article_of("/1", "The licences."), article_of("/2", "The licence."), german});
  Snapshot snapshot = index.snapshot();
  Vocabulary vocabulary(snapshot);
  CHECK(snapshot.languages() == Strings{"en", "de"});
  CHECK(vocabulary.stems(word(vocabulary, "Licensing")) == Strings{"licens"});
  CHECK(vocabulary.stems(word(vocabulary, "Lizenzen")) == Strings{"lizenz"});
  CHECK(vocabulary.stems(word(vocabulary, "unknown")) == Strings{"unknown"});
}

TEST_CASE("articles of unknown language count as English") {
  Article german{.path = "/de", .language = "de", .body = "Die Lizenzen wurden erteilt."};
  const TestIndex index({{.path = "/1", .body = "The licences."}, {.path = "/2", .body = "The licence."}, german});
  CHECK(index.snapshot().languages() == Strings{"en", "de"});
  CHECK(index.find_strictly("licensing").size() == 2);
  CHECK(index.find_strictly("Lizenz") == Strings{"/de"});
  CHECK(TestIndex(std::vector<Article>{}).snapshot().languages() == Strings{"en"});
}

TEST_CASE("a word is parted as an article wrote it, else where both parts are words") {
  const TestIndex index({article_of("/1", "Wi-Fi and cross licensing of ten hand sets.")});
  Snapshot snapshot = index.snapshot();
  Vocabulary vocabulary(snapshot);
  const auto parts = [&](const std::string& text) { return vocabulary.parts_of(word(vocabulary, text), ""); };
  CHECK(parts("wifi") == std::vector<Strings>{{"wi", "fi"}});
  CHECK(parts("crosslicensed") == std::vector<Strings>{{"cross", "licens"}});
  CHECK(parts("handset") == std::vector<Strings>{{"hand", "set"}});
  CHECK(parts("often").empty()); // of ten
  CHECK(parts("licensing").empty());
  CHECK(parts("5g").empty());
}

TEST_CASE("patterns stand for the terms of their field") {
  Article article = article_of("/1", "Licensing, licensors, license; the microwave.", "Licensed waves");
  const TestIndex index({article, {.path = "/Lic", .url = "lic"}});
  CHECK(expanded(index, "licens*") == Strings{"licens", "licensor"});
  CHECK(expanded(index, "licensing*") == Strings{"licens"});
  CHECK(expanded(index, "*wave") == Strings{"wave"});
  CHECK(expanded(index, "lic*", Field::title) == Strings{"licens"});
  CHECK(expanded(index, "L*") == expanded(index, "l*"));
  CHECK(expanded(index, "zz*").empty());
  CHECK(expanded(index, "…*").empty());
}

TEST_CASE("patterns match no terms of other fields, whatever they begin with") {
  Article article = article_of("/5g", "In 2023 of 4,000 words, 5G won.", "Sold 50");
  article.url = "https://a.example/5";
  article.outlet = "5 Sold";
  const TestIndex index({article});
  CHECK(expanded(index, "5*") == Strings{"50", "5g"});
  CHECK(expanded(index, "*0*") == Strings{"2023", "4000", "50"});
  CHECK(expanded(index, "*o*d*") == Strings{"sold", "word"});
  CHECK(expanded(index, "*o*", Field::title) == Strings{"sold"});
}

TEST_CASE("several patterns stand for what each stands for by itself") {
  const TestIndex index({article_of("/1", "Licensing of microwave sets, waves, license fees and lice.", "A sale")});
  const std::vector<Wildcard> patterns{{"*s"}, {"*a*e"}, {"li*"}, {"lic*"}, {"licensing*"}, {"*a*", Field::title}};
  Snapshot snapshot = index.snapshot();
  Vocabulary together(snapshot);
  together.expand_together(patterns);
  for (const Wildcard& pattern : patterns) {
    CAPTURE(pattern.pattern);
    CHECK(together.expand(pattern).terms == Vocabulary(snapshot).expand(pattern).terms);
    CHECK_FALSE(together.expand(pattern).terms.empty());
  }
}

TEST_CASE("a pattern that stands for too much takes the most frequent words") {
  std::string body;
  for (int i = 0; i < 600; ++i) body += fmt::format("w{} ", i);
  const TestIndex index({article_of("/1", body), article_of("/2", "w599 again")});
  Snapshot snapshot = index.snapshot();
  const Expansion expansion = Vocabulary(snapshot).expand({"w*"});
  CHECK(expansion.cut);
  CHECK(expansion.terms.size() == k_max_expansion);
  CHECK(expansion.terms.front() == "w599");
  CHECK(index.search(request_for("w*")).notices.front() ==
        "w* stands for more than 500 words; the 500 most frequent were taken.");
  CHECK(index.search(request_for("w* w*")).notices.size() == 1);
  const std::string many = "w* w1* w2* w3* w4* w5* w6* w7* w8* w9*"; // share what one query may stand for
  CHECK(index.search(request_for(many)).notices.front() ==
        "w* stands for more than 80 words; the 80 most frequent were taken.");
}
