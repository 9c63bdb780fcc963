#pragma once

#include <string>
#include <string_view>

/// The keys of the lists of a run. Where a list ends up in the postlist table they are that table's: terms come last,
/// because a zero byte of theirs is followed by FF.
namespace pfind::bulk {

using namespace std::string_view_literals;

inline constexpr std::string_view k_data_list = "\0\x01"sv;  ///< documents' data; number: whether deflated
inline constexpr std::string_view k_terms_list = "\0\x02"sv; ///< term lists and slots; number: TermsEntry
inline constexpr std::string_view k_metadata = "\0\xc0"sv;   ///< followed by the key of the user; no list
inline constexpr std::string_view k_slot = "\0\xd0"sv;       ///< statistics of a slot, followed by it; no list
inline constexpr std::string_view k_values = "\0\xd8"sv;     ///< values of a slot, followed by it
inline constexpr std::string_view k_lengths = "\0\xe0"sv;    ///< lengths of documents

/// What an entry of the list of term lists is.
enum TermsEntry : unsigned { k_terms_plain, k_terms_deflated, k_terms_slots };

} // namespace pfind::bulk
