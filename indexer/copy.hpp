#pragma once

#include <stop_token>

#include "common/error.hpp"
#include "indexer/console.hpp"
#include "indexer/options.hpp"

namespace pfind::indexer {

/// Copies an index as it stood at one commit: to a backup (Action::backup), from one (restore), or within itself
/// (compact). The copy is as small as Xapian can make it, becomes the live generation of its place in one durable step,
/// and is an index like any other. Interrupted at any point, what was there before still is; readers go on. A writer of
/// the index that is copied may be at work, unless the copy goes to the index itself. Throws UsageError where an index
/// would be replaced without Options::replace, IndexError, LockedError.
ExitStatus run_copy(const Options& options, Console& console, const std::stop_token& stop);

} // namespace pfind::indexer
