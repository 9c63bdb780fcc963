#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/entity/catalog.hpp"
#include "common/text_pool.hpp"

namespace pfind {

/// Changes whenever the same names could be joined in another way: then the catalog of an index is made anew.
inline constexpr int k_joining_version = 2;

/// A form of a name and the number of articles that use it.
struct UsedForm {
  std::string text;
  std::uint32_t articles = 0;
};

/// A name that articles are indexed under, with what the collection says of it.
struct UsedName {
  std::string key;               ///< facet_key
  std::uint32_t articles = 0;    ///< that are indexed under it
  std::vector<UsedForm> forms{}; ///< that these articles use, but for plain_writing(key)
};

/// The names of a collection by kind, each kind in the order of the keys.
using UsedNames = std::array<std::vector<UsedName>, k_entity_kinds.size()>;

/// A name of some kind, by its key.
struct NameKey {
  EntityKind kind{};
  std::string key;

  auto operator<=>(const NameKey&) const = default;
};

/// Likewise, of a key that is kept elsewhere.
struct NameView {
  EntityKind kind{};
  std::string_view key;

  auto operator<=>(const NameView&) const = default;
};

/// The first bytes of a key as a number: keys whose starts differ are in the order of these.
constexpr std::uint64_t sort_start(std::string_view key) {
  std::uint64_t start = 0;
  for (std::size_t i = 0; i < sizeof start; ++i)
    start = start << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  return start;
}

/// What one name or several mean.
struct JoinedEntity {
  NameView canonical;
  std::string_view name;             ///< as displayed
  std::span<const NameView> members; ///< the names used for it, canonical or not, in order
};

/// Which names of a collection mean the same. It points into the UsedNames and what it keeps itself: a collection has
/// so many names that copying each would take longer than joining them.
struct JoinedNames {
  std::vector<JoinedEntity> entities;                 ///< in the order of their first members
  std::vector<NameView> nobody;                       ///< names used that the user forbids
  std::vector<std::pair<NameView, NameView>> aliases; ///< what nobody is indexed under -> a canonical name; in order

  TextPool texts;                                          ///< what is pointed at
  std::array<TextPool, k_entity_kinds.size()> key_texts{}; ///< likewise
  std::deque<std::vector<NameView>> members{};             ///< likewise
};

/// Joins what means one entity, rather too little than too much. Names of one kind mean the same where `listed` says so
/// or, unless the user's entries speak of one of them, where
///   - they differ by legal suffixes, case and punctuation;
///   - they are a person's two names in both orders, one of them a family name that comes first where it is from;
///   - one is an acronym that articles introduce for the other, and for hardly anything else;
///   - one is a shorter form that articles use for the other, and no other name that it could be short for is in use.
/// Distinct listed entities are never joined, nor are kinds but by the user. The canonical name is the listed one, else
/// the most used. A function of its arguments alone; `used` must live as long as what it returns.
JoinedNames join_names(const UsedNames& used, const Catalog& listed);

} // namespace pfind
