#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/entity/entity.hpp"
#include "common/entity/joined_names.hpp"

namespace pfind {

/// What the catalog makes of the values of one entity facet: values as articles have them -> the canonical ones, which
/// are values of the same FacetDictionary. Those not mentioned stand for themselves.
struct FacetMapping {
  static constexpr std::uint32_t k_nobody = UINT32_MAX; ///< not a value of this facet

  /// By the kind whose articles' values they are (a user may say that a company is an organization): value -> canonical
  /// value of this facet, or k_nobody.
  std::array<std::unordered_map<std::uint32_t, std::uint32_t>, k_entity_kinds.size()> canonical;
  std::unordered_map<std::uint32_t, std::string> names; ///< how values are displayed, where not as in the dictionary
  std::uint32_t known = 0; ///< values from here on came after the catalog was made: only its names tell of them

  bool operator==(const FacetMapping&) const = default;

  /// What the value of an article of kind `from` is in the facet of kind `to`.
  std::uint32_t of(EntityKind from, EntityKind to, std::uint32_t value) const;

  /// Whether some value of the facet's own kind is none.
  bool hides_values(EntityKind own) const;
};

/// For the index's metadata; empty where nothing is mapped.
std::string encode(const FacetMapping& mapping);

/// The inverse. Throws codec::DecodeError.
FacetMapping decode_facet_mapping(std::string_view stored);

/// What a metadata entry below `alias/` or `member/` of a kind holds: names, of other kinds with the kind before them.
/// An alias may hold none, which says that nobody bears the name.
std::string encode_name_refs(std::span<const NameView> names, EntityKind own);

/// The inverse, for the text of an entry that exists. `own` is the kind of the entry.
std::vector<NameKey> decode_name_refs(std::string_view stored, EntityKind own);

} // namespace pfind
