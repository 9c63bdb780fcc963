#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>

#include "indexer/console.hpp"
#include "indexer/writer_lock.hpp"

namespace pfind::indexer {

/// Makes the directory of an index, for its owner alone, where there is none, and takes the writer's lock. Throws
/// IndexError where that cannot be or where the directory holds something else; see WriterLock.
WriterLock lock_index(const std::filesystem::path& index, std::chrono::seconds wait, Console& console,
                      const std::stop_token& stop);

} // namespace pfind::indexer
