#pragma once

#include <optional>
#include <string>
#include <xapian.h>

#include "searcher/index.hpp"

namespace pfind::searcher {

/// The article at a location, the first of the file at a path (absolute), or the one with that address.
std::optional<Xapian::docid> document_at(const std::string& path, Snapshot& index);

/// A query for the articles that are most like the one at `path`, without it: its most telling words, weighted by how
/// much they tell. Throws UsageError where there is no such article.
Xapian::Query similar_to(const std::string& path, Snapshot& index);

} // namespace pfind::searcher
