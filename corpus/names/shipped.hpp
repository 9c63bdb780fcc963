#pragma once

#include <string_view>
#include <vector>

#include "common/entity/entity.hpp"
#include "common/entity/names_file.hpp"

namespace pfind::corpus {

/// The list of names of that kind that comes with pfind, as the text of a names file.
std::string_view shipped_names(EntityKind kind);

/// The entries of all shipped lists, read from them once.
const std::vector<NamesEntry>& shipped_entries();

/// Words that people's names begin with, one a line; `#` begins a comment.
std::string_view given_names();

/// Words that people's names end with (or begin with, where the family name comes first), one a line.
std::string_view family_names();

/// Demonyms, one a line, each with its country behind a tab: `Thai<TAB>Thailand`.
std::string_view demonyms();

} // namespace pfind::corpus
