#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "searcher/index.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

/// What an index knows of an entity.
struct EntityProfile {
  EntityKind kind{};
  std::string name;                    ///< canonical
  std::uint64_t articles = 0;          ///< that name it
  std::vector<FacetCount> aliases;     ///< other names and forms of names in use, most used first
  std::vector<FacetCount> years;       ///< in order
  std::vector<FacetCounts> named_with; ///< by kind: the entities in most of its articles, itself left out
  std::vector<Hit> newest;             ///< without bodies and entities
};

/// The answer to a name.
struct EntityAnswer {
  std::vector<EntityProfile> entities;  ///< by kind
  std::vector<std::string> suggestions; ///< where there is none: names that may be meant, with their kinds
};

/// Looks an entity up by its name or an alias, case, punctuation and legal suffixes aside; of every kind where none is
/// given. Counts are of articles, and exact.
EntityAnswer look_up_entity(Index& index, std::optional<EntityKind> kind, const std::string& name);

} // namespace pfind::searcher
