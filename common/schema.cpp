#include "common/schema.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <xxhash.h>

#include "common/entity/plain_key.hpp"
#include "common/text/fold.hpp"

namespace pfind {
namespace {

constexpr std::array k_fields{
    FieldInfo{Field::body, "body", "text", FieldUse::text, "", k_no_slot, "words of the article's text and headline"},
    FieldInfo{Field::title, "title", "headline", FieldUse::text, "S", k_no_slot, "words of the headline"},
    FieldInfo{Field::acronym, "acronym", "", FieldUse::text, "R", k_no_slot, "words in capitals only"},
    FieldInfo{Field::company, "company", "", FieldUse::facet, "XCO", 2, "companies named in the article"},
    FieldInfo{Field::organization, "organization", "org", FieldUse::facet, "XOR", 3,
              "courts, agencies, standards bodies"},
    FieldInfo{Field::person, "person", "people", FieldUse::facet, "XPE", 4, "people named in the article"},
    FieldInfo{Field::place, "place", "", FieldUse::facet, "XPL", 5, "countries, regions and cities"},
    FieldInfo{Field::technology, "technology", "tech", FieldUse::facet, "XTE", 6, "technologies and standards"},
    FieldInfo{Field::outlet, "outlet", "source", FieldUse::facet, "XOU", 7, "who published the article"},
    FieldInfo{Field::author, "author", "by", FieldUse::facet, "A", 8, "who wrote the article"},
    FieldInfo{Field::language, "language", "lang", FieldUse::facet, "L", 9, "ISO 639-1 code of the language"},
    FieldInfo{Field::year, "year", "", FieldUse::period, "Y", 0, "year of publication, YYYY"},
    FieldInfo{Field::month, "month", "", FieldUse::period, "M", 0, "month of publication, YYYY-MM"},
    FieldInfo{Field::day, "day", "", FieldUse::period, "D", 0, "day of publication, YYYY-MM-DD"},
    FieldInfo{Field::date, "date", "", FieldUse::date, "", 0, "period of publication: 2023, 2023-09..2024-03, ..2019"},
    FieldInfo{Field::location, "location", "path", FieldUse::id, "Q", k_no_slot, "path of the article"},
    FieldInfo{Field::file, "file", "", FieldUse::id, "XF", k_no_slot, "path of the file that holds the article"},
    FieldInfo{Field::url, "url", "", FieldUse::id, "U", k_no_slot, "address of the article"},
    FieldInfo{Field::digest, "digest", "", FieldUse::stored, "", 1, "digest of the article's content"},
    FieldInfo{Field::forward, "forward", "", FieldUse::stored, "", 10,
              "words of the article as numbers, in their order"},
    FieldInfo{Field::form, "form", "", FieldUse::form, "XN", k_no_slot, "forms of the names that the article uses"},
    FieldInfo{Field::same, "same", "", FieldUse::key, "XK", k_no_slot, "what copies of the article have in common"},
    FieldInfo{Field::copies, "copies", "", FieldUse::stored, "", 11, "where else the article was met"},
};

static_assert(std::ranges::all_of(k_fields, [](const FieldInfo& f) { return &f == &k_fields[std::size_t(f.field)]; }),
              "the table must be in the order of Field");

constexpr std::size_t k_max_term_bytes = 245; // of a Xapian term in the glass backend

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// What Xapian counts: it stores a NUL byte as two.
std::size_t term_bytes(std::string_view term) {
  return term.size() + static_cast<std::size_t>(std::ranges::count(term, '\0'));
}

/// Whether `c` is a byte of a UTF-8 character other than its first.
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool is_queryable(const FieldInfo& f) {
  const bool is_internal = f.use == FieldUse::stored || f.use == FieldUse::form || f.use == FieldUse::key;
  return !is_internal && f.field != Field::acronym;
}

} // namespace

std::span<const FieldInfo> fields() { return k_fields; }

const FieldInfo& info(Field field) { return k_fields[static_cast<std::size_t>(field)]; }

std::optional<Field> field_named(std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (const FieldInfo& f : k_fields) {
    if (is_queryable(f) && (equal_ignoring_case(f.name, name) || equal_ignoring_case(f.other_name, name)))
      return f.field;
  }
  return std::nullopt;
}

Field field_of(EntityKind kind) {
  constexpr std::array by_kind{Field::company, Field::organization, Field::person, Field::place, Field::technology};
  return by_kind[static_cast<std::size_t>(kind)];
}

std::string fit_term(std::string_view prefix, std::string_view value) {
  std::string term{prefix};
  term += value;
  if (term_bytes(term) <= k_max_term_bytes) return term;
  const XXH128_hash_t digest = XXH3_128bits(value.data(), value.size());
  const std::string tail = fmt::format("#{:016x}{:016x}", digest.high64, digest.low64);
  std::size_t kept = std::min(k_max_term_bytes - tail.size(), term.size());
  while (term_bytes(std::string_view(term).substr(0, kept)) + tail.size() > k_max_term_bytes) --kept;
  // Never cut inside a character; what has more than three continuation bytes is no UTF-8 (a path may be any bytes).
  for (int i = 0; i < 3 && kept > prefix.size() && is_continuation(term[kept]); ++i) --kept;
  term.resize(kept);
  return term + tail;
}

std::string term_for(Field field, std::string_view value) { return fit_term(info(field).prefix, value); }

std::optional<std::string> form_prefix(EntityKind kind, std::string_view key) {
  // The tab ends the key, in which none can be: facet_key makes spaces of them.
  std::string prefix = fmt::format("{}{}{}\t", info(Field::form).prefix, info(field_of(kind)).prefix, key);
  return term_bytes(prefix) < k_max_term_bytes ? std::optional(std::move(prefix)) : std::nullopt;
}

std::optional<std::string> form_term(const NameForm& form) {
  std::optional<std::string> term = form_prefix(form.kind, form.key);
  if (!term || form.text == plain_writing(form.key)) return std::nullopt;
  *term += form.text;
  return term_bytes(*term) <= k_max_term_bytes ? term : std::nullopt;
}

std::optional<NameForm> form_of_term(std::string_view term) {
  const std::size_t tab = term.find('\t');
  if (!term.starts_with(info(Field::form).prefix) || tab == std::string_view::npos) return std::nullopt;
  const std::string_view head = term.substr(info(Field::form).prefix.size(), tab - info(Field::form).prefix.size());
  for (const EntityKind kind : k_entity_kinds) {
    const std::string_view prefix = info(field_of(kind)).prefix;
    if (head.starts_with(prefix))
      return NameForm{kind, std::string(head.substr(prefix.size())), std::string(term.substr(tab + 1))};
  }
  return std::nullopt;
}

std::string plain_writing(std::string_view key) {
  std::string text(key);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 0 || text[i - 1] == ' ') text[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
  }
  return text;
}

std::string facet_key(std::string_view value) {
  if (is_plain_key(value)) return std::string(value);
  const bool is_ascii = std::ranges::all_of(value, [](unsigned char c) { return c < 0x80; });
  std::string key, folded;
  if (!is_ascii) value = folded = text::fold(value);
  key.reserve(value.size());
  for (char c : value) {
    if (is_ascii && c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));  // what folding does to it
    const bool is_ascii_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); // of what is folded
    if (is_ascii_letter || static_cast<unsigned char>(c) >= 0x80 || c == '&' || c == '+' || c == '#') {
      key += c;
    } else if (c != '\'' && c != '.' && !key.empty() && key.back() != ' ') {
      key += ' ';
    }
  }
  while (!key.empty() && key.back() == ' ') key.pop_back();
  return key;
}

} // namespace pfind
