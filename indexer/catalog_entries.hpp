#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/entity/joined_names.hpp"
#include "common/facet_dictionary.hpp"
#include "common/text_pool.hpp"

namespace pfind::indexer {

/// An entry of the metadata of an index; both point into what keeps them.
struct CatalogEntry {
  std::string_view key, text;
};

/// The catalog as the metadata of an index has it, each family in the order of its keys, which are distinct.
struct CatalogEntries {
  std::vector<CatalogEntry> mappings; ///< metadata::k_mapping
  std::vector<CatalogEntry> aliases;  ///< metadata::k_alias
  std::vector<CatalogEntry> members;  ///< metadata::k_member
  TextPool texts{};                   ///< what is pointed at
};

/// The names that the articles of an index have, as its terms count them.
UsedNames used_names(const Xapian::Database& database);

/// What to write for the catalog. A canonical name that no article has gets a number of `dictionary`, and `added` is
/// told.
CatalogEntries catalog_entries(const JoinedNames& joined, const std::function<FacetDictionary&(Field)>& dictionary,
                               const std::function<void(Field, std::uint32_t)>& added);

/// What metadata::k_catalog says of a catalog made with names of that digest (Names::digest).
std::string catalog_version(const std::string& names);

} // namespace pfind::indexer
