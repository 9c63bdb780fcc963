#include "indexer/catalog_entries.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <fmt/format.h>
#include <type_traits>
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
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    UsedName& name = names.emplace_back();
    name.key.assign(*it, prefix.size());
    name.articles = it.get_termfreq();
  }
  return names;
}

/// Forms come in the order of their names, as the terms are: whoever looks for the next name begins at the last.
void add_forms(const Xapian::Database& database, UsedNames& names) {
  const std::string prefix{info(Field::form).prefix};
  std::array<std::size_t, k_entity_kinds.size()> last{};
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it) {
    auto form = form_of_term(*it);
    if (!form) continue;
    std::vector<UsedName>& of_kind = names[index_of(form->kind)];
    std::size_t& at = last[index_of(form->kind)];
    while (at < of_kind.size() && of_kind[at].key < form->key) ++at;
    if (at < of_kind.size() && of_kind[at].key == form->key)
      of_kind[at].forms.push_back({std::move(form->text), it.get_termfreq()});
  }
}

/// A name that leads to another, by what they mean. `start` is sort_start of the first key, so that sorting hardly
/// looks at the keys themselves.
struct Lead {
  NameView from, to;
  std::uint64_t start = 0;
};

void add_lead(std::vector<Lead>& leads, const NameView& from, const NameView& to) {
  leads.push_back({from, to, sort_start(from.key)});
}

void sort(std::vector<Lead>& leads) {
  std::ranges::sort(leads, [](const Lead& a, const Lead& b) {
    if (a.from.kind != b.from.kind) return a.from.kind < b.from.kind;
    if (a.start != b.start) return a.start < b.start;
    if (const int order = a.from.key.compare(b.from.key); order != 0) return order < 0;
    return a.to < b.to;
  });
}

/// Calls `use` with every name that leads somewhere and where it leads to.
template <typename Use>
void for_each_run(const std::vector<Lead>& sorted, Use&& use) {
  std::vector<NameView> to;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    to.push_back(sorted[i].to);
    if (i + 1 < sorted.size() && sorted[i + 1].from == sorted[i].from) continue;
    use(sorted[i].from, to);
    to.clear();
  }
}

/// Collects what the entities have to say.
class Collector {
public:
  Collector(const std::function<FacetDictionary&(Field)>& dictionary,
            const std::function<void(Field, std::uint32_t)>& added)
      : added_(added) {
    for (const EntityKind kind : k_entity_kinds) dictionaries_[index_of(kind)] = &dictionary(field_of(kind));
  }

  void add(const JoinedEntity& entity) {
    const NameView& canonical = entity.canonical;
    const std::uint32_t value = number(canonical, entity.name);
    FacetMapping& mapping = mappings_[index_of(canonical.kind)];
    if (names(canonical.kind).name(value) != entity.name) mapping.names.emplace(value, entity.name);
    for (const NameView& member : entity.members) {
      if (member != canonical) lead(member, canonical, value);
    }
  }

  void add_alias(const NameView& alias, const NameView& canonical) { add_lead(leads_, alias, canonical); }

  void add_nobody(const NameView& name) {
    put(entries_.aliases, metadata::k_alias, name, encode_name_refs({}, name.kind));
    map(name, name.kind, FacetMapping::k_nobody);
  }

  CatalogEntries take() {
    sort(leads_);
    std::vector<Lead> members; // canonical name -> name
    for_each_run(leads_, [&](const NameView& alias, const std::vector<NameView>& canonicals) {
      put(entries_.aliases, metadata::k_alias, alias, encode_name_refs(canonicals, alias.kind));
      if (canonicals.size() > 1) return;
      add_lead(members, canonicals.front(), alias);
      map_again(alias, canonicals.front());
    });
    sort(members);
    for_each_run(members, [&](const NameView& canonical, const std::vector<NameView>& names) {
      put(entries_.members, metadata::k_member, canonical, encode_name_refs(names, canonical.kind));
    });
    for (const EntityKind kind : k_entity_kinds) {
      FacetMapping& mapping = mappings_[index_of(kind)];
      mapping.known = names(kind).size();
      if (const std::string text = encode(mapping); !text.empty())
        put(entries_.mappings, fmt::format("{}{}", metadata::k_mapping, info(field_of(kind)).name), text);
    }
    for (auto* family : {&entries_.mappings, &entries_.aliases, &entries_.members}) put_in_order(*family);
    return std::move(entries_);
  }

private:
  FacetDictionary& names(EntityKind kind) { return *dictionaries_[index_of(kind)]; }

  std::uint32_t number(const NameView& name, std::string_view text) {
    FacetDictionary& dictionary = names(name.kind);
    const std::uint32_t known = dictionary.size();
    if (const std::uint32_t number = dictionary.find(name.key); number < known) return number;
    const std::uint32_t number = dictionary.add(text);
    if (number == known) added_(field_of(name.kind), number);
    return number;
  }

  void lead(const NameView& name, const NameView& canonical, std::uint32_t value) {
    add_lead(leads_, name, canonical);
    map(name, canonical.kind, value);
    if (name.kind != canonical.kind) map(name, name.kind, FacetMapping::k_nobody);
  }

  /// A name that articles no longer have may come back before the catalog is made anew.
  void map_again(const NameView& alias, const NameView& canonical) {
    if (alias.kind == canonical.kind)
      map(alias, canonical.kind, [&] { return names(canonical.kind).find(canonical.key); });
  }

  void map(const NameView& name, EntityKind to, std::uint32_t value) {
    map(name, to, [value] { return value; });
  }

  /// The dictionary has few of the names that no article has: their value is made only where it is needed.
  template <typename Value>
  requires std::is_invocable_v<Value>
  void map(const NameView& name, EntityKind to, Value&& value) {
    const std::uint32_t from = names(name.kind).find(name.key);
    if (from < names(name.kind).size()) mappings_[index_of(to)].canonical[index_of(name.kind)][from] = value();
  }

  void put(std::vector<CatalogEntry>& family, std::string_view prefix, const NameView& name, std::string_view text) {
    value_ = info(field_of(name.kind)).name;
    value_ += '/';
    value_ += name.key;
    put(family, fit_term(prefix, value_), text);
  }

  void put(std::vector<CatalogEntry>& family, std::string_view key, std::string_view text) {
    family.push_back({entries_.texts.keep(key), entries_.texts.keep(text)});
  }

  /// They are, as a rule: only forbidden names come first, and long names have digests in their keys. Of what has the
  /// same key the last stays.
  static void put_in_order(std::vector<CatalogEntry>& family) {
    if (!std::ranges::is_sorted(family, {}, &CatalogEntry::key))
      std::ranges::stable_sort(family, {}, &CatalogEntry::key);
    const auto repeated = std::unique(family.rbegin(), family.rend(),
                                      [](const CatalogEntry& a, const CatalogEntry& b) { return a.key == b.key; });
    family.erase(family.begin(), repeated.base());
  }

  const std::function<void(Field, std::uint32_t)>& added_;
  std::array<FacetDictionary*, k_entity_kinds.size()> dictionaries_{};
  std::array<FacetMapping, k_entity_kinds.size()> mappings_;
  std::vector<Lead> leads_; // name -> canonical name
  std::string value_;       // of the key being made
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
  for (const NameView& name : joined.nobody) collector.add_nobody(name);
  return collector.take();
}

std::string catalog_version(const std::string& names) { return fmt::format("{} {}", k_joining_version, names); }

} // namespace pfind::indexer
