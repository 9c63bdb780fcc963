#pragma once

#include <vector>

#include "indexer/recognizer/name_evidence.hpp"
#include "indexer/recognizer/name_tagger.hpp"

namespace pfind::indexer {

/// Makes one name of a firm that is called after several partners, where punctuation or a suffix proves it: `Harlan,
/// Pruitt & Dorsey`, `Harlan, Pruitt and Dorsey LLP`, `Goldman, Sachs and Co`, `Simmons and Whitaker Inc`. `tags` are
/// in order and do not overlap.
std::vector<TaggedName> join_partners(const std::vector<TaggedName>& tags, const TextEvidence& evidence);

} // namespace pfind::indexer
