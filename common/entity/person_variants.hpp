#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace pfind {

/// Of folded names of people those that are one person's, as pairs of indices: `john smith` and `john a smith` where no
/// other John Smith has a middle initial, `f l smith` and `f lee smith` where no other name has these initials.
std::vector<std::pair<std::size_t, std::size_t>> person_variants(std::span<const std::string_view> names);

} // namespace pfind
