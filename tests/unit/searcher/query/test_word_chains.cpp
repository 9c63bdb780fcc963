#include <catch2/catch.hpp>

#include "searcher/query/stop_words.hpp"
#include "searcher/query/word_chains.hpp"

using namespace pfind;
using namespace pfind::searcher;

namespace {

/// Chains in brackets, words as normalised, joined forms behind `=`, acronyms behind `^`.
std::string chains(const std::string& text, const std::string& language = "en") {
  text::Analyzer analyzer(language);
  std::string out;
  for (const WordChain& chain : word_chains(text, analyzer)) {
    out += '[';
    for (const text::Token& word : chain.words) out += (out.back() == '[' ? "" : " ") + word.word;
    if (!chain.joined.word.empty()) out += '=' + chain.joined.word;
    for (const std::string& acronym : chain.acronyms) out += '^' + acronym;
    out += ']';
  }
  return out;
}

} // namespace

TEST_CASE("words by themselves are chains of one") {
  CHECK(chains("") == "");
  CHECK(chains("?! -- &") == "");
  CHECK(chains("Patent pools, US") == "[patent][pools][us^US]");
}

TEST_CASE("the parts of a hyphenated word are one chain") {
  CHECK(chains("cross-licensing deal") == "[cross licensing=crosslicensing][deal]");
  CHECK(chains("state-of-the-art-of-it") == "[state of the art of it]");
  CHECK(chains("2019-2025") == "[2019 2025]");
  CHECK(chains("amazon.com a_b") == "[amazon com=amazoncom][a b=ab]");
  CHECK(chains("cross\u2011licensing U.S.-China") == "[cross licensing=crosslicensing][us china=uschina^US]");
}

TEST_CASE("two hyphenated words are two chains, whatever stands between them") {
  CHECK(chains("a-b,c-d") == "[a b=ab][c d=cd]");
  CHECK(chains("a-b/c-d a-b\u2014c-d") == "[a b=ab][c d=cd][a b=ab][c d=cd]");
}

TEST_CASE("a run without spaces is one chain") {
  CHECK(chains("专利许可 协议", "zh") == "[专利 许可][协议]");
  CHECK(chains("5G专利", "zh") == "[5g 专利]");
}

TEST_CASE("a chain knows how it was typed") {
  text::Analyzer analyzer("en");
  const auto found = word_chains("The Cross–Licence (again)", analyzer);
  REQUIRE(found.size() == 3);
  CHECK(found[1].written == "Cross–Licence");
  CHECK(found[2].written == "again");
}

TEST_CASE("stop words are function words by themselves, not acronyms and not parts") {
  text::Analyzer analyzer("en");
  const auto is_stop = [&](const std::string& text) { return is_stop_word(word_chains(text, analyzer).front()); };
  CHECK(is_stop("the"));
  CHECK(is_stop("The"));
  CHECK(is_stop("it"));
  CHECK_FALSE(is_stop("IT"));
  CHECK_FALSE(is_stop("the-it"));
  CHECK_FALSE(is_stop("may"));
}
