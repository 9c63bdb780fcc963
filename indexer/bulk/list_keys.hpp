#pragma once

#include <string>
#include <string_view>

#include "common/glass_key.hpp"

/// The keys of the lists of a run. Where a list ends up in the postlist table they are that table's: terms come last,
/// because a zero byte of theirs is followed by FF.
namespace pfind::bulk {

using namespace std::string_view_literals;

inline constexpr std::string_view k_data_list = "\0\x01"sv;  ///< documents' data
inline constexpr std::string_view k_terms_list = "\0\x02"sv; ///< term lists; number: 1 where it is slots
using glass::k_lengths;
using glass::k_metadata; // no list
using glass::k_slot;     // no list
using glass::k_values;   // followed by the slot

} // namespace pfind::bulk
