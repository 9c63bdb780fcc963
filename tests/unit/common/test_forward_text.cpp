#include <catch2/catch.hpp>
#include <random>

#include "common/codec.hpp"
#include "common/forward_text.hpp"
#include "tests/support/mutations.hpp"

using namespace pfind;

namespace {

std::string encoded(std::string_view headline, std::string_view body) {
  text::Analyzer analyzer;
  ForwardTextBuilder builder;
  builder.add(analyzer.analyze(headline), true);
  builder.add(analyzer.analyze(body), false);
  return builder.take();
}

ForwardText forward_text(std::string_view headline, std::string_view body) {
  ForwardText text;
  decode_forward_text(encoded(headline, body), text);
  return text;
}

} // namespace

TEST_CASE("a forward text holds the words in their order, headline first") {
  const ForwardText text = forward_text("Patents licensed", "A licence for patents");
  REQUIRE(text.sequence == std::vector<std::uint32_t>{0, 1, 2, 3, 4, 0});
  CHECK(text.headline == 2);
  CHECK(text.length == 6);
  CHECK(text.words[0] == ForwardWord{term_number("patent"), written_number("patents")});
  CHECK(text.words[1].term == text.words[3].term); // licensed, licence
  CHECK(text.words[1].written != text.words[3].written);
}

TEST_CASE("a forward text holds compounds and acronyms beside the words they stand at") {
  const ForwardText text = forward_text("", "The US cross-licensing deal");
  CHECK(text.length == 5);
  REQUIRE(text.beside.size() == 2);
  CHECK(text.words[text.beside[0].word].term == term_number("US"));
  CHECK(text.beside[0].position == 1);
  CHECK(text.words[text.beside[1].word].term == term_number("crosslicens"));
  CHECK(text.beside[1].position == 2);
}

TEST_CASE("a forward text of a long article is cut and knows its length") {
  std::string body;
  for (std::size_t i = 0; i < k_max_forward_words; ++i) body += "word ";
  body += "cross-licensing";
  const ForwardText text = forward_text("headline", body);
  CHECK(text.sequence.size() == k_max_forward_words);
  CHECK(text.length == k_max_forward_words + 3);
  CHECK(text.beside.empty());
}

TEST_CASE("the forward text of nothing is empty") {
  const ForwardText text = forward_text("", "");
  CHECK(text == ForwardText{});
}

TEST_CASE("damaged forward texts are noticed or read as some text, never out of bounds") {
  const std::string good = encoded("US cross-licensing", "The deal covers 5G patents in the US, the companies said.");
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    ForwardText text;
    try {
      decode_forward_text(tests::mutated(good, random), text);
    } catch (const codec::DecodeError&) {
      continue;
    }
    for (const std::uint32_t word : text.sequence) CHECK(word < text.words.size());
    for (const ForwardText::Beside& beside : text.beside) {
      CHECK(beside.position < text.sequence.size());
      CHECK(beside.word < text.words.size());
    }
  }
}
