#include "searcher/ranking/ranker.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pfind::searcher {
namespace {

bool ranks_before(const RankedArticle& a, const RankedArticle& b) {
  return a.score() != b.score() ? a.score() > b.score() : a.article < b.article;
}

} // namespace

Ranker::Ranker(Snapshot& index, const QueryWords& words, const RankingModel& model)
    : index_(index), words_(words), model_(model), mean_length_(std::max(1.0, index.database().get_avlength())),
      reader_(words, model.window) {
  const std::string headline{info(Field::title).prefix};
  for (const QueryWord& word : words.words) {
    idf_.push_back(index.statistics().of(word.terms.front()).idf);
    headline_idf_.push_back(index.statistics().of(headline + word.terms.front()).idf);
  }
}

const Evidence& Ranker::evidence_of(Xapian::docid article) {
  reader_.read(forward_text(article), evidence_);
  return evidence_;
}

ForwardText Ranker::forward_text(Xapian::docid article) const {
  const std::string& stored = index_.forward_text(article);
  return stored.empty() ? ForwardText() : ForwardText(stored);
}

/// As Xapian counts: headlines are indexed twice.
double Ranker::relative_length(const ForwardText& text) const {
  return (text.length() + text.headline()) / mean_length_;
}

double Ranker::relative_length() const { return (evidence_.length + evidence_.headline) / mean_length_; }

WordScore Ranker::score_of_word(std::size_t number) const {
  const QueryWord& word = words_.words[number];
  const WordEvidence& found = evidence_.words[number];
  WordScore score;
  if (found.occurrences + found.in_capitals == 0) return score;
  const double length = relative_length();
  if (word.is_stop_word) {
    score.stop_word = model_.stop_word * idf_[number] * saturated(found.occurrences, length, model_);
    return score;
  }
  const double idf = idf_[number] * word.repeats;
  const double headline_length = evidence_.headline / model_.headline_length;
  if (found.in_headline > 0)
    score.headline = model_.headline * headline_idf_[number] * word.repeats * saturated(1, headline_length, model_);
  score.written = model_.written * idf * saturated(found.as_written, length, model_);
  score.capitals = model_.acronym * idf * saturated(found.in_capitals, length, model_);
  return score;
}

double Ranker::score_of_neighbours(std::size_t pair) const {
  const PairEvidence& found = evidence_.pairs[pair];
  if (found.near == 0) return 0;
  const auto [first, second] = words_.neighbours[pair];
  const double length = relative_length();
  const double together = saturated(found.side_by_side, length, model_);
  if (words_.words[first].is_stop_word || words_.words[second].is_stop_word)
    return model_.bound_stop_word * std::max(idf_[first], idf_[second]) * together;
  const double side_by_side = words_.is_short ? model_.side_by_side_short : model_.side_by_side;
  return (idf_[first] + idf_[second]) / 2 *
         (model_.near * saturated(found.near, length, model_) + side_by_side * together);
}

/// Xapian replaces the weight of words that over a third of the articles have by a linear decrease to 0.
double Ranker::bm25_of_word(std::size_t number) const {
  const QueryWord& word = words_.words[number];
  const auto all = static_cast<double>(index_.database().get_doccount());
  const auto having = static_cast<double>(index_.statistics().of(word.terms.front()).articles);
  const double odds = (all - having + 0.5) / (having + 0.5);
  const double idf = std::log(odds < 2 ? odds / 2 + 1 : odds);
  return idf * word.repeats * saturated(evidence_.words[number].occurrences, relative_length(), model_);
}

void Ranker::add_scores(RankedArticle& out) const {
  for (std::size_t i = 0; i < words_.words.size(); ++i) {
    const WordScore score = score_of_word(i);
    out.headline += score.headline;
    out.written += score.written;
    out.capitals += score.capitals;
    out.stop_words += score.stop_word;
  }
  for (std::size_t i = 0; i < words_.neighbours.size(); ++i) out.neighbours += score_of_neighbours(i);
}

