#include "searcher/ranking/explanation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace pfind::searcher {
namespace {

constexpr std::size_t k_shown_feedback = 8; // words
constexpr double k_nothing = 0.005;         // what would be shown as 0.00

std::string times(std::uint32_t count) { return count == 1 ? "once" : fmt::format("{} times", count); }

std::string line(const std::string& what, double adds) { return fmt::format("{}: {:.2f}", what, adds); }

/// `royalties 3 times, once in the headline, twice as written`.
std::string found(const QueryWord& word, const WordEvidence& evidence) {
  std::string text = fmt::format("{} {}", word.written, times(evidence.occurrences));
  if (evidence.in_headline > 0) text += fmt::format(", {} in the headline", times(evidence.in_headline));
  if (evidence.as_written < evidence.occurrences)
    text += evidence.as_written == 0 ? ", in other forms" : fmt::format(", {} so written", times(evidence.as_written));
  if (evidence.in_capitals > 0) text += fmt::format(", {} in capitals", times(evidence.in_capitals));
  return text;
}

/// Those of the words that the article has, as it writes them.
std::string feedback_line(const std::vector<FeedbackWord>& words, std::span<const text::Token> tokens) {
  std::map<std::string_view, std::string_view> written; // first form of each term
  for (const text::Token& token : tokens) written.try_emplace(token.term, token.word);
  std::vector<std::string_view> telling;
  for (const FeedbackWord& word : words) {
    const auto form = written.find(word.term);
    if (form != written.end() && telling.size() < k_shown_feedback) telling.push_back(form->second);
  }
  return fmt::format("shares words with the best results ({})", fmt::join(telling, ", "));
}

} // namespace

std::vector<std::string> explain(const RankedArticle& article, const QueryWords& words, Ranker& ranker,
                                 std::span<const text::Token> tokens) {
  std::vector<std::string> lines;
  const Evidence evidence = ranker.evidence_of(article.article);
  double rest = article.bm25;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const QueryWord& word = words.words[i];
    if (evidence.words[i].occurrences + evidence.words[i].in_capitals == 0) {
      if (!word.is_stop_word) lines.push_back(fmt::format("{} not as such", word.written));
      continue;
    }
    const WordScore score = ranker.score_of_word(i);
    const double bm25 = word.is_stop_word ? 0 : std::min(rest, ranker.bm25_of_word(i));
    rest -= bm25;
    lines.push_back(
        line(found(word, evidence.words[i]), bm25 + score.headline + score.written + score.capitals + score.stop_word));
  }
  for (std::size_t i = 0; i < words.neighbours.size(); ++i) {
    const auto& [first, second] = words.neighbours[i];
    const PairEvidence& pair = evidence.pairs[i];
    if (pair.near == 0) continue;
    const bool together = pair.side_by_side > 0;
    lines.push_back(line(fmt::format("{} {} {} {}", words.words[first].written, words.words[second].written,
                                     together ? "side by side" : "near each other",
                                     times(together ? pair.side_by_side : pair.near)),
                         ranker.score_of_neighbours(i)));
  }
  if (article.entities > 0) lines.push_back(line("is about what the query names", article.entities));
  if (article.feedback > k_nothing) lines.push_back(line(feedback_line(ranker.feedback(), tokens), article.feedback));
  if (rest > k_nothing) lines.push_back(line("other parts of the query", rest));
  if (article.age < -k_nothing) lines.push_back(line("age", article.age));
  lines.push_back(fmt::format("score {:.3f}", article.score()));
  return lines;
}

} // namespace pfind::searcher
