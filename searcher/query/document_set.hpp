#pragma once

#include <functional>
#include <xapian.h>

#include "searcher/index.hpp"

namespace pfind::searcher {

/// `candidates` restricted to the articles for which `accept` holds, decided now, article by article: for what terms
/// cannot say. Weights as `candidates`. Only for indexes on this machine.
Xapian::Query restricted(const Xapian::Query& candidates, Snapshot& index,
                         const std::function<bool(const Xapian::Document&)>& accept);

} // namespace pfind::searcher
