#include "searcher/facets.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "searcher/entity_names.hpp"

namespace pfind::searcher {
namespace {

/// A facet's value as displayed: the name, or `2024`, `2024-03` for the numbers of periods.
std::string display_value(Field field, std::uint32_t number, Shard& shard) {
  switch (field) {
  case Field::year: return fmt::format("{:04}", number);
  case Field::month: return fmt::format("{:04}-{:02}", number / 100, number % 100);
  default: return shard.dictionary(field).name(number);
  }
}

using CountsByKey = std::unordered_map<std::string, FacetCount>;

/// Shards number their values apart; names bring them together, under the key that the filter uses.
CountsByKey count_values(Snapshot& index, const ArticleSet& articles, Field facet) {
  CountsByKey by_key;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    Shard& shard = index.shards()[i];
    const FacetColumn& column = shard.column(facet);
    std::unordered_map<std::uint32_t, std::uint64_t> by_number;
    for (const Xapian::docid article : articles[i]) {
      for (const std::uint32_t value : column.values(article)) ++by_number[value];
    }
    for (const auto& [number, count] : by_number) {
      const std::string value = display_value(facet, number, shard);
      by_key.try_emplace(facet_key(value), FacetCount{value, 0}).first->second.count += count;
    }
  }
  return by_key;
}

/// Counts entities of one kind under their canonical names.
class EntityCounter {
public:
  EntityCounter(Snapshot& index, EntityKind kind) : index_(index), kind_(kind) {
    for (const EntityKind from : k_entity_kinds) {
      const bool is_source = from == kind || std::ranges::any_of(index.shards(), [&](Shard& shard) {
                               return !shard.mapping(kind).canonical[static_cast<std::size_t>(from)].empty();
                             });
      if (is_source) sources_.push_back(from);
    }
  }

  void count(Shard& shard, const std::vector<Xapian::docid>& articles) {
    std::vector<Source> sources;
    for (const EntityKind from : sources_) {
      const Field field = field_of(from);
      sources.push_back({from, &shard.column(field), std::vector(shard.dictionary(field).size(), k_unasked)});
    }
    std::vector<std::uint32_t> entities;
    for (const Xapian::docid article : articles) {
      entities.clear();
      for (Source& source : sources) {
        for (const std::uint32_t value : source.column->values(article)) {
          std::uint32_t& entity = source.entities[value];
          if (entity == k_unasked) entity = entity_of(source.kind, value, shard);
          if (entity != k_nobody) entities.push_back(entity);
        }
      }
      count_once(entities);
    }
  }

  CountsByKey take() && {
    CountsByKey by_key;
    for (FacetCount& counted : counts_) {
      if (counted.count == 0) continue;
      std::string key = facet_key(counted.value);
      by_key.try_emplace(std::move(key), std::move(counted));
    }
    return by_key;
  }

private:
  static constexpr std::uint32_t k_nobody = UINT32_MAX;
  static constexpr std::uint32_t k_unasked = UINT32_MAX - 1;

  /// Values of one kind and which entities they stand for, as far as was asked.
  struct Source {
    EntityKind kind;
    const FacetColumn* column;
    std::vector<std::uint32_t> entities;
  };

  void count_once(std::vector<std::uint32_t>& entities) {
    if (entities.size() > 1) {
      std::ranges::sort(entities);
      entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
    }
    for (const std::uint32_t entity : entities) ++counts_[entity].count;
  }

  std::uint32_t entity_of(EntityKind from, std::uint32_t value, Shard& shard) {
    const FacetDictionary& names = shard.dictionary(field_of(kind_));
    if (index_.shards().size() == 1 && value < shard.mapping(from).known) {
      const std::uint32_t canonical = shard.mapping(kind_).of(from, kind_, value);
      if (canonical == FacetMapping::k_nobody) return k_nobody;
      return entity(facet_key(names.name(canonical)));
    }
    const auto canonical = canonical_name({from, facet_key(shard.name(field_of(from), value))}, index_);
    return canonical && canonical->kind == kind_ ? entity(canonical->key) : k_nobody;
  }

  std::uint32_t entity(const std::string& key) {
    const auto [it, is_new] = entities_.try_emplace(key, static_cast<std::uint32_t>(counts_.size()));
    if (is_new) counts_.push_back({display_name({kind_, key}, index_), 0});
    return it->second;
  }

  Snapshot& index_;
  EntityKind kind_;
  std::vector<EntityKind> sources_;                         // whose values may be of this kind
  std::unordered_map<std::string, std::uint32_t> entities_; // canonical key -> into counts_
  std::vector<FacetCount> counts_;
};

CountsByKey count_entities(Snapshot& index, const ArticleSet& articles, EntityKind kind) {
  EntityCounter counter(index, kind);
  for (std::size_t i = 0; i < articles.size(); ++i) counter.count(index.shards()[i], articles[i]);
  return std::move(counter).take();
}

} // namespace

FacetCounts count_facet(Snapshot& index, const ArticleSet& articles, Field facet, std::size_t limit) {
  const auto kind = entity_kind(info(facet).name);
  CountsByKey by_key = kind ? count_entities(index, articles, *kind) : count_values(index, articles, facet);
  FacetCounts counts{.field = facet, .distinct = by_key.size()};
  for (auto& [key, counted] : by_key) counts.values.push_back(std::move(counted));
  const auto more_frequent = [](const FacetCount& a, const FacetCount& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  };
  const auto kept = counts.values.begin() + static_cast<std::ptrdiff_t>(std::min(limit, counts.values.size()));
  std::partial_sort(counts.values.begin(), kept, counts.values.end(), more_frequent);
  counts.values.erase(kept, counts.values.end());
  return counts;
}

} // namespace pfind::searcher
