#include <catch2/catch.hpp>

#include "indexer/recognizer/name_runs.hpp"

using namespace pfind::indexer;

namespace {

std::vector<std::string> runs(std::string_view text) {
  Words words;
  scan_words(text, words);
  std::vector<std::string> found;
  for (const NameRun& run : name_runs(words)) {
    const std::size_t begin = words.words[run.begin].begin;
    found.emplace_back(text.substr(begin, words.words[run.end - 1].end - begin));
  }
  return found;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("names lie in runs of capitalised words and what joins them") {
  CHECK(runs("He met the Bank of Thailand there.") == Texts{"He", "Bank of Thailand"});
  CHECK(runs("they met Karl von Habsburg and lost") == Texts{"Karl von Habsburg"});
  CHECK(runs("a Boeing 747 flew") == Texts{"Boeing 747"});
  CHECK(runs("the iPhone sells") == Texts{"iPhone"});
  CHECK(runs("they met at Lloyd's Register of Shipping in town today") == Texts{"Lloyd's Register of Shipping"});
  CHECK(runs("it was made by Acme Widgets, Inc., of some other place") == Texts{"Acme Widgets, Inc"});
  CHECK(runs("it was made by Acme Widgets\nCorp of some other place") == Texts{"Acme Widgets\nCorp"});
}

TEST_CASE("runs end at punctuation, sentences and small words that join nothing") {
  CHECK(runs("they met in Paris, France and went there again") == Texts{"Paris", "France"});
  CHECK(runs("with Acme. Later Bolt left") == Texts{"Acme", "Later Bolt"});
  CHECK(runs("from Acme to Bolt") == Texts{"Acme", "Bolt"});
  CHECK(runs("Acme (ABC) said") == Texts{"Acme", "ABC"});
  CHECK(runs("all small letters here") == Texts{});
  CHECK(runs("") == Texts{});
}

TEST_CASE("headings have no runs, a table is cut") {
  CHECK(runs("ACME BUYS BOLT IN PARIS") == Texts{});
  CHECK(runs("Acme Buys Bolt After Long Fight\n\nThey agreed.") == Texts{"They"});
  std::string table = "there";
  for (int i = 0; i < 100; ++i) table += " Acme";
  CHECK(runs(table + " ends").size() == 3);
}
