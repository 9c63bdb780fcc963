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

/// The kind that articles have the name as.
EntityKind kind_of(const CatalogEntity& entity, const ListedName& name) { return name.found_as.value_or(entity.kind); }

/// Lays the user's entries over the shipped entities.
class Merger {
public:
  Merger(std::span<const NamesEntry> shipped, std::span<const NamesEntry> user) : shipped_(shipped.size()) {
    for (const NamesEntry& entry : shipped) entities_.push_back({entry.kind, entry.names, false});
    if (user.empty()) return; // nobody asks for the owners then, of whom there are many
    for (std::uint32_t i = 0; i < shipped_; ++i) note_owner(i);
    overlay(user);
  }

  std::vector<CatalogEntity> take() {
    std::erase_if(entities_, [](const CatalogEntity& entity) { return entity.names.empty(); });
    return std::move(entities_);
  }

  std::unordered_set<std::string> take_forbidden() { return std::move(forbidden_); }

private:
  void note_owner(std::uint32_t index) {
    const CatalogEntity& entity = entities_[index];
    for (const ListedName& name : entity.names)
      owners_[table_key(entity.kind, spelling_key(name.text))].push_back(index);
  }

  void overlay(std::span<const NamesEntry> user) {
    for (const NamesEntry& entry : user) {
      if (!entry.forbidden) entities_.push_back({entry.kind, entry.names, true});
    }
    for (std::size_t i = shipped_; i < entities_.size(); ++i) claim_names(entities_[i]);
    for (const NamesEntry& entry : user) {
      if (entry.forbidden) forbid(entry);
    }
  }

  /// The shipped entities that had the name before the user's entries.
  std::vector<std::uint32_t> owners_of(const std::string& kind_and_key) const {
    const auto found = owners_.find(kind_and_key);
    return found == owners_.end() ? std::vector<std::uint32_t>{} : found->second;
  }

  void claim_names(CatalogEntity& claimant) {
    const std::vector<ListedName> claimed = claimant.names;
    for (const ListedName& name : claimed) {
      const std::string key = spelling_key(name.text);
      for (const std::uint32_t owner : owners_of(table_key(kind_of(claimant, name), key)))
        take_name(claimant, entities_[owner], key);
    }
  }

  static void take_name(CatalogEntity& claimant, CatalogEntity& owner, const std::string& key) {
    if (owner.names.empty()) return;
    if (spelling_key(owner.name()) != key) return drop_name(owner, key);
    for (ListedName& name : owner.names) {
      if (owner.kind != claimant.kind) name.found_as = owner.kind;
      const auto is_same = [&](const ListedName& other) {
        return other.text == name.text && other.found_as == name.found_as;
      };
      if (std::ranges::none_of(claimant.names, is_same)) claimant.names.push_back(std::move(name));
    }
    owner.names.clear();
  }

  static void drop_name(CatalogEntity& owner, const std::string& key) {
    std::erase_if(owner.names, [&](const ListedName& name) { return spelling_key(name.text) == key; });
  }

  void forbid(const NamesEntry& entry) {
    for (const ListedName& name : entry.names) {
      const std::string key = spelling_key(name.text);
      forbidden_.insert(table_key(entry.kind, key));
      for (const std::uint32_t owner : owners_of(table_key(entry.kind, key))) forbid_name(entities_[owner], key);
    }
  }

  void forbid_name(CatalogEntity& owner, const std::string& key) {
    if (owner.names.empty()) return;
    if (spelling_key(owner.name()) != key) return drop_name(owner, key);
    for (const ListedName& name : owner.names) forbidden_.insert(table_key(owner.kind, spelling_key(name.text)));
    owner.names.clear();
  }

  std::vector<CatalogEntity> entities_;
  std::size_t shipped_; ///< so many of them, the first, come from the shipped lists
  std::unordered_map<std::string, std::vector<std::uint32_t>> owners_; ///< of shipped names, by kind and spelling
  std::unordered_set<std::string> forbidden_;
};

} // namespace

