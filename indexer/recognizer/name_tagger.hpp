#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "indexer/recognizer/name_evidence.hpp"
#include "indexer/recognizer/name_label.hpp"
#include "indexer/recognizer/name_model.hpp"

namespace pfind::indexer {

/// A name that the model found.
struct TaggedName {
  std::uint32_t first_word = 0;
  std::uint32_t end_word = 0;
  NameKind kind{};
  std::array<std::int32_t, k_name_kinds> scores{}; ///< of these words as a name of each kind, less that as no name
};

/// The names of a text as the model reads it, in order, none overlapping another.
std::vector<TaggedName> tag_names(const TextEvidence& evidence, const NameModel& model);

} // namespace pfind::indexer
