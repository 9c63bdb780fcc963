#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>

#include "searcher/query/word_chains.hpp"
#include "searcher/ranking/evidence.hpp"
#include "tests/support/forward_texts.hpp"

using namespace pfind;
using namespace pfind::searcher;

namespace {

/// The words of a query, each a neighbour of the next.
QueryWords words_of(std::string_view query) {
  text::Analyzer analyzer;
  QueryWords words;
  std::size_t last = SIZE_MAX;
  for (const WordChain& chain : word_chains(query, analyzer)) {
    for (const text::Token& word : chain.words) {
      std::vector<std::string> joined;
      if (!chain.joined.word.empty()) joined.push_back(chain.joined.term);
      const std::size_t added = words.add({.word = word.word,
                                           .terms = {word.term},
                                           .joined = joined,
                                           .acronym = chain.acronyms.empty() ? "" : chain.acronyms.front()});
      if (last != SIZE_MAX) words.add_neighbours(last, added);
      last = added;
    }
  }
  return words;
}

Evidence evidence_of(std::string_view query, std::string_view headline, std::string_view body) {
  const QueryWords words = words_of(query);
  const std::string bytes = tests::forward_text_of(headline, body);
  EvidenceReader reader(words, 8);
  Evidence evidence;
  reader.read(ForwardText(bytes), evidence);
  return evidence;
}

} // namespace

TEST_CASE("words are counted in headline and text, as written and in other forms") {
  const Evidence evidence =
      evidence_of("licence absent", "Licences granted", "The licence was licensed. Licences are many.");
  REQUIRE(evidence.words.size() == 2);
  CHECK(evidence.words[0].occurrences == 4);
  CHECK(evidence.words[0].in_headline == 1);
  CHECK(evidence.words[0].as_written == 1);
  CHECK(evidence.words[1].occurrences == 0);
  CHECK(evidence.headline == 2);
  CHECK(evidence.length == 9);
}

TEST_CASE("acronyms are counted in capitals beside the word") {
  const Evidence evidence = evidence_of("US", "", "The US told us of the US.");
  CHECK(evidence.words[0].occurrences == 3);
  CHECK(evidence.words[0].in_capitals == 2);
  CHECK(evidence_of("us", "", "The US told us.").words[0].in_capitals == 0);
}

TEST_CASE("a compound is counted however it is spelled") {
  CHECK(evidence_of("crosslicensing", "", "A cross-licensing deal").words[0].occurrences == 1);
  CHECK(evidence_of("cross-licensing", "", "A crosslicensing deal").words[0].occurrences == 1);
  CHECK(evidence_of("cross-licensing", "", "A crosslicensing deal").words[1].occurrences == 1);
  CHECK(evidence_of("cross-licensing", "", "A cross-licensing deal").words[1].occurrences == 1);
}

TEST_CASE("neighbours are side by side in their order, or near in any") {
  const auto pair = [](std::string_view headline, std::string_view body) {
    const PairEvidence found = evidence_of("patent pool", headline, body).pairs.front();
    return fmt::format("{} {}", found.side_by_side, found.near);
  };
  CHECK(pair("", "A patent pool.") == "1 1");
  CHECK(pair("", "Patents in a pool.") == "0 1");
  CHECK(pair("", "A pool of patents.") == "0 1");
  CHECK(pair("", "patent 1 2 3 4 5 6 pool") == "0 1");
  CHECK(pair("", "patent 1 2 3 4 5 6 7 pool") == "0 0");
  CHECK(pair("A patent", "pool of cars") == "0 0"); // not across headline and text
  CHECK(pair("Patent pool", "The pools pool patents") == "1 3");
}

TEST_CASE("pairs are those of a count by brute force") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> text;
    std::string body;
    for (int i = 0; i < 40; ++i) body += (text.emplace_back(std::string(1, "abcd"[random() % 4]) + "x")) + ' ';
    PairEvidence expected;
    for (int i = 0; i < 40; ++i) {
      for (int k = 0; k < 40; ++k) {
        if (text[i] != "ax" || text[k] != "bx") continue;
        if (std::abs(i - k) < 8) ++expected.near;
        if (k == i + 1) ++expected.side_by_side;
      }
    }
    const PairEvidence found = evidence_of("ax bx", "", body).pairs.front();
    CHECK(found.near == expected.near);
    CHECK(found.side_by_side == expected.side_by_side);
  }
}