Catalog::Catalog(std::span<const NamesEntry> shipped, std::span<const NamesEntry> user) {
  Merger merger(shipped, user);
  entities_ = merger.take();
  forbidden_ = merger.take_forbidden();
  index_names();
}

void Catalog::index_names() {
  const auto add = [this](std::uint32_t index, EntityKind kind, const std::string& key, bool canonical) {
    std::vector<std::uint32_t>& found = by_key_[static_cast<std::size_t>(kind)][key];
    if (std::ranges::find(found, index) == found.end()) found.insert(canonical ? found.begin() : found.end(), index);
  };
  for (std::uint32_t i = 0; i < entities_.size(); ++i) {
    first_keys_.push_back(keys_.size());
    for (const ListedName& name : entities_[i].names) {
      const bool canonical = &name == &entities_[i].names.front();
      const EntityKind kind = kind_of(entities_[i], name);
      const Keys& keys = keys_.emplace_back(Keys{spelling_key(name.text), name_key(kind, name.text)});
      add(i, kind, keys.name, canonical);
      if (keys.spelling != keys.name) add(i, kind, keys.spelling, canonical); // "mcdonalds" for McDonald's
    }
  }
}

std::span<const Catalog::Keys> Catalog::keys_of(const CatalogEntity& entity) const {
  const auto index = static_cast<std::size_t>(&entity - entities_.data());
  return std::span(keys_).subspan(first_keys_[index], entity.names.size());
}

std::vector<const CatalogEntity*> Catalog::find(EntityKind kind, std::string_view name) const {
  return find(kind, spelling_key(name), name_key(kind, name));
}

std::vector<const CatalogEntity*> Catalog::find(EntityKind kind, std::string_view spelling,
                                                std::string_view key) const {
  const ByKey& by_key = by_key_[static_cast<std::size_t>(kind)];
  auto found = by_key.find(spelling);
  if (found == by_key.end() && key != spelling) found = by_key.find(key);
  std::vector<const CatalogEntity*> entities;
  if (found == by_key.end()) return entities;
  for (const std::uint32_t index : found->second) entities.push_back(&entities_[index]);
  const auto is_exact = [&](const CatalogEntity* entity) {
    return std::ranges::find(keys_of(*entity), spelling, &Keys::spelling) != keys_of(*entity).end();
  };
  if (std::ranges::any_of(entities, is_exact)) std::erase_if(entities, std::not_fn(is_exact));
  return entities;
}

const CatalogEntity* Catalog::owner(EntityKind kind, std::string_view name) const {
  return meaning(kind, spelling_key(name), name_key(kind, name)).owner;
}

Catalog::Meaning Catalog::meaning(EntityKind kind, std::string_view spelling, std::string_view key) const {
  const std::vector<const CatalogEntity*> found = find(kind, spelling, key);
  return {!found.empty(), found.empty() ? nullptr : owner(kind, found, spelling, key)};
}

const CatalogEntity* Catalog::owner(EntityKind kind, std::span<const CatalogEntity* const> found,
                                    std::string_view spelling, std::string_view key) const {
  const auto is_canonical = [&](const CatalogEntity* entity) { return keys_of(*entity).front().spelling == spelling; };
  if (found.size() > 1 && std::ranges::count_if(found, is_canonical) != 1) return nullptr;
  const CatalogEntity& entity = found.size() > 1 ? **std::ranges::find_if(found, is_canonical) : *found.front();
  for (std::size_t i = 0; i < entity.names.size(); ++i) {
    const ListedName& listed = entity.names[i];
    const Keys& keys = keys_of(entity)[i];
    // "Delta Holdings" need not be the airline that is also called Delta.
    const bool is_sure = !listed.ambiguous || i == 0;
    const bool same = keys.spelling == spelling || (is_sure && keys.name == key);
    if (same && kind_of(entity, listed) == kind && !listed.filter_only) return &entity;
  }
  return nullptr;
}

bool Catalog::is_forbidden(EntityKind kind, std::string_view name) const {
  return !forbidden_.empty() && forbidden_.contains(table_key(kind, spelling_key(name)));
}

} // namespace pfind
