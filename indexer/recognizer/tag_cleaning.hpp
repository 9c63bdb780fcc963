#pragma once

#include <vector>

#include "indexer/recognizer/name_evidence.hpp"
#include "indexer/recognizer/name_tagger.hpp"

namespace pfind::indexer {

/// Mends the bounds of the model's names where grammar knows better than statistics: titles before people, small words
/// and days at the edges, names cut at "and" or at "&", countries before a word that some wires capitalise. Takes away
/// what is no name at all: pronouns, demonyms, common abbreviations, common words that only begin a sentence.
/// Adds companies that the model missed though a legal suffix gives them away (`Geotag Inc`).
std::vector<TaggedName> clean_tags(const std::vector<TaggedName>& tags, const TextEvidence& evidence);

} // namespace pfind::indexer
