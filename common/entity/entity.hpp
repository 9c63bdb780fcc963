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

/// An entity as one article names it.
struct NamedEntity {
  std::string name; ///< of an entity's listed names the first that the article uses; of another the fullest form
  std::vector<std::string> aliases{}; ///< the other forms that the article uses, each once, most frequent first

  bool operator==(const NamedEntity&) const = default;
};

/// The entities of one article with the forms of their names, in the order of EntitySets.
using ArticleEntities = std::array<std::vector<NamedEntity>, k_entity_kinds.size()>;

/// The entities of one article: for each kind (indexed by EntityKind) the canonical names, each once, most mentioned
/// first, ties in order of first mention.
using EntitySets = std::array<std::vector<std::string>, k_entity_kinds.size()>;

/// The names alone.
EntitySets names_of(const ArticleEntities& entities);

} // namespace pfind
