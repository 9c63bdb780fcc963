#include "corpus/names/shipped.hpp"

#include <array>
#include <iterator>

// NOLINTBEGIN(readability-identifier-naming): symbols of the embedded files, named after these
extern "C" {
extern const char pfind_companies[], pfind_companies_end[];
extern const char pfind_organizations[], pfind_organizations_end[];
extern const char pfind_people[], pfind_people_end[];
extern const char pfind_places[], pfind_places_end[];
extern const char pfind_technologies[], pfind_technologies_end[];
extern const char pfind_given_names[], pfind_given_names_end[];
extern const char pfind_family_names[], pfind_family_names_end[];
extern const char pfind_demonyms[], pfind_demonyms_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace pfind::corpus {

std::string_view shipped_names(EntityKind kind) {
  switch (kind) {
  case EntityKind::company: return {pfind_companies, pfind_companies_end};
  case EntityKind::organization: return {pfind_organizations, pfind_organizations_end};
  case EntityKind::person: return {pfind_people, pfind_people_end};
  case EntityKind::place: return {pfind_places, pfind_places_end};
  case EntityKind::technology: return {pfind_technologies, pfind_technologies_end};
  }
  return {};
}

const std::vector<NamesEntry>& shipped_entries() {
  static const std::vector<NamesEntry> shipped = [] {
    std::vector<NamesEntry> all;
    for (const EntityKind kind : k_entity_kinds) {
      std::vector<NamesEntry> entries = parse_names(shipped_names(kind), "shipped names");
      all.insert(all.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    }
    return all;
  }();
  return shipped;
}

std::string_view given_names() { return {pfind_given_names, pfind_given_names_end}; }

std::string_view family_names() { return {pfind_family_names, pfind_family_names_end}; }

std::string_view demonyms() { return {pfind_demonyms, pfind_demonyms_end}; }

} // namespace pfind::corpus
