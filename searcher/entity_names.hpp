#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/entity/joined_names.hpp"
#include "searcher/index.hpp"

namespace pfind::searcher {

// The catalog of an index, as its shards together have it: what one of them joins is joined in all, so that the filter
// of a value finds exactly the articles that are counted for it.

/// The canonical name that a name leads to, itself where it leads nowhere else; nothing for one that nobody bears.
std::optional<NameKey> canonical_name(NameKey name, const Snapshot& index);

/// The canonical names of a kind that a key may mean: one for the name of an entity, several for what is only an alias
/// of several. There need be no article that has them.
std::vector<NameKey> entities_named(EntityKind kind, const std::string& key, Snapshot& index);

/// Reads what entities_named and entity_terms of these keys ask the catalog first, in the order in which it is stored:
/// for the many names that the words of a query might be, several times faster than one after the other.
void remember_names(std::vector<std::string> keys, Snapshot& index);

/// All names that lead to a canonical one, itself first.
std::vector<NameKey> names_leading_to(const NameKey& canonical, const Snapshot& index);

/// The filter terms of an entity: the articles that have one of them are those that name it.
std::vector<std::string> entity_terms(const NameKey& canonical, Snapshot& index);

/// A canonical name as displayed.
std::string display_name(const NameKey& canonical, Snapshot& index);

/// The entities of an article by their canonical names, each once, in the order of the article.
EntitySets entities_of(Xapian::docid article, Snapshot& index);

/// Whether an article may have a value of that kind and yet name none, or the other way round: what the user forbids or
/// takes for another kind.
bool has_moved_values(EntityKind kind, Snapshot& index);

} // namespace pfind::searcher
