#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/entity/entity.hpp"

namespace pfind {

/// Changes whenever an index made before could not be read by this program; see docs/ARCHITECTURE.md for the history.
inline constexpr int k_schema_version = 7;

/// Every field an article has in the index.
enum class Field : std::uint8_t {
  body,
  title,
  acronym, ///< capitals-only words as written, beside their folded form
  company,
  organization,
  person,
  place,
  technology,
  outlet,
  author,
  language,
  year,
  month,
  day,
  date,
  location, ///< identity: where the article is
  file,     ///< the file it came from
  url,
  digest,  ///< of the article's content
  forward, ///< the words of the article in their order: see ForwardText
  form,    ///< how the article writes the names of its entities: see NameForm
  same,    ///< what copies of one article have in common
  copies   ///< where else the article was met: see Appearance
};

/// What is indexed for a field.
enum class FieldUse : std::uint8_t {
  text,   ///< words with positions
  facet,  ///< a filter term per value, and the values' numbers in a value slot: filtered, counted and listed
  period, ///< a filter term derived from the date (year, month, day); year and month are counted as facets
  date,   ///< sortable value; queried as a range of periods
  id,     ///< one boolean term, looked up
  form,   ///< boolean terms that count in how many articles a name is written so
  key,    ///< boolean terms by which the indexer finds what belongs together
  stored  ///< a value slot only
};

inline constexpr std::uint32_t k_no_slot = UINT32_MAX;

/// One row of the table that indexing, searching and the manual pages read; nothing else knows a prefix, a slot or a
/// field's name.
struct FieldInfo {
  Field field;
  std::string_view name;       ///< in queries, options and JSON
  std::string_view other_name; ///< also understood in queries; may be empty
  FieldUse use;
  std::string_view prefix; ///< of the field's terms (Xapian's convention: capitals)
  std::uint32_t slot;      ///< value slot, or k_no_slot
  std::string_view help;   ///< one line for manuals and completions
};

/// The table, in the order of `Field`.
std::span<const FieldInfo> fields();

/// The row of `field`.
const FieldInfo& info(Field field);

/// The queryable field with that name or other name, letters' case aside.
std::optional<Field> field_named(std::string_view name);

/// The field whose facet holds entities of that kind.
Field field_of(EntityKind kind);

/// `prefix` and `value` as one Xapian term or metadata key; what is longer than these may be (245 bytes) is cut and
/// completed with the value's digest, so that different values stay different.
std::string fit_term(std::string_view prefix, std::string_view value);

/// The filter or identity term of a field for an already normalised value.
std::string term_for(Field field, std::string_view value);

/// One way in which articles write the name of an entity.
struct NameForm {
  EntityKind kind{};
  std::string key;  ///< facet_key of the name that the article is indexed under
  std::string text; ///< as written
};

/// The prefix of the terms of all forms of one name; nothing where the name is too long for them.
std::optional<std::string> form_prefix(EntityKind kind, std::string_view key);

/// The term of a form; nothing where it is too long for one, or nothing but the name as `plain_writing` has it.
std::optional<std::string> form_term(const NameForm& form);

/// The inverse of `form_term`; nothing for another term.
std::optional<NameForm> form_of_term(std::string_view term);

/// A name as most are written, from its key: every word with a capital. Such a form has no term.
std::string plain_writing(std::string_view key);

/// How a facet value is compared: folded (case, width, diacritics), punctuation and runs of white space as one space,
/// "&" kept. `Procter & Gamble` -> `procter & gamble`.
std::string facet_key(std::string_view value);

} // namespace pfind
