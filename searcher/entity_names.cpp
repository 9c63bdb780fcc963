#include "searcher/entity_names.hpp"

#include <algorithm>
#include <deque>
#include <fmt/format.h>

#include "common/facet_mapping.hpp"
#include "common/index_files.hpp"

namespace pfind::searcher {
namespace {

std::string entry_key(std::string_view family, const NameKey& name) {
  return fit_term(family, fmt::format("{}/{}", info(field_of(name.kind)).name, name.key));
}

std::string term_of(const NameKey& name) { return term_for(field_of(name.kind), name.key); }

template <typename Value>
void add_once(std::vector<Value>& values, Value value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
}

/// The one name that the catalog of a shard says this one stands for. `is_nobody` is set where one says nobody.
std::optional<NameKey> next_name(const NameKey& name, const Snapshot& index, bool& is_nobody) {
  for (const std::string& text : index.metadata(entry_key(metadata::k_alias, name))) {
    std::vector<NameKey> names = decode_name_refs(text, name.kind);
    is_nobody = names.empty();
    if (is_nobody) return std::nullopt;
    if (names.size() == 1) return std::move(names.front());
  }
  return std::nullopt;
}

} // namespace

std::optional<NameKey> canonical_name(NameKey name, const Snapshot& index) {
  std::vector<NameKey> path{std::move(name)};
  for (;;) {
    bool is_nobody = false;
    std::optional<NameKey> next = next_name(path.back(), index, is_nobody);
    if (is_nobody) return std::nullopt;
    if (!next) return path.back();
    // Two catalogs may disagree which of two names is the better; then the first in order is.
    const auto met = std::ranges::find(path, *next);
    if (met != path.end()) return *std::min_element(met, path.end());
    path.push_back(std::move(*next));
  }
}

std::vector<NameKey> entities_named(EntityKind kind, const std::string& key, Snapshot& index) {
  std::vector<NameKey> entities;
  if (key.empty()) return entities;
  const NameKey name{kind, key};
  const std::vector<std::string>& meanings = index.metadata(entry_key(metadata::k_alias, name));
  if (meanings.empty()) return {name}; // what most words of queries are
  auto canonical = canonical_name(name, index);
  if (!canonical) return entities;
  if (*canonical != name || !entity_terms(name, index).empty()) return {std::move(*canonical)};
  for (const std::string& text : meanings) {
    for (const NameKey& meant : decode_name_refs(text, kind)) {
      if (auto entity = canonical_name(meant, index)) add_once(entities, std::move(*entity));
    }
  }
  return entities;
}

void remember_names(std::vector<std::string> keys, Snapshot& index) {
  std::ranges::sort(keys);
  for (const std::string_view family : {metadata::k_alias, metadata::k_member}) {
    for (const EntityKind kind : k_entity_kinds) {
      for (const std::string& key : keys) index.metadata(entry_key(family, {kind, key}));
    }
  }
  for (const EntityKind kind : k_entity_kinds) {
    for (const std::string& key : keys) index.statistics().of(term_of({kind, key}));
  }
}

std::vector<NameKey> names_leading_to(const NameKey& canonical, const Snapshot& index) {
  std::vector<NameKey> names{canonical};
  for (std::size_t i = 0; i < names.size(); ++i) { // grows
    for (const std::string& text : index.metadata(entry_key(metadata::k_member, names[i]))) {
      for (NameKey& member : decode_name_refs(text, names[i].kind)) {
        if (canonical_name(member, index) == canonical) add_once(names, std::move(member));
      }
    }
  }
  return names;
}

std::vector<std::string> entity_terms(const NameKey& canonical, Snapshot& index) {
  std::vector<std::string> terms;
  for (const NameKey& name : names_leading_to(canonical, index)) {
    if (std::string term = term_of(name); index.statistics().of(term).articles > 0) terms.push_back(std::move(term));
  }
  return terms;
}

std::string display_name(const NameKey& canonical, Snapshot& index) {
  for (Shard& shard : index.shards()) {
    const FacetDictionary& names = shard.dictionary(field_of(canonical.kind));
    const std::uint32_t number = names.find(canonical.key);
    if (number == names.size()) continue;
    const auto& displayed = shard.mapping(canonical.kind).names;
    const auto other = displayed.find(number);
    return other != displayed.end() ? other->second : names.name(number);
  }
  return canonical.key; // of a name too long for a term
}

namespace {

/// Names the values of one article.
class ArticleNames {
public:
  ArticleNames(Shard& shard, Snapshot& index) : shard_(shard), index_(index) {}

  void add(EntityKind kind, std::uint32_t number) {
    // One catalog says it in numbers; several, or one that is older than the value, in names.
    if (index_.shards().size() == 1 && number < shard_.mapping(kind).known) return add_known(kind, number);
    const auto canonical = canonical_name({kind, facet_key(shard_.name(field_of(kind), number))}, index_);
    if (canonical) put(canonical->kind, display_name(*canonical, index_));
  }

  EntitySets take() { return std::move(names_); }

private:
  void add_known(EntityKind from, std::uint32_t number) {
    for (const EntityKind kind : k_entity_kinds) {
      const FacetMapping& mapping = shard_.mapping(kind);
      const std::uint32_t value = mapping.of(from, kind, number);
      if (value == FacetMapping::k_nobody) continue;
      const auto other = mapping.names.find(value);
      put(kind, other != mapping.names.end() ? other->second : shard_.name(field_of(kind), value));
    }
  }

  void put(EntityKind kind, const std::string& name) { add_once(names_[static_cast<std::size_t>(kind)], name); }

  Shard& shard_;
  Snapshot& index_;
  EntitySets names_;
};

} // namespace

EntitySets entities_of(Xapian::docid article, Snapshot& index) {
  ArticleNames names(index.shard_of(article), index);
  for (const EntityKind kind : k_entity_kinds) {
    std::vector<std::uint32_t> numbers;
    codec::decode_numbers(index.database().value(article, info(field_of(kind)).slot), numbers);
    for (const std::uint32_t number : numbers) names.add(kind, number);
  }
  return names.take();
}

bool has_moved_values(EntityKind kind, Snapshot& index) {
  return std::ranges::any_of(index.shards(), [&](Shard& shard) {
    const FacetMapping& mapping = shard.mapping(kind);
    const auto comes_from = [&](EntityKind other) {
      return other != kind && !mapping.canonical[static_cast<std::size_t>(other)].empty();
    };
    return mapping.hides_values(kind) || std::ranges::any_of(k_entity_kinds, comes_from);
  });
}

} // namespace pfind::searcher
