#include "common/entity/entity.hpp"

namespace pfind {
namespace {

constexpr std::array<std::string_view, k_entity_kinds.size()> k_names{"company", "organization", "person", "place",
                                                                      "technology"};

} // namespace

std::string_view to_string(EntityKind kind) { return k_names[static_cast<std::size_t>(kind)]; }

std::optional<EntityKind> entity_kind(std::string_view name) {
  for (const EntityKind kind : k_entity_kinds) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

EntitySets names_of(const ArticleEntities& entities) {
  EntitySets names;
  for (std::size_t kind = 0; kind < entities.size(); ++kind) {
    for (const NamedEntity& entity : entities[kind]) names[kind].push_back(entity.name);
  }
  return names;
}

} // namespace pfind
