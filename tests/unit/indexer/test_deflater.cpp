#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "common/inflated.hpp"
#include "indexer/deflater.hpp"

using namespace pfind;

namespace {

/// Words as articles have them, some with a letter of another script.
std::string text_of(std::mt19937& random, std::size_t size, unsigned one_in_others) {
  const std::vector<std::string> words{"patent", "the",     "licence", "of",    "Nokia", "and", "royalties",
                                       "in",     "agreed,", "5G",      "court", "said",  "a",   "12.5"};
  std::string text;
  while (text.size() < size) {
    text += random() % one_in_others == 0 ? "лицензии" : words[random() % words.size()];
    text += random() % 20 == 0 ? ".\n" : " ";
  }
  text.resize(size);
  return text;
}

} // namespace

TEST_CASE("texts of every length, script and likeness are inflated to what they were") {
  std::mt19937 random(7);
  indexer::Deflater deflater;
  std::vector<std::size_t> sizes{0, 1, 18, 19, 255, 256, 257, 70'000, 1'000'000};
  for (int i = 0; i < 300; ++i) sizes.push_back(random() % 20'000);
  for (const std::size_t size : sizes) {
    for (const unsigned others : {2U, 12U, 1'000'000U}) {
      INFO(size << " bytes, one of " << others << " words in another script");
      const std::string text = text_of(random, size, others);
      std::string tag = "before";
      if (deflater.append(text, tag)) {
        CHECK(tag.size() < 6 + size);
        CHECK(inflated(tag.substr(6)) == text);
      } else {
        CHECK(tag.substr(6) == text);
      }
      CHECK(tag.starts_with("before"));
    }
  }
}

TEST_CASE("articles are made shorter by a good part, and what cannot be is left") {
  std::mt19937 random(7);
  indexer::Deflater deflater;
  for (const std::size_t size : {400U, 1000U, 5000U, 20'000U}) {
    INFO(size);
    std::string tag;
    CHECK(deflater.append(text_of(random, size, 1000), tag));
    CHECK(tag.size() * 10 < size * 7);
  }
  std::string noise(5000, '\0');
  for (char& byte : noise) byte = static_cast<char>(random() % 256);
  std::string tag;
  CHECK(!deflater.append(noise, tag));
  CHECK(tag == noise);
}
