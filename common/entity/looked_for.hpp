#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/entity/catalog.hpp"
#include "common/entity/names_file.hpp"

namespace pfind {

/// Of the user's entries what changes which names are found in text; all else they say only arranges what was found.
/// One entry per name, so that how the user groups names does not matter: names that no shipped list has, names marked
/// otherwise than there, names that a shipped entity is to lose, and names that a list of another kind has as well.
/// `Catalog(shipped, looked_for(shipped, user))` is what articles are recognized by.
std::vector<NamesEntry> looked_for(std::span<const NamesEntry> shipped, std::span<const NamesEntry> user);

/// Entries as the text of a names file.
std::string to_names_file(std::span<const NamesEntry> entries);

/// The names that one of two catalogs finds in text and the other does not, or not in the same way.
std::vector<NamesEntry> found_differently(const Catalog& a, const Catalog& b);

} // namespace pfind
