#pragma once

#include "common/error.hpp"
#include "indexer/console.hpp"
#include "indexer/options.hpp"

namespace pfind::indexer {

/// Looks for damage in the index and says what there is: of the index on its own, and which files have changed since,
/// which is none. With Action::repair, mends it: makes a new index from the files, and, of those that are not there,
/// from the articles as the damaged index stores them, and puts it in the place of the old one. Status: success where
/// the index is sound, error where not. Throws IndexError, LockedError.
ExitStatus run_check(const Options& options, Console& console, const std::stop_token& stop);

} // namespace pfind::indexer
