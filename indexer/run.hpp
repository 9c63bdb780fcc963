#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "common/error.hpp"
#include "indexer/console.hpp"
#include "indexer/names.hpp"
#include "indexer/options.hpp"
#include "indexer/update.hpp"

namespace pfind::indexer {

/// How an index without articles is to be filled: as the options say, where that can be; otherwise a note says why not.
Filling filling(const Options& options, Console& console);

/// What an update of `paths` is to do as the options say. `names` must outlive it.
UpdateOptions update_options(const Options& options, const Names& names, std::vector<std::string> paths);

/// Brings the index up to date, rebuilds it, or says what there is to do. Throws Error. A path given that cannot be
/// read at all makes the status `error` even though the rest was done.
ExitStatus run_update(const Options& given, Console& console, std::stop_token stop);

} // namespace pfind::indexer
