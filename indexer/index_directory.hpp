#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <stop_token>

#include "indexer/console.hpp"
#include "indexer/writer_lock.hpp"

namespace pfind::indexer {

/// The oldest generation that holds a commit with its sums: the index where the stub file is lost or names none that
/// there is.
std::optional<unsigned> complete_generation(const std::filesystem::path& index);

/// Makes the directory of an index, for its owner alone, where there is none, and takes the writer's lock. A stub file
/// that is lost, or names a generation that there is not, is put back before a writer takes what there is for remains
/// of another. Throws IndexError where that cannot be or where the directory holds something else; see WriterLock.
WriterLock lock_index(const std::filesystem::path& index, std::chrono::seconds wait, Console& console,
                      const std::stop_token& stop);

} // namespace pfind::indexer
