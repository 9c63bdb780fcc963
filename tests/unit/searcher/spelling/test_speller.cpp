#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "common/stored_article.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/search.hpp"
#include "searcher/spelling/speller.hpp"
#include "tests/support/sample_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

const SampleIndex& samples() {
  static const SampleIndex index;
  return index;
}

/// The words of the sample articles, as written there, that are letters alone, by their term.
std::map<std::string, std::set<std::string>> words_of_samples(Snapshot& index) {
  std::map<std::string, std::set<std::string>> words;
  const Xapian::Database& database = index.database().plain();
  for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
    const Article article = decode_article(database.get_document(*it).get_data());
    if (article.language != "en") continue;
    text::Analyzer analyzer(article.language);
    for (const text::Token& token : analyzer.analyze(article.body)) {
      const bool letters = std::ranges::all_of(token.word, [](char c) { return c >= 'a' && c <= 'z'; });
      if (letters && token.kind == text::TokenKind::word && token.word.size() >= 5 && !is_stop_word(token.word))
        words[token.term].insert(token.word);
    }
  }
  return words;
}

/// Misspellings of a word, five letters at least, by every kind of edit, at a place that depends on the word alone;
/// never of its first letter.
std::vector<std::string> misspellings(const std::string& word) {
  std::size_t sum = 0;
  for (const char c : word) sum = sum * 31 + static_cast<unsigned char>(c);
  const std::size_t at = 1 + sum % (word.size() - 2);
  const char other = static_cast<char>('a' + sum % 26);
  std::vector<std::string> wrong(4, word);
  std::swap(wrong[0][at], wrong[0][at + 1]);
  wrong[1].erase(at, 1);
  wrong[2].insert(at, 1, other);
  wrong[3][at] = other;
  return wrong;
}

struct Tally {
  std::size_t asked = 0;
  std::size_t right = 0;
  double rate() const { return static_cast<double>(right) / static_cast<double>(asked); }
};

/// How often the word meant is the first choice for its misspellings; those that are words themselves do not count.
Tally tally_of(const std::map<std::string, std::set<std::string>>& words, Snapshot& index, Xapian::doccount least) {
  text::Analyzer analyzer("en");
  Speller speller(index);
  Tally tally;
  for (const auto& [term, forms] : words) {
    if (index.database().get_termfreq(term) < least) continue;
    std::vector<text::Token> wrong;
    for (const std::string& text : misspellings(*forms.begin())) {
      text::Token token = analyzer.analyze(text).front();
      if (!index.database().term_exists(token.term)) wrong.push_back(std::move(token));
    }
    const auto better = speller.better_words(wrong);
    for (std::size_t i = 0; i < wrong.size(); ++i) {
      ++tally.asked;
      if (better[i] && analyzer.stem(better[i]->word) == term) ++tally.right;
    }
  }
  return tally;
}

std::optional<BetterWord> better(const TestIndex& index, const std::string& word) {
  Snapshot snapshot = index.snapshot();
  return Speller(snapshot).better_words(text::Analyzer("en").analyze(word)).front();
}

std::string better_form(const TestIndex& index, const std::string& word) {
  const auto found = better(index, word);
  return found ? found->word : "";
}

} // namespace

TEST_CASE("misspelt words of the samples are recognized") {
  Snapshot index(std::vector{samples().path()});
  const auto words = words_of_samples(index);
  const Tally frequent = tally_of(words, index, 5);
  CAPTURE(frequent.asked, frequent.right);
  CHECK(frequent.asked > 1000);
  CHECK(frequent.rate() > 0.94);
  const Tally all = tally_of(words, index, 1);
  CAPTURE(all.asked, all.right);
  CHECK(all.rate() > 0.94);
}

TEST_CASE("words that the collection has are not taken for others") {
  Index index = samples().open();
  Snapshot snapshot(std::vector{samples().path()});
  std::size_t asked = 0;
  std::vector<std::string> doubted;
  std::vector<std::string> often_but_doubted;
  for (const auto& [term, forms] : words_of_samples(snapshot)) {
    SearchRequest request = request_for(*forms.begin());
    request.limit = 0;
    const Results results = search(index, request);
    ++asked;
    if (results.suggestion.empty() && results.corrected.empty()) continue;
    doubted.push_back(request.query + " -> " + results.suggestion);
    if (snapshot.database().get_termfreq(term) > 2) often_but_doubted.push_back(request.query);
  }
  CAPTURE(asked, doubted);
  CHECK(often_but_doubted.empty());
  CHECK(asked > 1500);
  CHECK(doubted.size() * 100 < asked); // rare words that look like frequent ones
}

TEST_CASE("a word of a known name is preferred") {
  const std::vector<IndexedArticle> articles{{article_of("/1", "Arms were sold."), Named{}},
                                             {article_of("/2", "Arms were bought. Acma sells."), Named{}},
                                             {article_of("/3", "Acme sells."), Named{.companies = {"Acme Anvils"}}}};
  const TestIndex index(articles);
  CHECK(better_form(index, "acmo") == "acme");
  Snapshot snapshot = index.snapshot();
  CHECK(Speller(snapshot).is_name("acme"));
  CHECK(Speller(snapshot).is_name("anvils"));
  CHECK_FALSE(Speller(snapshot).is_name("acm"));
  CHECK_FALSE(Speller(snapshot).is_name("arms"));
}

TEST_CASE("a word is corrected to the nearest form that articles have") {
  const TestIndex index({article_of("/1", "Licensing, licensed, a licence. Negotiations. Cross-licensing.")});
  CHECK(better_form(index, "licnsing") == "licensing");
  CHECK(better_form(index, "licensign") == "licensing");
  CHECK(better_form(index, "licnsed") == "licensed");
  CHECK(better_form(index, "negotiatoins") == "negotiations");
  CHECK(better_form(index, "crosslicnsing") == "crosslicensing");
}

TEST_CASE("codes, short words and stop words are not corrected, nor is anything corrected to one") {
  const TestIndex index({article_of("/1", "The H100 and the 5G of them, ab.")});
  for (const std::string word : {"h10", "H101", "5h", "tehm", "hte", "ac", "the", "of"}) {
    INFO(word);
    CHECK_FALSE(better(index, word));
  }
}
