#pragma once

#include <stop_token>

#include "common/error.hpp"
#include "indexer/console.hpp"
#include "indexer/options.hpp"

namespace pfind::indexer {

/// Brings the index up to date, rebuilds it, or says what there is to do. Throws Error. A path given that cannot be
/// read at all makes the status `error` even though the rest was done.
ExitStatus run_update(const Options& given, Console& console, std::stop_token stop);

} // namespace pfind::indexer
