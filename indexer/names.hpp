#pragma once

#include <string>
#include <vector>

#include "common/entity/entity.hpp"
#include "common/entity/lazy_catalog.hpp"
#include "common/entity/names_file.hpp"

namespace pfind::indexer {

/// The names of the lists and of the user.
struct Names {
  LazyCatalog listed;     ///< with all that the user says of them
  LazyCatalog recognized; ///< what is looked for in text
  std::string looked_for; ///< what of that is the user's: UpdateOptions::looked_for
  std::string shipped_digest;
  std::string digest; ///< of all of it
};

/// The shipped lists and the user's names files. Throws UsageError where a file cannot be read.
Names load_names(const std::vector<std::string>& files);

/// What is looked for in text where `looked_for` is what of the names is the user's.
LazyCatalog recognized_names(const std::string& looked_for);

/// The names that text is to be looked through for when what the user looks for changes.
std::vector<NamesEntry> changed_names(const std::string& before, const std::string& now);

/// An article's entities under their canonical names as far as lists tell.
EntitySets canonical_names(const EntitySets& found, const Catalog& listed);

} // namespace pfind::indexer
