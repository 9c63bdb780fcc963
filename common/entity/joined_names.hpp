#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "common/entity/catalog.hpp"

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

/// What one name or several mean.
struct JoinedEntity {
  NameKey canonical;
  std::string name;             ///< as displayed
  std::vector<NameKey> members; ///< the names used for it, canonical or not, in order
};

/// Which names of a collection mean the same.
struct JoinedNames {
  std::vector<JoinedEntity> entities;               ///< in the order of their first members
  std::vector<NameKey> nobody;                      ///< names used that the user forbids
  std::vector<std::pair<NameKey, NameKey>> aliases; ///< what nobody is indexed under -> a canonical name; in order
};

/// Joins what means one entity, rather too little than too much. Names of one kind mean the same where `listed` says so
/// or, unless the user's entries speak of one of them, where
///   - they differ by legal suffixes, case and punctuation;
///   - they are a person's two names in both orders, one of them a family name that comes first where it is from;
///   - one is an acronym that articles introduce for the other, and for hardly anything else;
///   - one is a shorter form that articles use for the other, and no other name that it could be short for is in use.
/// Distinct listed entities are never joined, nor are kinds but by the user. The canonical name is the listed one, else
/// the most used. A function of its arguments alone.
JoinedNames join_names(const UsedNames& used, const Catalog& listed);

} // namespace pfind