std::vector<RankedArticle> Ranker::rank(std::span<const WeighedArticle> found,
                                        const std::map<Xapian::docid, double>& covered) {
  std::vector<RankedArticle> articles;
  articles.reserve(found.size());
  for (const WeighedArticle& one : found) articles.push_back({.article = one.article, .bm25 = one.weight});
  const auto candidates = std::min(model_.candidates, articles.size());
  if (candidates == 0 || words_.words.empty()) return articles;
  std::vector<RankedArticle> rest(articles.begin() + static_cast<std::ptrdiff_t>(candidates), articles.end());
  articles.resize(candidates);
  std::ranges::sort(articles, {}, &RankedArticle::article); // in the order of the lists that are read
  texts_.clear();
  for (RankedArticle& article : articles) {
    if (const auto share = covered.find(article.article); share != covered.end()) {
      article.coverage = share->second;
      article.bm25 -= share->second;
    }
    texts_.push_back(forward_text(article.article));
    reader_.read(texts_.back(), evidence_);
    add_scores(article);
    article.is_candidate = true;
  }
  add_entities(articles);
  if (model_.feedback > 0) add_feedback(articles);
  std::ranges::sort(articles, ranks_before);
  articles.insert(articles.end(), rest.begin(), rest.end());
  return articles;
}

void Ranker::add_entities(std::vector<RankedArticle>& articles) const {
  for (const NamedEntity& entity : words_.entities) {
    double gain = 0;
    for (const std::size_t word : entity.words) gain += model_.entity * entity.certainty * idf_[word];
    std::vector<bool> is_named(articles.size(), false); // an article may have several of the entity's names
    for (const std::string& term : entity.terms) {
      auto it = index_.database().postlist_begin(term);
      const auto end = index_.database().postlist_end(term);
      for (std::size_t i = 0; i < articles.size(); ++i) {
        if (it != end && *it < articles[i].article) it.skip_to(articles[i].article);
        if (it == end) break;
        if (*it == articles[i].article) is_named[i] = true;
      }
    }
    for (std::size_t i = 0; i < articles.size(); ++i) articles[i].entities += is_named[i] ? gain : 0;
  }
}

/// The best articles so far with their shares in the feedback.
std::vector<FeedbackArticle> Ranker::best(const std::vector<RankedArticle>& articles) const {
  std::vector<std::size_t> order(articles.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto count = std::min(order.size(), model_.feedback_articles);
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(count),
                            [&](std::size_t a, std::size_t b) { return ranks_before(articles[a], articles[b]); });
  std::vector<FeedbackArticle> best;
  double sum = 0;
  const double highest = articles[order.front()].relevance();
  for (std::size_t i = 0; i < count && articles[order[i]].relevance() > 0; ++i) {
    const ForwardText& text = texts_[order[i]];
    const double closeness = std::min(1.0, articles[order[i]].relevance() / highest);
    const double share = std::pow(closeness, model_.feedback_sharpness);
    best.push_back({articles[order[i]].article, text, relative_length(text), share});
    sum += share;
  }
  for (FeedbackArticle& article : best) article.share /= sum;
  return best;
}

void Ranker::add_feedback(std::vector<RankedArticle>& articles) {
  feedback_ = feedback_words(best(articles), index_.statistics(), model_);
  double query_weight = 0;
  for (const QueryWord& word : words_.words) query_weight += word.is_stop_word ? model_.stop_word : word.repeats;
  const double factor = model_.feedback / (1 - model_.feedback) * query_weight;
  NumberTable table(feedback_.size());
  for (std::size_t i = 0; i < feedback_.size(); ++i) {
    feedback_[i].weight *= factor;
    table.add(feedback_[i].number, static_cast<std::uint32_t>(i));
  }
  for (std::size_t i = 0; i < articles.size(); ++i) articles[i].feedback = feedback_score(texts_[i], table);
}

double Ranker::feedback_score(const ForwardText& text, const NumberTable& table) {
  counts_.assign(feedback_.size(), 0);
  text.for_each_word([&](const ForwardText::Word& word) {
    const std::uint32_t index = table.find(word.term());
    if (index != NumberTable::k_absent && !word.is_beside()) counts_[index] += word.count();
  });
  const double length = relative_length(text);
  double score = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] > 0) score += feedback_[i].weight * saturated(counts_[i], length, model_);
  }
  return score;
}

} // namespace pfind::searcher
