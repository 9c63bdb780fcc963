#pragma once

#include <filesystem>
#include <optional>
#include <xapian.h>

namespace pfind {

/// The live generation of an index, opened for reading, whole even where a writer replaces it meanwhile; nothing where
/// there is no index. Throws IndexError for a stub file that is not ours, Xapian::Error where it cannot be opened.
std::optional<Xapian::Database> open_live_database(const std::filesystem::path& index);

} // namespace pfind
