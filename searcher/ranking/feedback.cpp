#include "searcher/ranking/feedback.hpp"

#include <algorithm>

#include "searcher/ranking/number_table.hpp"

namespace pfind::searcher {
namespace {

struct Candidate {
  std::uint32_t number = 0;
  double weight = 0;
  const TermInfo* info = nullptr;
};

/// Adds up what the terms of several articles weigh.
class Collector {
public:
  Collector(std::size_t words, TermStatistics& statistics, const RankingModel& model)
      : statistics_(statistics), model_(model), table_(words) {}

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

  /// The telling terms, their weights times their idf.
  std::vector<Candidate> take() {
    std::erase_if(words_, [](const Candidate& word) { return word.info == nullptr || !word.info->is_telling; });
    for (Candidate& word : words_) word.weight *= word.info->idf;
    return std::move(words_);
  }

private:
  /// All spellings of a term count together.
  void count(const ForwardText::Word& word, Xapian::docid article) {
    const std::uint32_t index = table_.add(word.term(), static_cast<std::uint32_t>(words_.size()));
    if (index == words_.size()) {
      words_.push_back({word.term(), 0, info_of(word.term(), article)});
      counts_.push_back(0);
    }
    if (counts_[index] == 0) met_.push_back(index);
    counts_[index] += word.count();
  }

  const TermInfo* info_of(std::uint32_t number, Xapian::docid article) {
    const TermInfo* info = statistics_.of_number(number);
    if (info != nullptr) return info;
    statistics_.learn_terms(article);
    return statistics_.of_number(number);
  }

  TermStatistics& statistics_;
  const RankingModel& model_;
  NumberTable table_; // indices into words_
  std::vector<Candidate> words_;
  std::vector<std::uint32_t> counts_; // of each word in the article at hand
  std::vector<std::uint32_t> met_;    // words that it has
};

std::vector<Candidate> candidates_of(std::span<const FeedbackArticle> articles, TermStatistics& statistics,
                                     const RankingModel& model) {
  std::size_t words = 0;
  for (const FeedbackArticle& article : articles) words += article.text.size();
  Collector collector(words, statistics, model);
  for (const FeedbackArticle& article : articles) collector.add(article);
  return collector.take();
}

bool tells_more(const Candidate& a, const Candidate& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.info->term < b.info->term;
}

} // namespace

std::vector<FeedbackWord> feedback_words(std::span<const FeedbackArticle> articles, TermStatistics& statistics,
                                         const RankingModel& model) {
  std::vector<Candidate> words = candidates_of(articles, statistics, model);
  const auto count = std::min(words.size(), model.feedback_words);
  std::ranges::partial_sort(words, words.begin() + static_cast<std::ptrdiff_t>(count), tells_more);
  words.resize(count);
  double sum = 0;
  for (const Candidate& word : words) sum += word.weight;
  std::vector<FeedbackWord> out;
  for (const Candidate& word : words)
    out.push_back({std::string(word.info->term), word.number, word.weight / sum * word.info->idf});
  return out;
}

} // namespace pfind::searcher
