#include "common/entity/name_key.hpp"

#include <algorithm>
#include <array>

#include "common/entity/plain_key.hpp"
#include "common/schema.hpp"

namespace pfind {
namespace {

// Sorted. Legal forms of the countries that the field's news comes from, and the words companies drop like them.
constexpr auto k_legal_suffixes = std::to_array<std::string_view>(
    {"ab",     "ag",          "asa",  "berhad", "bhd",     "bv",       "co",  "companies",    "company",
     "corp",   "corporation", "gmbh", "group",  "holding", "holdings", "inc", "incorporated", "kabushiki",
     "kaisha", "kg",          "kgaa", "kk",     "limited", "llc",      "llp", "lp",           "ltd",
     "ltda",   "nv",          "oao",  "oy",     "oyj",     "plc",      "pte", "pty",          "pvt",
     "sa",     "sab",         "sarl", "sas",    "se",      "spa",      "srl", "tbk"});
static_assert(std::ranges::is_sorted(k_legal_suffixes));

struct Replacement {
  std::string_view from, to;
};

// Typographic punctuation that facet_key, which reads ASCII punctuation, would take for letters.
constexpr std::array k_replacements{Replacement{"\u2018", "'"}, Replacement{"\u2019", "'"}, Replacement{"\u02BC", "'"},
                                    Replacement{"\u2010", "-"}, Replacement{"\u2011", "-"}, Replacement{"\u2012", "-"},
                                    Replacement{"\u2013", "-"}, Replacement{"\u2014", "-"}, Replacement{"\u2015", "-"},
                                    Replacement{"\u2212", "-"}, Replacement{"\u00AD", ""},  Replacement{"\u00AE", ""},
                                    Replacement{"\u2122", ""},  Replacement{"\u00A0", " "}, Replacement{"&", " and "}};

std::string plain_punctuation(std::string_view name) {
  const auto is_plain = [](unsigned char c) { return c < 0x80 && c != '&'; };
  std::string plain;
  while (!name.empty()) {
    const auto end = std::ranges::find_if_not(name, is_plain);
    plain.append(name.begin(), end);
    name.remove_prefix(static_cast<std::size_t>(end - name.begin()));
    if (name.empty()) break;
    const auto* found = std::ranges::find_if(k_replacements, [&](const auto& r) { return name.starts_with(r.from); });
    if (found != k_replacements.end()) {
      plain += found->to;
      name.remove_prefix(found->from.size());
    } else {
      plain += name.front();
      name.remove_prefix(1);
    }
  }
  return plain;
}

bool drop_last_word_if(std::string_view& key, bool (*condition)(std::string_view)) {
  const std::size_t space = key.rfind(' ');
  if (space == std::string_view::npos || !condition(key.substr(space + 1))) return false;
  key = key.substr(0, space);
  return true;
}

void drop_legal_suffixes(std::string_view& key) {
  while (drop_last_word_if(key, is_legal_suffix)) {
    drop_last_word_if(key, [](std::string_view word) { return word == "and"; }); // of "& Co"
  }
}

/// What of a facet_key compares.
std::string_view significant_part(EntityKind kind, std::string_view key) {
  if (key.starts_with("the ")) key.remove_prefix(4);
  if (kind == EntityKind::company) drop_legal_suffixes(key);
  return key;
}

} // namespace

bool is_legal_suffix(std::string_view folded_word) { return std::ranges::binary_search(k_legal_suffixes, folded_word); }

std::span<const std::string_view> legal_suffixes() { return k_legal_suffixes; }

std::string spelling_key(std::string_view name) {
  return is_plain_key(name) ? std::string(name) : facet_key(plain_punctuation(name));
}

std::string name_key(EntityKind kind, std::string_view name) {
  std::string buffer;
  return std::string(name_key(kind, name, buffer));
}

std::string_view name_key(EntityKind kind, std::string_view name, std::string& buffer) {
  if (is_plain_key(name)) return significant_part(kind, name);
  std::string plain = plain_punctuation(name);
  if (plain.size() > 2 && (plain.ends_with("'s") || plain.ends_with("'S"))) plain.resize(plain.size() - 2);
  buffer = facet_key(plain);
  return significant_part(kind, buffer);
}

} // namespace pfind
