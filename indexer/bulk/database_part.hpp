#pragma once

#include <filesystem>

#include "common/glass_format.hpp"
#include "indexer/bulk/glass_version.hpp"

namespace pfind::bulk {

/// A database of some tables of one that is being made, which Xapian can look at before the others are written: links
/// to them and a version file, in a directory within it that goes with the object. Throws std::system_error.
class DatabasePart {
public:
  /// `table`, whose root is among `roots`, gives the directory its name.
  DatabasePart(const std::filesystem::path& database, glass::Table table, const TableRoots& roots,
               const Statistics& statistics);
  DatabasePart(const DatabasePart&) = delete;
  DatabasePart& operator=(const DatabasePart&) = delete;
  ~DatabasePart();

  const std::filesystem::path& path() const { return directory_; }

private:
  std::filesystem::path directory_;
};

} // namespace pfind::bulk
