#pragma once

#include <xapian.h>

#include "indexer/names.hpp"

namespace pfind::indexer {

/// Whether the catalog of an index is the one that the names in its articles and these lists give; so it is where it
/// was made with others. Throws Xapian::Error and codec::DecodeError.
bool has_catalog_of(const Xapian::Database& all, const Names& names);

} // namespace pfind::indexer
