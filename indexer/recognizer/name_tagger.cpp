#include "indexer/recognizer/name_tagger.hpp"

#include "indexer/recognizer/name_runs.hpp"

namespace pfind::indexer {
namespace {

/// The names that `labels` of the words from `begin` on make up.
void add_names(std::uint32_t begin, const std::vector<NameLabel>& labels, const std::vector<LabelScores>& scores,
               const Transitions& transitions, std::vector<TaggedName>& names) {
  for (std::uint32_t i = 0; i < labels.size();) {
    if (labels[i] == k_outside) {
      ++i;
      continue;
    }
    const std::uint32_t first = i;
    while (++i < labels.size() && is_inside(labels[i])) {
    }
    TaggedName name{.first_word = begin + first, .end_word = begin + i, .kind = kind_of(labels[first])};
    for (std::size_t k = 0; k < k_name_kinds; ++k) {
      const NameLabel b = begin_of(static_cast<NameKind>(k)), in = inside_of(static_cast<NameKind>(k));
      std::int32_t score = transitions[k_outside][b] + transitions[i - first > 1 ? in : b][k_outside];
      for (std::uint32_t j = first; j < i; ++j)
        score += scores[j][j == first ? b : in] - scores[j][k_outside] +
                 (j == first ? 0 : transitions[j == first + 1 ? b : in][in]);
      name.scores[k] = score - static_cast<std::int32_t>(i - first + 1) * transitions[k_outside][k_outside];
    }
    names.push_back(name);
  }
}

} // namespace

std::vector<TaggedName> tag_names(const TextEvidence& evidence, const NameModel& model) {
  std::vector<TaggedName> names;
  std::vector<std::uint32_t> features;
  std::vector<LabelScores> scores;
  for (const NameRun& run : name_runs(evidence.words)) {
    scores.clear();
    for (std::uint32_t i = run.begin; i < run.end; ++i) {
      word_features(evidence, run.begin, run.end, i, features);
      scores.push_back(model.score(features));
    }
    add_names(run.begin, best_labels(scores, model.transitions()), scores, model.transitions(), names);
  }
  return names;
}

} // namespace pfind::indexer
