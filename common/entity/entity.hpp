#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pfind {

/// The kinds of things that articles are about and that searches filter by.
enum class EntityKind : std::uint8_t { company, organization, person, place, technology };

inline constexpr std::array k_entity_kinds{EntityKind::company, EntityKind::organization, EntityKind::person,
                                           EntityKind::place, EntityKind::technology};

/// `company`, `organization`, `person`, `place`, `technology`: as in names files, JSON output and queries.
std::string_view to_string(EntityKind kind);

/// The inverse of `to_string`; nothing for any other text.
std::optional<EntityKind> entity_kind(std::string_view name);

/// One place in a text where an entity is named.
struct EntityMention {
  EntityKind kind{};
  std::string name;      ///< canonical, as shown in facets
  std::size_t begin = 0; ///< byte range in the text that was read
  std::size_t end = 0;
};

/// The entities of one article: for each kind (indexed by EntityKind) the canonical names, each once, most mentioned
/// first, ties in order of first mention.
using EntitySets = std::array<std::vector<std::string>, k_entity_kinds.size()>;

} // namespace pfind
