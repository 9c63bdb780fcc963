#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "searcher/index.hpp"

namespace pfind::searcher {

/// What the values of one facet are counted as, numbered for all shards together: an entity under its canonical name,
/// a value of another facet under its key, a period. Of one index the numbers are those of its dictionary, so that
/// nothing but what is shown needs a name; of several, names bring the values together. What was found out is kept, as
/// long as the snapshot.
class FacetEntries {
public:
  static constexpr std::uint32_t k_nobody = UINT32_MAX;      ///< no value of this facet
  static constexpr std::uint32_t k_unasked = UINT32_MAX - 1; ///< not known yet

  /// `index` must outlive the entries.
  FacetEntries(Snapshot& index, Field field);

  /// The fields whose values may count: a user may say that a company is an organization.
  const std::vector<Field>& sources() const { return sources_; }

  /// The entries of the values of field sources()[source] in a shard as far as they are known, k_unasked for others.
  /// Empty for periods, which are their own entries. Valid as long as this object.
  std::span<const std::uint32_t> known(std::size_t shard, std::size_t source) const {
    return is_period_ ? std::span<const std::uint32_t>() : tables_[shard][source];
  }

  /// The entry of a value that is not known yet, or k_nobody; it is known from then on. Throws codec::DecodeError.
  std::uint32_t ask(std::size_t shard, std::size_t source, std::uint32_t value) {
    return tables_[shard][source][value] = find(shard, sources_[source], value);
  }

  /// The entries of every article of a shard, each once, where they are worth finding out: from the second time on that
  /// they are asked for. Null before. Throws codec::DecodeError.
  const FacetColumn* of_articles(std::size_t shard);

  /// The entry as displayed.
  std::string name(std::uint32_t entry);

private:
  /// What is remembered of the articles of a shard.
  struct Articles {
    bool were_asked_for = false;
    std::optional<FacetColumn> entries;
  };

  FacetColumn entries_of_articles(std::size_t shard);
  std::uint32_t find(std::size_t shard, Field source, std::uint32_t value);
  std::uint32_t find_entity(Shard& shard, Field source, std::uint32_t value);
  std::uint32_t entry_of(const std::string& key);
  std::string name_of_number(std::uint32_t number);
  std::string name_of_key(const std::string& key);

  Snapshot& index_;
  Field field_;
  std::optional<EntityKind> kind_; // of the entities that are its values
  bool is_period_;
  bool is_one_;                // index, so that entries are numbers of its dictionary up to numbered_
  std::uint32_t numbered_ = 0; // from here on entries are of keys_
  std::vector<Field> sources_;
  std::vector<std::vector<std::vector<std::uint32_t>>> tables_; // by shard, source and value
  std::vector<Articles> articles_;                              // by shard
  std::vector<std::string> keys_;
  std::unordered_map<std::string, std::uint32_t> entries_; // of keys_
};

} // namespace pfind::searcher
