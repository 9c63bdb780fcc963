#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pfind {

/// Legal forms of firms at home in America, folded.
inline constexpr auto k_american_forms =
    std::to_array<std::string_view>({"inc", "corp", "incorporated", "corporation", "llc"});

/// Calls `use` with every word of a folded name.
template <typename Use>
void for_each_word(std::string_view key, Use&& use) {
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(' '), key.size());
    use(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
}

/// The words of a folded name.
std::vector<std::string_view> words_of(std::string_view key);

/// Whether a folded name ends with a legal form of another country than America: with the same name and an American
/// form it is another firm.
bool has_foreign_form(std::string_view key);

/// Whether the words of `part` stand side by side in `whole`.
bool has_run(std::string_view whole, std::string_view part);

/// Whether `acronym`, one folded word, begins as the words of `key` do and has its letters in their order: `smic` of
/// `semiconductor manufacturing international`.
bool is_made_of(std::string_view acronym, std::string_view key);

/// Whether a name as written has no small letters.
bool is_capitals(std::string_view text);

/// `ran xu` of `xu ran` where either is a family name that comes first in its language; else nothing.
std::string other_order(std::string_view key);

} // namespace pfind
