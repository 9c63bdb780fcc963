#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "common/entity/entity.hpp"
#include "common/entity/names_file.hpp"

namespace pfind {

/// An entity that pfind knows by name.
struct CatalogEntity {
  EntityKind kind{};
  std::vector<ListedName> names; ///< the canonical name, then the aliases; never empty
  bool from_user = false;        ///< named in the user's own file: preferred where names clash

  const std::string& name() const { return names.front().text; }
};

/// The entities known by name: the shipped lists with the user's own entries laid over them. Immutable once built, so
/// one serves all threads.
class Catalog {
public:
  Catalog() = default;

  /// The user's entries win. One that gives the canonical name of a shipped entity of its kind, as its own name or as
  /// an alias, extends (and perhaps renames) that entity; any other name it gives is taken away from the shipped
  /// entities of its kind. A name it gives as of another kind does the same there. A forbidden canonical name forbids
  /// all names of the shipped entity, another one is taken away from it.
  explicit Catalog(std::span<const NamesEntry> shipped, std::span<const NamesEntry> user = {});

  std::span<const CatalogEntity> entities() const { return entities_; }

  /// The entities of that kind which `name` can mean: those that bear it in some spelling, else those whose names have
  /// its `name_key`. Canonical names come first.
  /// Pointers stay valid as long as the catalog.
  std::vector<const CatalogEntity*> find(EntityKind kind, std::string_view name) const;

  /// The one entity that articles mean by `name`, where they have it as that kind: null where there is none or several,
  /// or where the name is for filters only. Its own kind may be another (ListedName::found_as).
  const CatalogEntity* owner(EntityKind kind, std::string_view name) const;

  /// Whether the user's entries say that nobody of that kind bears the name.
  bool is_forbidden(EntityKind kind, std::string_view name) const;

private:
  void index_names();

  std::vector<CatalogEntity> entities_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_key_; ///< kind's name + name_key -> into entities_
  std::unordered_set<std::string> forbidden_;                          ///< kind's name + spelling_key
};

} // namespace pfind
