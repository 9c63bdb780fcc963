#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <map>
#include <random>

#include "common/codec.hpp"
#include "common/forward_text.hpp"
#include "tests/support/forward_texts.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind;
using text::Token;
using text::TokenKind;

namespace {

using Positions = std::vector<std::uint32_t>;

Positions places_of(const ForwardText::Word& word) {
  Positions positions;
  word.for_each_position([&](std::uint32_t position) { positions.push_back(position); });
  return positions;
}

/// The positions of every word of a term.
Positions positions_of(const ForwardText& text, std::string_view term, bool beside = false) {
  Positions positions;
  text.for_each_word([&](const ForwardText::Word& word) {
    if (word.term() != term_number(term) || word.is_beside() != beside) return;
    const Positions places = places_of(word);
    positions.insert(positions.end(), places.begin(), places.end());
  });
  return positions;
}

std::size_t words_of(const ForwardText& text) {
  std::size_t words = 0;
  text.for_each_word([&](const ForwardText::Word&) { ++words; });
  return words;
}

} // namespace

TEST_CASE("a forward text holds the words with their positions, headline first") {
  const std::string stored = tests::forward_text_of("Patents licensed", "A licence for patents");
  const ForwardText text(stored);
  CHECK(text.headline() == 2);
  CHECK(text.length() == 6);
  CHECK(positions_of(text, "patent") == Positions{0, 5});
  CHECK(positions_of(text, "licens") == Positions{1, 3});
  CHECK(positions_of(text, "absent").empty());
}

TEST_CASE("a forward text tells spellings of one term apart") {
  const std::string stored = tests::forward_text_of("", "licensed licence licensed");
  std::map<std::uint8_t, std::uint32_t> counts;
  ForwardText(stored).for_each_word([&](const ForwardText::Word& word) { counts[word.written()] = word.count(); });
  CHECK(counts ==
        std::map<std::uint8_t, std::uint32_t>{{written_number("licensed"), 2}, {written_number("licence"), 1}});
}

TEST_CASE("a forward text holds compounds and acronyms beside the words they stand at") {
  const std::string stored = tests::forward_text_of("", "The US cross-licensing deal");
  const ForwardText text(stored);
  CHECK(text.length() == 5);
  CHECK(positions_of(text, "US", true) == Positions{1});
  CHECK(positions_of(text, "us") == Positions{1});
  CHECK(positions_of(text, "crosslicens", true) == Positions{2});
  CHECK(positions_of(text, "crosslicens").empty());
}

TEST_CASE("a forward text has each word where it was put, however many there are") {
  struct Expected {
    std::uint32_t term;
    std::uint8_t written;
    bool is_beside;
    Positions positions;
  };
  std::mt19937 random(2);
  for (const std::uint32_t words : {0U, 1U, 8U, 40U, 64U, 255U, 256U, 257U, 700U, 3999U, 4000U, 4500U}) {
    std::vector<Expected> expected;
    std::vector<Expected> expected_beside;
    std::vector<Token> headline;
    std::vector<Token> body;
    const auto put = [&](TokenKind kind, std::uint32_t position) {
      const std::string word = fmt::format("w{}", random() % (1 + random() % (words + 5)));
      const std::string term = random() % 3 == 0 ? word.substr(0, 2) : word;
      (position < 9 ? headline : body).push_back({.term = term, .word = word, .kind = kind});
      const bool is_beside = kind == TokenKind::joined || kind == TokenKind::cased;
      if (position >= k_max_forward_words) return;
      auto& all = is_beside ? expected_beside : expected;
      auto it = std::ranges::find_if(all, [&](const Expected& one) {
        return one.term == term_number(term) && one.written == written_number(word);
      });
      if (it == all.end()) it = all.insert(it, {term_number(term), written_number(word), is_beside, {}});
      if (it->positions.size() < 255) it->positions.push_back(position);
    };
    for (std::uint32_t position = 0; position < words; ++position) {
      put(random() % 9 == 0 ? TokenKind::part : TokenKind::word, position);
      if (random() % 4 == 0) put(TokenKind::cased, position);
      if (random() % 4 == 0) put(TokenKind::joined, position);
    }
    ForwardTextBuilder builder;
    builder.add(headline, true);
    builder.add(body, false);
    const std::string stored = builder.take();
    const ForwardText text(stored);
    CHECK(text.length() == words);
    CHECK(text.headline() == std::min(words, 9U));
    expected.insert(expected.end(), expected_beside.begin(), expected_beside.end());
    REQUIRE(text.size() == expected.size());
    std::size_t at = 0;
    text.for_each_word([&](const ForwardText::Word& word) {
      CHECK(word.term() == expected[at].term);
      CHECK(word.written() == expected[at].written);
      CHECK(word.is_beside() == expected[at].is_beside);
      CHECK(word.count() == expected[at].positions.size());
      CHECK(places_of(word) == expected[at].positions);
      ++at;
    });
    CHECK_THROWS_AS(ForwardText(stored + '\0'), codec::DecodeError);
  }
}

TEST_CASE("a forward text of a long article is cut and knows its length") {
  std::string body;
  for (std::size_t i = 0; i < k_max_forward_words; ++i) body += i % 100 == 0 ? "word " : std::to_string(i) + ' ';
  body += "cross-licensing word";
  const std::string stored = tests::forward_text_of("headline", body);
  const ForwardText text(stored);
  CHECK(text.length() == k_max_forward_words + 4);
  CHECK(positions_of(text, "word").size() == 40);
  CHECK(positions_of(text, "crosslicens", true).empty());
}

TEST_CASE("a forward text counts a spelling to 255") {
  std::string body;
  for (int i = 0; i < 300; ++i) body += "word ";
  const std::string stored = tests::forward_text_of("", body);
  const ForwardText text(stored);
  CHECK(positions_of(text, "word").size() == 255);
  CHECK(text.length() == 300);
}

TEST_CASE("the forward text of nothing is empty") {
  const std::string stored = tests::forward_text_of("", "");
  CHECK(words_of(ForwardText(stored)) == 0);
  CHECK(words_of(ForwardText()) == 0);
  CHECK(ForwardText(stored).length() == 0);
}

TEST_CASE("damaged forward texts are noticed or read as some text, never out of bounds") {
  const std::string good =
      tests::forward_text_of("US cross-licensing", "The deal covers 5G patents in the US, the companies said.");
  std::mt19937 random(1);
  std::size_t read = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string stored = tests::mutated(good, random);
    const std::vector<char> bytes(stored.begin(), stored.end()); // exactly so large, for the address sanitizer to see
    try {
      const ForwardText text(std::string_view(bytes.data(), bytes.size()));
      text.for_each_word([&](const ForwardText::Word& word) {
        word.for_each_position([&](std::uint32_t position) { read += position; });
        read += word.written() % 2;
      });
    } catch (const codec::DecodeError&) {
      continue;
    }
  }
  CHECK(read > 0);
}
