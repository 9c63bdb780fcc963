#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/entity/entity.hpp"

namespace pfind {

/// A name or alias as a names file gives it.
struct ListedName {
  std::string text;
  bool ambiguous = false;   ///< marked `?`: also an ordinary word, counts only with evidence from the context
  bool filter_only = false; ///< marked `~`: understood in filters, never looked for in text
  std::optional<EntityKind> found_as{}; ///< written `company:Name`: what articles have as that kind is this entity

  bool operator==(const ListedName&) const = default;
};

/// One line of a names file.
struct NamesEntry {
  EntityKind kind{};
  std::vector<ListedName> names; ///< the canonical name, then the aliases
  std::size_t line = 0;          ///< counted from 1
  bool forbidden = false;        ///< `!` before the kind: nobody bears these names

  bool operator==(const NamesEntry&) const = default;
};

/// The entries of a names file: UTF-8 lines `kind<TAB>canonical name<TAB>alias|alias|...`, where `#` begins a comment
/// line and a marker (`?` or `~`) may stand before each name. A repeated alias within one line is kept once. `!` before
/// the kind forbids the line's names; a kind and a colon before an alias (`company:FDA`) say as what articles have it.
///
/// Throws UsageError naming `file`, the line and what to do for an unknown kind, a missing or empty name, a stray
/// marker or kind, text that is not UTF-8, or one name given to two entities of a kind or also forbidden; a broken file
/// gives nothing at all.
std::vector<NamesEntry> parse_names(std::string_view text, std::string_view file);

} // namespace pfind
