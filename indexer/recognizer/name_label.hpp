#pragma once

#include <cstddef>
#include <cstdint>

namespace pfind::indexer {

/// The kinds of names that the statistical model tells apart; `other` are products, works, events, peoples: names that
/// no facet holds, known so that they are not taken for one that it does.
enum class NameKind : std::uint8_t { company, organization, person, place, other };

inline constexpr std::size_t k_name_kinds = 5;

/// The label of a word in a sequence (BIO scheme): outside of names, at the beginning of one, or inside.
using NameLabel = std::uint8_t;

inline constexpr NameLabel k_outside = 0;
inline constexpr std::size_t k_name_labels = 1 + 2 * k_name_kinds;

constexpr NameLabel begin_of(NameKind kind) { return static_cast<NameLabel>(1 + 2 * static_cast<unsigned>(kind)); }
constexpr NameLabel inside_of(NameKind kind) { return static_cast<NameLabel>(2 + 2 * static_cast<unsigned>(kind)); }
constexpr bool is_begin(NameLabel label) { return label % 2 == 1; }
constexpr bool is_inside(NameLabel label) { return label != k_outside && label % 2 == 0; }

/// The kind of a label that is not `k_outside`.
constexpr NameKind kind_of(NameLabel label) { return static_cast<NameKind>((label - 1) / 2); }

/// Whether `next` may follow `previous`: the inside of a name follows its beginning or inside.
constexpr bool may_follow(NameLabel previous, NameLabel next) {
  return !is_inside(next) || (previous != k_outside && kind_of(previous) == kind_of(next));
}

} // namespace pfind::indexer
