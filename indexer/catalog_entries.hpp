#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <xapian.h>

#include "common/entity/joined_names.hpp"
#include "common/facet_dictionary.hpp"

namespace pfind::indexer {

/// The catalog as the metadata of an index has it: key -> text.
struct CatalogEntries {
  std::map<std::string, std::string> mappings; ///< metadata::k_mapping
  std::map<std::string, std::string> aliases;  ///< metadata::k_alias
  std::map<std::string, std::string> members;  ///< metadata::k_member
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
