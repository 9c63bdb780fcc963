#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "common/entity/catalog.hpp"
#include "common/entity/entity.hpp"
#include "indexer/recognizer/text_reading.hpp"

namespace pfind::indexer {

/// How much speaks for each kind of entity, and for a name being none of them (the last).
using KindVotes = std::array<double, k_entity_kinds.size() + 1>;

/// The mentions of an article that are one name, and later one entity.
struct NameGroup {
  std::vector<std::uint64_t> words;                 ///< keys of the name's words, legal suffix aside
  std::map<std::string, std::uint32_t> form_counts; ///< mentions by form as written, legal suffix included
  const CatalogEntity* entity = nullptr;            ///< of the lists, where it is one
  EntityKind listed_kind{};                         ///< of `entity`
  bool clear = false;                               ///< a list has it without doubt, and the context agrees
  bool proven = false;                              ///< as listed, by its context
  bool suffixed = false;                            ///< stands with a legal suffix somewhere
  bool head_alone = false;                          ///< one word such as `Commission`
  KindVotes votes{};
  std::uint32_t mentions = 0; ///< 0: was joined to another
  std::uint32_t first = 0;    ///< which mention of the article came first

  /// The kind that most speaks for; nothing where most speaks against its being an entity.
  std::optional<EntityKind> kind() const;

  /// How far a kind is ahead of all others and of being no entity, per mention.
  double confidence(EntityKind kind) const;

  /// Company or organization.
  bool is_firm() const;
};

/// Gathers mentions into the entities of one article: equal names first, then what stands for the same thing, then
/// decides what kind each is, or that it is none. One name has one sense in an article (Gale, Church and Yarowsky, "One
/// sense per discourse", 1992).
class NameGroups {
public:
  /// `surnames`: see TextReading; as the name of anything else such a word proves little.
  NameGroups(const Catalog& catalog, std::unordered_set<std::uint64_t> surnames)
      : catalog_(catalog), surnames_(std::move(surnames)) {}

  void add(const TextReading& reading);

  /// The entities, most mentioned first.
  ArticleEntities take();

private:
  std::string form_of(const TextReading& reading, const NameMention& mention) const;
  NameGroup& group_of(const TextReading& reading, const NameMention& mention);
  void add_mention(const TextReading& reading, const NameMention& mention);
  void look_up();

  const Catalog& catalog_;
  std::unordered_set<std::uint64_t> surnames_;
  std::vector<NameGroup> groups_;
  std::map<std::vector<std::uint64_t>, std::size_t> by_words_;
  std::uint32_t mentions_ = 0;
};

} // namespace pfind::indexer
