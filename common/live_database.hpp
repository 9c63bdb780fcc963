#pragma once

#include <filesystem>
#include <optional>
#include <xapian.h>

namespace pfind {

/// A generation of an index, opened for reading.
struct LiveDatabase {
  Xapian::Database database;
  std::filesystem::path generation; ///< the folder that it was opened from
};

/// The live generation of an index, whole even where a writer replaces it meanwhile; nothing where there is no index.
/// Throws IndexError for a stub file that is not ours, Xapian::Error where it cannot be opened.
std::optional<LiveDatabase> open_live_database(const std::filesystem::path& index);

} // namespace pfind
