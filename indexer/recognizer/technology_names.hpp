#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "indexer/recognizer/name_evidence.hpp"

namespace pfind::indexer {

/// The words [first_word, end_word) of a text that name a technology.
struct TechnologyName {
  std::uint32_t first_word = 0;
  std::uint32_t end_word = 0;
};

/// Technologies that need not be listed, in order, none overlapping another: versions of known families (`Wi-Fi 7`,
/// `HBM4E`, `PCIe 6.0`, `H.267`, `802.11be`); what an acronym in brackets introduces (`polar slot modulation (PSM)`,
/// `extreme ultraviolet (EUV) lithography`), and that acronym wherever it stands; codes that a noun explains (`the LX7
/// codec`). Products are none.
std::vector<TechnologyName> technology_names(const TextEvidence& evidence);

} // namespace pfind::indexer
