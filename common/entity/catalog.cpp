#include "common/entity/catalog.hpp"

#include <algorithm>
#include <functional>

#include "common/entity/name_key.hpp"

namespace pfind {
namespace {

std::string table_key(EntityKind kind, std::string_view key) {
  std::string result{to_string(kind)};
  result += '\t';
  result += key;
  return result;
}

bool has_spelling(const CatalogEntity& entity, std::string_view key) {
  return std::ranges::any_of(entity.names, [&](const ListedName& name) { return spelling_key(name.text) == key; });
}

/// Lays the user's entries over the shipped entities.
class Merger {
public:
  explicit Merger(std::span<const NamesEntry> shipped) {
    for (const NamesEntry& entry : shipped) add(entry, false);
  }

  void overlay(std::span<const NamesEntry> user) {
    const std::size_t shipped = entities_.size();
    for (const NamesEntry& entry : user) add(entry, true);
    for (std::size_t i = shipped; i < entities_.size(); ++i) claim_names(entities_[i], shipped);
  }

  std::vector<CatalogEntity> take() && {
    std::erase_if(entities_, [](const CatalogEntity& entity) { return entity.names.empty(); });
    return std::move(entities_);
  }

private:
  void add(const NamesEntry& entry, bool from_user) {
    const auto index = static_cast<std::uint32_t>(entities_.size());
    entities_.push_back({entry.kind, entry.names, from_user});
    if (from_user) return;
    for (const ListedName& name : entry.names) {
      owners_[table_key(entry.kind, spelling_key(name.text))].push_back(index);
    }
  }

  void claim_names(CatalogEntity& claimant, std::size_t shipped) {
    const std::vector<ListedName> claimed = claimant.names;
    for (const ListedName& name : claimed) {
      const std::string key = spelling_key(name.text);
      const auto owners = owners_.find(table_key(claimant.kind, key));
      if (owners == owners_.end()) continue;
      for (const std::uint32_t owner : owners->second) {
        if (owner < shipped) take_name(claimant, entities_[owner], key);
      }
    }
  }

  static void take_name(CatalogEntity& claimant, CatalogEntity& owner, const std::string& key) {
    if (owner.names.empty()) return;
    if (spelling_key(owner.name()) != key) {
      std::erase_if(owner.names, [&](const ListedName& name) { return spelling_key(name.text) == key; });
      return;
    }
    for (ListedName& name : owner.names) {
      if (std::ranges::find(claimant.names, name.text, &ListedName::text) == claimant.names.end())
        claimant.names.push_back(std::move(name));
    }
    owner.names.clear();
  }

  std::vector<CatalogEntity> entities_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> owners_; ///< of shipped names, by kind and spelling
};

} // namespace

Catalog::Catalog(std::span<const NamesEntry> shipped, std::span<const NamesEntry> user) {
  Merger merger(shipped);
  merger.overlay(user);
  entities_ = std::move(merger).take();
  index_names();
}

void Catalog::index_names() {
  const auto add = [this](std::uint32_t index, std::string_view key, bool canonical) {
    std::vector<std::uint32_t>& found = by_key_[table_key(entities_[index].kind, key)];
    if (std::ranges::find(found, index) == found.end()) found.insert(canonical ? found.begin() : found.end(), index);
  };
  for (std::uint32_t i = 0; i < entities_.size(); ++i) {
    for (const ListedName& name : entities_[i].names) {
      const bool canonical = &name == &entities_[i].names.front();
      add(i, name_key(entities_[i].kind, name.text), canonical);
      add(i, spelling_key(name.text), canonical); // "mcdonalds" for McDonald's
    }
  }
}

std::vector<const CatalogEntity*> Catalog::find(EntityKind kind, std::string_view name) const {
  const std::string spelling = spelling_key(name);
  auto found = by_key_.find(table_key(kind, spelling));
  if (found == by_key_.end()) found = by_key_.find(table_key(kind, name_key(kind, name)));
  std::vector<const CatalogEntity*> entities;
  if (found == by_key_.end()) return entities;
  for (const std::uint32_t index : found->second) entities.push_back(&entities_[index]);
  const auto is_exact = [&](const CatalogEntity* entity) { return has_spelling(*entity, spelling); };
  if (std::ranges::any_of(entities, is_exact)) std::erase_if(entities, std::not_fn(is_exact));
  return entities;
}

} // namespace pfind
