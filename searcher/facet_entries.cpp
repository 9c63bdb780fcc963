#include "searcher/facet_entries.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "searcher/entity_names.hpp"

namespace pfind::searcher {

FacetEntries::FacetEntries(Snapshot& index, Field field)
    : index_(index), field_(field), kind_(entity_kind(info(field).name)),
      is_period_(info(field).use == FieldUse::period), is_one_(index.shards().size() == 1) {
  for (const EntityKind from : k_entity_kinds) {
    const bool is_source = kind_ && (from == *kind_ || std::ranges::any_of(index.shards(), [&](Shard& shard) {
                                       return !shard.mapping(*kind_).canonical[static_cast<std::size_t>(from)].empty();
                                     }));
    if (is_source) sources_.push_back(field_of(from));
  }
  if (!kind_) sources_ = {field};
  if (is_period_) return;
  if (is_one_) numbered_ = index.shards().front().numbers(field);
  for (Shard& shard : index.shards()) {
    auto& of_shard = tables_.emplace_back();
    for (const Field source : sources_) of_shard.emplace_back(shard.numbers(source), k_unasked);
  }
}

const FacetColumn* FacetEntries::of_articles(std::size_t shard) {
  articles_.resize(index_.shards().size());
  Articles& articles = articles_[shard];
  if (std::exchange(articles.were_asked_for, true) && !articles.entries) articles.entries = entries_of_articles(shard);
  return articles.entries ? &*articles.entries : nullptr;
}

FacetColumn FacetEntries::entries_of_articles(std::size_t shard) {
  std::vector<const FacetColumn*> columns;
  for (const Field source : sources_) columns.push_back(&index_.shards()[shard].column(source));
  const Xapian::docid end = std::ranges::max(columns, {}, &FacetColumn::end)->end();
  FacetColumn entries;
  std::vector<std::uint32_t> of_article;
  for (Xapian::docid article = 1; article < end; ++article) {
    of_article.clear();
    for (std::size_t source = 0; source < columns.size(); ++source) {
      for (const std::uint32_t value : columns[source]->values(article)) {
        std::uint32_t entry = is_period_ ? value : tables_[shard][source][value];
        if (entry == k_unasked) entry = ask(shard, source, value);
        if (entry != k_nobody) of_article.push_back(entry);
      }
    }
    std::ranges::sort(of_article);
    of_article.erase(std::ranges::unique(of_article).begin(), of_article.end());
    entries.add_article(of_article);
  }
  return entries;
}

std::uint32_t FacetEntries::find(std::size_t shard_number, Field source, std::uint32_t value) {
  Shard& shard = index_.shards()[shard_number];
  if (kind_) return find_entity(shard, source, value);
  return is_one_ ? value : entry_of(facet_key(shard.name(field_, value)));
}

std::uint32_t FacetEntries::find_entity(Shard& shard, Field source, std::uint32_t value) {
  const EntityKind from = entity_kind(info(source).name).value();
  // One catalog says it in numbers; several, or one that is older than the value, in names.
  if (is_one_ && value < shard.mapping(from).known) {
    const std::uint32_t canonical = shard.mapping(*kind_).of(from, *kind_, value);
    if (canonical == FacetMapping::k_nobody) return k_nobody;
    if (canonical >= numbered_) throw codec::DecodeError();
    return canonical;
  }
  const auto canonical = canonical_name({from, facet_key(shard.name(source, value))}, index_);
  return canonical && canonical->kind == *kind_ ? entry_of(canonical->key) : k_nobody;
}

std::uint32_t FacetEntries::entry_of(const std::string& key) {
  if (is_one_) {
    const FacetDictionary& names = index_.shards().front().dictionary(field_);
    if (const std::uint32_t number = names.find(key); number < names.size()) return number;
  }
  const auto [place, is_new] = entries_.try_emplace(key, numbered_ + static_cast<std::uint32_t>(keys_.size()));
  if (is_new) keys_.push_back(key);
  return place->second;
}

std::string FacetEntries::name(std::uint32_t entry) {
  if (field_ == Field::year) return fmt::format("{:04}", entry);
  if (field_ == Field::month) return fmt::format("{:04}-{:02}", entry / 100, entry % 100);
  return entry < numbered_ ? name_of_number(entry) : name_of_key(keys_[entry - numbered_]);
}

std::string FacetEntries::name_of_number(std::uint32_t number) {
  Shard& shard = index_.shards().front();
  if (kind_) {
    const auto& displayed = shard.mapping(*kind_).names;
    if (const auto other = displayed.find(number); other != displayed.end()) return other->second;
  }
  return shard.name(field_, number);
}

std::string FacetEntries::name_of_key(const std::string& key) {
  if (kind_) return display_name({*kind_, key}, index_);
  for (Shard& shard : index_.shards()) {
    const FacetDictionary& names = shard.dictionary(field_);
    if (const std::uint32_t number = names.find(key); number < names.size()) return names.name(number);
  }
  return key;
}

} // namespace pfind::searcher
