#include <catch2/catch.hpp>

#include "searcher/matcher.hpp"
#include "searcher/snippets.hpp"
#include "tests/unit/searcher/marked.hpp"

using namespace pfind::searcher;
using pfind::text::Analyzer;
using pfind::text::Token;

namespace {

std::string found(const std::string& text, QueryTerms terms) {
  Analyzer analyzer;
  return marked(SnippetMaker(std::move(terms)).highlight(text, analyzer));
}

QueryTerms terms(const std::vector<std::string>& words) {
  Analyzer analyzer;
  QueryTerms query;
  for (const std::string& word : words) query.terms.push_back({analyzer.stem(word), 1});
  return query;
}

QueryTerms phrase(const std::vector<std::string>& words) {
  Analyzer analyzer;
  QueryTerms query;
  query.phrases.emplace_back();
  for (const std::string& word : words) query.phrases.front().terms.push_back(analyzer.stem(word));
  return query;
}

QueryTerms near(const std::vector<std::string>& words, std::uint32_t window) {
  QueryTerms query;
  query.near_groups.push_back({phrase(words).phrases.front().terms, window, 1});
  return query;
}

} // namespace

TEST_CASE("terms match every form of a word, possessives aside") {
  CHECK(found("Licensing: a licence, licensed. Licenses", terms({"license"})) ==
        "[Licensing]: a [licence], [licensed]. [Licenses]");
  CHECK(found("Huawei's and Huawei’s 5G", terms({"huawei", "5g"})) == "[Huawei]'s and [Huawei]’s [5G]");
  CHECK(found("nothing here", terms({"huawei"})) == "nothing here");
  CHECK(found("", terms({"huawei"})) == "");
  CHECK(found("anything", {}) == "anything");
}

TEST_CASE("a compound is highlighted whole, however it is written") {
  const std::string text = "cross-licensing, cross licensing, crosslicensing, Cross‑Licence, cross and licensing";
  CHECK(found(text, terms({"crosslicensing"})) ==
        "[cross-licensing], [cross licensing], [crosslicensing], [Cross‑Licence], cross and licensing");
  CHECK(found("the cross-licensing deal", terms({"cross", "licensing"})) == "the [cross-licensing] deal");
  CHECK(found("the cross-licensing deal", terms({"licensing"})) == "the cross-[licensing] deal");
}

TEST_CASE("phrases match as a whole and in order") {
  CHECK(found("patent pool; pool patent; Patent\n Pools", phrase({"patent", "pool"})) ==
        "[patent pool]; pool patent; [Patent Pools]");
  CHECK(found("patent patent pool pool", phrase({"patent", "pool"})) == "patent [patent pool] pool");
  CHECK(found("a cross-licensing deal", phrase({"cross", "license", "deal"})) == "a [cross-licensing deal]");
}

TEST_CASE("near groups match within their window only") {
  CHECK(found("patent one two pool", near({"patent", "pool"}, 4)) == "[patent] one two [pool]");
  CHECK(found("patent one two pool", near({"patent", "pool"}, 3)) == "patent one two pool");
  CHECK(found("pool patent x x x x patent pool", near({"patent", "pool"}, 2)) ==
        "[pool] [patent] x x x x [patent] [pool]");
  CHECK(found("patent pool", near({"patent", "pool", "rate"}, 9)) == "patent pool");
}

TEST_CASE("exact words and patterns are decided by the token") {
  QueryTerms exact;
  exact.exact_words.push_back({"licensing", 1});
  CHECK(found("licensing licenses Licensing", exact) == "[licensing] licenses [Licensing]");
  QueryTerms wild;
  wild.patterns.push_back({[](const Token& t) { return t.word.starts_with("licen"); }, 1});
  CHECK(found("licensing patents under licence", wild) == "[licensing] patents under [licence]");
}

TEST_CASE("touching and overlapping matches are one highlight") {
  QueryTerms query = phrase({"patent", "pool"});
  query.terms = terms({"pool"}).terms;
  CHECK(found("a patent pool and a pool", query) == "a [patent pool] and a [pool]");
}

TEST_CASE("matches tell which concept they show") {
  QueryTerms query = terms({"alpha", "beta"});
  query.phrases = phrase({"alpha", "beta"}).phrases;
  query.phrases.front().weight = 3;
  const Matcher matcher(query);
  CHECK(matcher.weights() == std::vector<double>{1, 1, 3});
  Analyzer analyzer;
  const auto matches = matcher.find(analyzer.analyze("alpha beta"), analyzer);
  REQUIRE(matches.size() == 3);
  CHECK(matches[0].concept_id == 0);
  CHECK(matches[1].concept_id == 2);
  CHECK(matches[2].concept_id == 1);
}
