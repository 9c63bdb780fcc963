#pragma once

#include <vector>
#include <xapian.h>

#include "common/entity/names_file.hpp"

namespace pfind::indexer {

/// The articles in which one of these names might be found, in order: all that hold its words, in any form, or, where
/// the index cannot tell, all articles. For a person all that hold the first word: a given name that is known helps to
/// recognize others.
std::vector<Xapian::docid> find_articles_with(const std::vector<NamesEntry>& names, const Xapian::Database& database);

/// Removes what a document says of entities.
void remove_entities(Xapian::Document& document);

/// Whether two documents have the same terms and values.
bool says_the_same(const Xapian::Document& a, const Xapian::Document& b);

} // namespace pfind::indexer
