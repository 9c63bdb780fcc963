#pragma once

#include <stop_token>

#include "common/error.hpp"
#include "common/terminal.hpp"
#include "indexer/console.hpp"
#include "indexer/options.hpp"

namespace pfind::indexer {

/// Prints the articles at the given paths as lines of JSON on standard output; touches no index.
ExitStatus run_print(const Options& options, Console& console, std::stop_token stop);

/// Prints how the articles at the given paths are read: each field and where it was found, what was left out, what was
/// wrong. For people, on `terminal`, which is standard output; touches no index.
ExitStatus run_why(const Options& options, Console& console, const Terminal& terminal, std::stop_token stop);

} // namespace pfind::indexer
