// Feedback takes the words that it would take if it looked at every word of the articles.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

#include "searcher/ranking/feedback.hpp"
#include "tests/property/word_draw.hpp"
#include "tests/support/test_index.hpp"

using namespace pfind;
using namespace pfind::searcher;
using namespace pfind::tests;

namespace {

struct Told {
  std::string term;
  double weight = 0; ///< with idf
  double idf = 0;
};

/// Every telling word of the articles, the most telling first.
std::vector<Told> all_told(const std::vector<FeedbackArticle>& articles, Snapshot& index, const RankingModel& model) {
  std::map<std::uint32_t, std::string> names;
  for (Terms terms = index.database().terms(""); !terms.at_end(); ++terms) {
    if ((*terms).front() >= 'a') names.emplace(term_number(*terms), *terms);
  }
  std::map<std::uint32_t, double> weights;
  for (const FeedbackArticle& article : articles) {
    std::map<std::uint32_t, std::uint32_t> counts;
    article.text.for_each_word([&](const ForwardText::Word& word) { counts[word.term()] += word.count(); });
    for (const auto& [number, count] : counts)
      weights[number] += article.share * saturated(count, article.relative_length, model);
  }
  TermStatistics statistics(index.database());
  std::vector<Told> told;
  for (const auto& [number, weight] : weights) {
    const TermInfo& info = statistics.of(names.at(number));
    if (info.is_telling) told.push_back({names.at(number), weight * info.idf, info.idf});
  }
  std::ranges::sort(
      told, [](const Told& a, const Told& b) { return a.weight != b.weight ? a.weight > b.weight : a.term < b.term; });
  return told;
}

} // namespace

TEST_CASE("feedback takes the words that tell most, though it does not look at all of them") {
  std::size_t left_out = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    WordDraw draw(seed);
    std::vector<Article> articles;
    for (int i = 0; i < 80; ++i) {
      std::string body;
      for (unsigned n = 1 + draw.below(60); n > 0; --n) body += draw.word() + draw.word() + "k" + draw.word() + ' ';
      articles.push_back(article_of(fmt::format("/{}", i), body));
    }
    const TestIndex made(articles);
    Snapshot index = made.snapshot();
    for (unsigned round = 0; round < 30; ++round) {
      RankingModel model;
      model.feedback_words = 1 + draw.below(30);
      std::vector<FeedbackArticle> best;
      for (unsigned n = 1 + draw.below(5); n > 0; --n) {
        const Xapian::docid number = 1 + draw.below(80);
        const double share = 1.0 / (1 + draw.below(100)); // they need not add up to 1 for this
        best.push_back({number, ForwardText(index.forward_text(number)), 0.5 + 0.1 * draw.below(10), share});
      }
      const std::vector<Told> expected = all_told(best, index, model);
      TermStatistics statistics(index.database());
      const std::vector<FeedbackWord> words = feedback_words(best, statistics, model);
      INFO("seed " << seed << ", round " << round);
      REQUIRE(words.size() == std::min(expected.size(), model.feedback_words));
      double sum = 0;
      for (std::size_t i = 0; i < words.size(); ++i) sum += expected[i].weight;
      for (std::size_t i = 0; i < words.size(); ++i) {
        REQUIRE(words[i].term == expected[i].term);
        REQUIRE(words[i].number == term_number(words[i].term));
        REQUIRE(words[i].weight == Approx(expected[i].weight / sum * expected[i].idf));
      }
      left_out += expected.size() - words.size();
    }
  }
  CHECK(left_out > 10'000);
}
