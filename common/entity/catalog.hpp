#pragma once

#include <array>
#include <cstdint>
#include <functional>
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

  /// What articles mean by a name.
  struct Meaning {
    bool is_known = false;                ///< `find` gives something
    const CatalogEntity* owner = nullptr; ///< as `owner` gives it
  };

  /// Both at once, of a name that is given by its spelling_key and its name_key.
  Meaning meaning(EntityKind kind, std::string_view spelling, std::string_view key) const;

  /// Whether the user's entries say that nobody of that kind bears the name.
  bool is_forbidden(EntityKind kind, std::string_view name) const;

private:
  /// Looks keys up without making strings of them.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
  };
  using ByKey = std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>>;

  /// The keys of one listed name, as articles have it.
  struct Keys {
    std::string spelling, name;
  };

  void index_names();
  std::vector<const CatalogEntity*> find(EntityKind kind, std::string_view spelling, std::string_view key) const;
  const CatalogEntity* owner(EntityKind kind, std::span<const CatalogEntity* const> found, std::string_view spelling,
                             std::string_view key) const;
  std::span<const Keys> keys_of(const CatalogEntity& entity) const;

  std::vector<CatalogEntity> entities_;
  std::vector<Keys> keys_;                          ///< of all names of entities_, one after another
  std::vector<std::size_t> first_keys_;             ///< by entity: into keys_
  std::array<ByKey, k_entity_kinds.size()> by_key_; ///< by kind: name_key or spelling_key -> into entities_
  std::unordered_set<std::string> forbidden_;       ///< kind's name + spelling_key
};

} // namespace pfind
