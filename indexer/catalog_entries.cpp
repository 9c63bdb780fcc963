#include "indexer/catalog_entries.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "common/facet_mapping.hpp"
#include "common/index_files.hpp"
#include "common/schema.hpp"

namespace pfind::indexer {
namespace {

std::size_t index_of(EntityKind kind) { return static_cast<std::size_t>(kind); }

std::vector<UsedName> names_of_kind(const Xapian::Database& database, EntityKind kind) {
  const std::string prefix{info(field_of(kind)).prefix};
  std::vector<UsedName> names;
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it)
    names.push_back({(*it).substr(prefix.size()), it.get_termfreq()});
  return names;
}

void add_forms(const Xapian::Database& database, UsedNames& names) {
  const std::string prefix{info(Field::form).prefix};
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    auto form = form_of_term(*it);
    if (!form) continue;
    std::vector<UsedName>& of_kind = names[index_of(form->kind)];
    const auto name = std::ranges::lower_bound(of_kind, form->key, {}, &UsedName::key);
    if (name != of_kind.end() && name->key == form->key)
      name->forms.push_back({std::move(form->text), it.get_termfreq()});
  }
}

/// Collects what the entities have to say.
class Collector {
public:
  Collector(const std::function<FacetDictionary&(Field)>& dictionary,
            const std::function<void(Field, std::uint32_t)>& added)
      : dictionary_(dictionary), added_(added) {}

  void add(const JoinedEntity& entity) {
    const NameKey& canonical = entity.canonical;
    const std::uint32_t value = number(canonical, entity.name);
    FacetMapping& mapping = mappings_[index_of(canonical.kind)];
    if (names(canonical.kind).name(value) != entity.name) mapping.names.emplace(value, entity.name);
    for (const NameKey& member : entity.members) {
      if (member != canonical) lead(member, canonical, value);
    }
  }

  void add_alias(const NameKey& alias, const NameKey& canonical) { leads_.emplace_back(alias, canonical); }

  void add_nobody(const NameKey& name) {
    entries_.aliases.emplace(key(metadata::k_alias, name), encode_name_refs({}, name.kind));
    map(name, name.kind, FacetMapping::k_nobody);
  }

  CatalogEntries take() {
    std::ranges::sort(leads_);
    std::vector<std::pair<NameKey, NameKey>> members; // canonical name, name
    for_each_run(leads_, [&](const NameKey& alias, const std::vector<NameKey>& canonicals) {
      entries_.aliases[key(metadata::k_alias, alias)] = encode_name_refs(canonicals, alias.kind);
      if (canonicals.size() > 1) return;
      members.emplace_back(canonicals.front(), alias);
      map_again(alias, canonicals.front());
    });
    std::ranges::sort(members);
    for_each_run(members, [&](const NameKey& canonical, const std::vector<NameKey>& names) {
      entries_.members[key(metadata::k_member, canonical)] = encode_name_refs(names, canonical.kind);
    });
    for (const EntityKind kind : k_entity_kinds) {
      FacetMapping& mapping = mappings_[index_of(kind)];
      mapping.known = names(kind).size();
      if (std::string text = encode(mapping); !text.empty())
        entries_.mappings[fmt::format("{}{}", metadata::k_mapping, info(field_of(kind)).name)] = std::move(text);
    }
    return std::move(entries_);
  }

private:
  FacetDictionary& names(EntityKind kind) { return dictionary_(field_of(kind)); }

  std::uint32_t number(const NameKey& name, const std::string& text) {
    FacetDictionary& dictionary = names(name.kind);
    const std::uint32_t known = dictionary.size();
    if (const std::uint32_t number = dictionary.find(name.key); number < known) return number;
    const std::uint32_t number = dictionary.add(text);
    if (number == known) added_(field_of(name.kind), number);
    return number;
  }

  /// Calls `use` with every first name and all that stand with it.
  template <typename Use>
  static void for_each_run(const std::vector<std::pair<NameKey, NameKey>>& sorted, Use&& use) {
    std::vector<NameKey> seconds;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      seconds.push_back(sorted[i].second);
      if (i + 1 < sorted.size() && sorted[i + 1].first == sorted[i].first) continue;
      use(sorted[i].first, seconds);
      seconds.clear();
    }
  }

  void lead(const NameKey& name, const NameKey& canonical, std::uint32_t value) {
    leads_.emplace_back(name, canonical);
    map(name, canonical.kind, value);
    if (name.kind != canonical.kind) map(name, name.kind, FacetMapping::k_nobody);
  }

  /// A name that articles no longer have may come back before the catalog is made anew.
  void map_again(const NameKey& alias, const NameKey& canonical) {
    if (alias.kind == canonical.kind) map(alias, canonical.kind, names(canonical.kind).find(canonical.key));
  }

  void map(const NameKey& name, EntityKind to, std::uint32_t value) {
    const std::uint32_t from = names(name.kind).find(name.key);
    if (from < names(name.kind).size()) mappings_[index_of(to)].canonical[index_of(name.kind)][from] = value;
  }

  static std::string key(std::string_view prefix, const NameKey& name) {
    return fit_term(prefix, fmt::format("{}/{}", info(field_of(name.kind)).name, name.key));
  }

  const std::function<FacetDictionary&(Field)>& dictionary_;
  const std::function<void(Field, std::uint32_t)>& added_;
  std::array<FacetMapping, k_entity_kinds.size()> mappings_;
  std::vector<std::pair<NameKey, NameKey>> leads_; // name, canonical name
  CatalogEntries entries_;
};

} // namespace

UsedNames used_names(const Xapian::Database& database) {
  UsedNames names;
  for (const EntityKind kind : k_entity_kinds) names[index_of(kind)] = names_of_kind(database, kind);
  add_forms(database, names);
  return names;
}

CatalogEntries catalog_entries(const JoinedNames& joined, const std::function<FacetDictionary&(Field)>& dictionary,
                               const std::function<void(Field, std::uint32_t)>& added) {
  Collector collector(dictionary, added);
  for (const JoinedEntity& entity : joined.entities) collector.add(entity);
  for (const auto& [alias, canonical] : joined.aliases) collector.add_alias(alias, canonical);
  for (const NameKey& name : joined.nobody) collector.add_nobody(name);
  return collector.take();
}

std::string catalog_version(const std::string& names) { return fmt::format("{} {}", k_joining_version, names); }

} // namespace pfind::indexer
