#pragma once

#include <cstddef>
#include <functional>
#include <vector>
#include <xapian.h>

#include "searcher/index.hpp"

namespace pfind::searcher {

/// `candidates` restricted to the articles for which `accept` holds, decided now, article by article: for what terms
/// cannot say. Weights as `candidates`. Only for indexes on this machine.
Xapian::Query restricted(const Xapian::Query& candidates, Snapshot& index,
                         const std::function<bool(const Xapian::Document&)>& accept);

/// Any of `parts` (at least one), restricted to the articles that match at least `least` of them. Weights as the parts.
/// Only for indexes on this machine.
Xapian::Query at_least(std::size_t least, const std::vector<Xapian::Query>& parts, Snapshot& index);

} // namespace pfind::searcher
