#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "common/glass_format.hpp"
#include "indexer/bulk/glass_table.hpp"

namespace pfind::bulk {

/// What a database says of itself without being searched.
struct Statistics {
  std::uint64_t documents = 0;
  std::uint32_t last_document = 0;
  std::uint32_t shortest = 0; ///< length of the shortest document that is not empty
  std::uint32_t longest = 0;
  std::uint32_t largest_wdf = 0;
  std::uint64_t total_length = 0;
};

/// Whether the Xapian that this program runs with is of the release series whose format is written here.
bool knows_linked_xapian();

/// Writes the version file, which makes the tables in a directory a database, and makes it durable; a table without a
/// root has no file. Throws std::system_error.
void write_version_file(const std::filesystem::path& database,
                        const std::array<std::optional<TableRoot>, glass::k_tables>& roots,
                        const Statistics& statistics);

} // namespace pfind::bulk
