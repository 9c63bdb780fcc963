#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "common/entity/catalog.hpp"
#include "indexer/recognizer/name_model.hpp"
#include "indexer/trainer/labelled_text.hpp"

namespace pfind::indexer {

/// A run of words to learn from.
struct TrainingRun {
  std::uint32_t document = 0;                       ///< which of the texts it is from
  std::vector<std::vector<std::uint32_t>> features; ///< by word
  std::vector<LabelMask> allowed;                   ///< the right labels, by word
};

/// NameModel::common_words of these texts.
std::vector<std::uint64_t> common_words_of(std::span<const LabelledText> texts);

/// What the model learns from: every run of every text. Where a corpus does not tell companies from other
/// organizations, or leaves names of other kinds unmarked, several labels are right.
std::vector<TrainingRun> make_training_set(std::span<const LabelledText> texts, const Catalog& catalog,
                                           std::span<const std::uint64_t> common_words);

} // namespace pfind::indexer
