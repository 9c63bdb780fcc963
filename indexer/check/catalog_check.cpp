#include "indexer/check/catalog_check.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/facet_dictionary.hpp"
#include "common/index_files.hpp"
#include "indexer/catalog_entries.hpp"

namespace pfind::indexer {
namespace {

/// Whether these are all that there is below a metadata key.
bool has_entries(const Xapian::Database& all, std::string_view family, const std::vector<CatalogEntry>& expected) {
  const std::string prefix{family};
  auto entry = expected.begin();
  for (auto key = all.metadata_keys_begin(prefix); key != all.metadata_keys_end(prefix); ++key, ++entry) {
    if (entry == expected.end() || *key != entry->key || all.get_metadata(*key) != entry->text) return false;
  }
  return entry == expected.end();
}

} // namespace

bool has_catalog_of(const Xapian::Database& all, const Names& names) {
  if (all.get_metadata(std::string(metadata::k_catalog)) != catalog_version(names.digest)) return true;
  std::map<Field, FacetDictionary> dictionaries;
  bool is_complete = true;
  const UsedNames used = used_names(all);
  const CatalogEntries expected = catalog_entries(
      join_names(used, *names.listed.get()),
      [&](Field field) -> FacetDictionary& {
        const auto [place, is_new] = dictionaries.try_emplace(field, field);
        if (is_new) place->second.load([&](const std::string& key) { return all.get_metadata(key); });
        return place->second;
      },
      [&](Field, std::uint32_t) { is_complete = false; });
  return is_complete && has_entries(all, metadata::k_mapping, expected.mappings) &&
         has_entries(all, metadata::k_alias, expected.aliases) &&
         has_entries(all, metadata::k_member, expected.members);
}

} // namespace pfind::indexer
