#pragma once

#include <string_view>
#include <vector>

#include "common/entity/entity.hpp"
#include "common/entity/names_file.hpp"

namespace pfind::corpus {

/// The list of names of that kind that comes with pfind, as the text of a names file.
std::string_view shipped_names(EntityKind kind);

/// The entries of all shipped lists.
std::vector<NamesEntry> shipped_entries();

} // namespace pfind::corpus
