#include "searcher/ranking/feedback.hpp"

#include <algorithm>

#include "searcher/ranking/number_table.hpp"

namespace pfind::searcher {
namespace {

struct Candidate {
  std::uint32_t number = 0;
  Xapian::docid article = 0; ///< that has it
  double weight = 0;
  const TermInfo* info = nullptr;
};

/// Adds up what the terms of several articles weigh.
class Collector {
public:
  Collector(std::size_t words, const RankingModel& model) : model_(model), table_(words) {}

  void add(const FeedbackArticle& article) {
    article.text.for_each_word([&](const ForwardText::Word& word) {
      if (!word.is_beside()) count(word, article.article);
    });
    for (const std::uint32_t index : met_) {
      words_[index].weight += article.share * saturated(counts_[index], article.relative_length, model_);
      counts_[index] = 0;
    }
    met_.clear();
  }

  /// The terms with their weights before idf.
  std::vector<Candidate> take() { return std::move(words_); }

private:
  /// All spellings of a term count together.
  void count(const ForwardText::Word& word, Xapian::docid article) {
    const std::uint32_t index = table_.add(word.term(), static_cast<std::uint32_t>(words_.size()));
    if (index == words_.size()) {
      words_.push_back({.number = word.term(), .article = article});
      counts_.push_back(0);
    }
    if (counts_[index] == 0) met_.push_back(index);
    counts_[index] += word.count();
  }

  const RankingModel& model_;
  NumberTable table_; // indices into words_
  std::vector<Candidate> words_;
  std::vector<std::uint32_t> counts_; // of each word in the article at hand
  std::vector<std::uint32_t> met_;    // words that it has
};

std::vector<Candidate> candidates_of(std::span<const FeedbackArticle> articles, const RankingModel& model) {
  std::size_t words = 0;
  for (const FeedbackArticle& article : articles) words += article.text.size();
  Collector collector(words, model);
  for (const FeedbackArticle& article : articles) collector.add(article);
  return collector.take();
}

const TermInfo* info_of(const Candidate& word, TermStatistics& statistics) {
  const TermInfo* info = statistics.of_number(word.number);
  if (info != nullptr) return info;
  statistics.learn_terms(word.article);
  return statistics.of_number(word.number);
}

bool tells_more(const Candidate& a, const Candidate& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.info->term < b.info->term;
}

/// The telling words that weigh most with their idf, at most so many, the first ahead. Many words of a few articles are
/// too light to be among them however rare they are, so nothing is looked up of those.
std::vector<Candidate> most_telling(std::vector<Candidate> words, std::size_t most, TermStatistics& statistics) {
  const auto is_lighter = [](const Candidate& a, const Candidate& b) { return a.weight < b.weight; };
  std::ranges::make_heap(words, is_lighter);
  const double greatest_idf = statistics.greatest_idf();
  std::vector<Candidate> best; // a heap, the one that tells least at its top
  for (; !words.empty() && most > 0; words.pop_back()) {
    std::ranges::pop_heap(words, is_lighter);
    Candidate word = words.back();
    if (best.size() == most && word.weight * greatest_idf < best.front().weight) break;
    word.info = info_of(word, statistics);
    if (word.info == nullptr || !word.info->is_telling) continue;
    word.weight *= word.info->idf;
    if (best.size() == most) {
      if (!tells_more(word, best.front())) continue;
      std::ranges::pop_heap(best, tells_more);
      best.pop_back();
    }
    best.push_back(word);
    std::ranges::push_heap(best, tells_more);
  }
  std::ranges::sort_heap(best, tells_more);
  return best;
}

} // namespace

std::vector<FeedbackWord> feedback_words(std::span<const FeedbackArticle> articles, TermStatistics& statistics,
                                         const RankingModel& model) {
  const std::vector<Candidate> words = most_telling(candidates_of(articles, model), model.feedback_words, statistics);
  double sum = 0;
  for (const Candidate& word : words) sum += word.weight;
  std::vector<FeedbackWord> out;
  for (const Candidate& word : words)
    out.push_back({std::string(word.info->term), word.number, word.weight / sum * word.info->idf});
  return out;
}

} // namespace pfind::searcher
