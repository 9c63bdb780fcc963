#include <catch2/catch.hpp>

#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

using Strings = std::vector<std::string>;

const TestIndex& index() {
  static const TestIndex made({article_of("/written-out", "A court ruled on a standard-essential patent of Nokia."),
                               article_of("/short", "A court ruled on a SEP of Nokia, it said."),
                               article_of("/apart", "The patent is essential, not standard. Nokia's IT is old."),
                               article_of("/pair", "A patent on electric vehicles of Nokia."),
                               article_of("/other", "Growers picked apples."),
                               article_of("/more", "Growers picked oranges.")});
  return made;
}

std::shared_ptr<const Synonyms> synonyms() {
  return std::make_shared<const Synonyms>(
      Synonyms::parse("SEP = standard-essential patent\ninformation technology = IT\nEV = electric vehicle\n"
                      "zebra => apples\ncrop yield => oranges",
                      "test"));
}

Results answer(const std::string& query) {
  SearchRequest request = request_for(query);
  request.synonyms = synonyms();
  return index().search(request);
}

Strings found(const std::string& query) {
  const Results results = answer(query);
  return results.relaxed ? Strings{} : TestIndex::paths(results);
}

Strings sorted(Strings paths) {
  std::ranges::sort(paths);
  return paths;
}

/// What is highlighted in the snippet of the first hit.
Strings highlighted(const std::string& query) {
  const Results results = answer(query);
  const Snippet& snippet = results.hits.front().snippet;
  Strings texts;
  for (const Highlight& h : snippet.highlights) texts.push_back(snippet.text.substr(h.begin, h.end - h.begin));
  return texts;
}

} // namespace

TEST_CASE("an abbreviation finds what writes it out, below what writes it so, and the other way round") {
  CHECK(found("SEP") == Strings{"/short", "/written-out"});
  CHECK(found("SEPs nokia court") == Strings{"/short", "/written-out"});
  CHECK(found("EV patent") == Strings{"/pair"});
  CHECK(index().find_strictly("SEP") == Strings{"/short"});
  // Words by themselves need not stand side by side; as an alternative they must.
  CHECK(sorted(found("standard-essential patents")) == Strings{"/short", "/written-out"});
  CHECK(sorted(found("standard essential patents nokia")) == Strings{"/apart", "/short", "/written-out"});
  CHECK(found("standard essential patents nokia").back() == "/short");
}

TEST_CASE("a synonym stands for its words in a headline, and where some words are enough") {
  const TestIndex titled(
      {article_of("/1", "Nothing else.", "A standard-essential patent"), article_of("/2", "A SEP.")});
  SearchRequest request = request_for("title:SEP");
  request.synonyms = synonyms();
  CHECK(TestIndex::paths(titled.search(request)) == Strings{"/1"});
  const Results some = answer("SEP strawberries");
  CHECK(some.relaxed);
  CHECK(TestIndex::paths(some) == Strings{"/short", "/written-out"});
}

TEST_CASE("what the user has fixed has no synonyms") {
  for (const std::string query : {"\"SEP\"", "=SEP", "SEP*", "sep near/5 court"}) {
    INFO(query);
    CHECK(found(query) == Strings{"/short"});
  }
  CHECK(sorted(found("nokia court -SEP")) == Strings{"/written-out"});
}

TEST_CASE("an abbreviation that is a common word too is looked for in capitals") {
  CHECK(found("information technology") == Strings{"/apart"});
  CHECK(highlighted("information technology") == Strings{"IT"});
  CHECK(answer("it").explained.empty());
}

TEST_CASE("synonyms are highlighted") {
  CHECK(highlighted("EV") == Strings{"electric vehicles"});
  CHECK(highlighted("zebra") == Strings{"apples"});
}

TEST_CASE("a word that only its synonyms find is not missing") {
  CHECK(answer("zebra").notices.empty());
  CHECK(answer("crop yield").notices.empty());
  CHECK(found("crop yield") == Strings{"/more"});
  CHECK(index().search(request_for("zebra")).notices == Strings{"No article has zebra."});
}

TEST_CASE("an explanation says which words were found as synonyms") {
  SearchRequest request = request_for("SEP");
  request.synonyms = synonyms();
  request.explain = true;
  const Results results = index().search(request);
  std::size_t by_synonym = 0;
  for (const Hit& hit : results.hits) {
    for (const std::string& line : hit.explanation) {
      CHECK(line.find("other parts") == std::string::npos);
      by_synonym += line.starts_with("SEP in another spelling or a synonym: ") ? 1 : 0;
    }
  }
  CHECK(by_synonym > 0);
}

TEST_CASE("an explanation says what words are also looked for as") {
  SearchRequest request = request_for("nokia standard essential patents");
  request.synonyms = synonyms();
  request.explain = true;
  const Strings lines = index().search(request).explained;
  CHECK(std::ranges::count(lines, "standard essential patents is also looked for as: SEP") == 1);
}
