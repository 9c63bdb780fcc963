#include "searcher/ranking/explanation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace pfind::searcher {
namespace {

constexpr std::size_t k_shown_feedback = 8; // words
constexpr std::size_t k_shown_shared = 8;   // words
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

/// A word that an article shares with another.
struct SharedWord {
  std::string found;
  std::string written;
  double adds = 0;
};

/// `factor`: of the BM25 weights, so that they add up to the one that Xapian gave, whose lengths are a little
/// different.
std::vector<SharedWord> shared_words(const QueryWords& words, const Evidence& evidence, const Ranker& ranker,
                                     double factor) {
  std::vector<SharedWord> shared;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    if (evidence.words[i].occurrences == 0) continue;
    const QueryWord& word = words.words[i];
    const WordScore score = ranker.score_of_word(i);
    shared.push_back({found(word, evidence.words[i]), word.written, factor * ranker.bm25_of_word(i) + score.headline});
  }
  std::ranges::stable_sort(shared, std::greater{}, &SharedWord::adds);
  return shared;
}

/// Whether the word is, or is in, one of the parts as typed.
bool is_within(const QueryWord& word, const WantedPart& part) {
  return fmt::format(" {} ", part.written).find(fmt::format(" {} ", word.written)) != std::string::npos;
}

/// Whether an article that has the parts has the word in some way.
bool is_found(const QueryWord& word, const FoundParts& parts) {
  return std::ranges::any_of(parts, [&](const WantedPart* part) { return part->is_plain && is_within(word, *part); });
}

/// What an article was found by beside the words as such.
std::string beside_words(const QueryWords& words, const Evidence& evidence, const FoundParts& parts) {
  std::vector<std::string> found;
  for (const WantedPart* part : parts) {
    if (!part->is_plain) found.push_back(part->written);
  }
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const bool is_absent = evidence.words[i].occurrences + evidence.words[i].in_capitals == 0;
    if (is_absent && is_found(words.words[i], parts))
      found.push_back(fmt::format("{} in another spelling or a synonym", words.words[i].written));
  }
  return found.empty() ? "other spellings and synonyms" : fmt::format("{}", fmt::join(found, ", "));
}

} // namespace

std::vector<std::string> explain(const RankedArticle& article, const QueryWords& words, const FoundParts& parts,
                                 Ranker& ranker, std::span<const text::Token> tokens) {
  std::vector<std::string> lines;
  const Evidence evidence = ranker.evidence_of(article.article);
  double rest = article.bm25;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const QueryWord& word = words.words[i];
    if (evidence.words[i].occurrences + evidence.words[i].in_capitals == 0) {
      if (!word.is_stop_word && !is_found(word, parts)) lines.push_back(fmt::format("{} not as such", word.written));
      continue;
    }
    const WordScore score = article.is_candidate ? ranker.score_of_word(i) : WordScore{};
    const double bm25 = word.is_stop_word ? 0 : std::min(rest, ranker.bm25_of_word(i));
    rest -= bm25;
    lines.push_back(
        line(found(word, evidence.words[i]), bm25 + score.headline + score.written + score.capitals + score.stop_word));
  }
  for (std::size_t i = 0; article.is_candidate && i < words.neighbours.size(); ++i) {
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
  if (rest > k_nothing) lines.push_back(line(beside_words(words, evidence, parts), rest));
  if (article.coverage > k_nothing) lines.push_back(line("how much of the query it has", article.coverage));
  if (article.coverage < -k_nothing) lines.push_back(line("how much of the query it lacks", article.coverage));
  if (article.age < -k_nothing) lines.push_back(line("age", article.age));
  lines.push_back(fmt::format("score {:.3f}", article.score()));
  return lines;
}

std::vector<std::string> explain_likeness(const RankedArticle& article, const QueryWords& words,
                                          const std::vector<std::string>& entities, Ranker& ranker) {
  const Evidence& evidence = ranker.evidence_of(article.article);
  double bm25 = 0;
  for (std::size_t i = 0; i < words.words.size(); ++i) bm25 += ranker.bm25_of_word(i);
  const std::vector<SharedWord> shared = shared_words(words, evidence, ranker, bm25 > 0 ? article.bm25 / bm25 : 1);
  std::vector<std::string> lines{fmt::format("shares {} of {} telling words", shared.size(), words.words.size())};
  std::vector<std::string> more;
  double more_add = 0;
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (i < k_shown_shared) {
      lines.push_back(line(shared[i].found, shared[i].adds));
    } else {
      more.push_back(shared[i].written);
      more_add += shared[i].adds;
    }
  }
  if (!more.empty()) lines.push_back(line(fmt::format("also {}", fmt::join(more, ", ")), more_add));
  if (!entities.empty()) lines.push_back(fmt::format("both name {}", fmt::join(entities, ", ")));
  if (article.age < -k_nothing) lines.push_back(line("age", article.age));
  lines.push_back(fmt::format("score {:.3f}", article.score()));
  return lines;
}

std::string telling_line(const QueryWords& words) {
  std::vector<std::string> written;
  for (const QueryWord& word : words.words) written.push_back(word.written);
  return fmt::format("like the article by its words {}", fmt::join(written, ", "));
}

} // namespace pfind::searcher
