#pragma once

#include <string_view>

namespace pfind {

/// Whether a folded word is a family name of China, Korea or Vietnam, which stands before the given name there and is
/// often put behind it abroad. Only such names may be met in both orders; James Martin is not Martin James.
bool is_leading_family_name(std::string_view folded_word);

} // namespace pfind
