#include "indexer/bulk/database_part.hpp"

#include <system_error>

namespace pfind::bulk {
namespace fs = std::filesystem;

DatabasePart::DatabasePart(const fs::path& database, glass::Table table, const TableRoots& roots,
                           const Statistics& statistics)
    : directory_(database / ("part-" + glass::table_file(database, table).stem().string())) {
  fs::create_directory(directory_);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (!roots.at(i)) continue;
    const fs::path file = glass::table_file(fs::absolute(database), static_cast<glass::Table>(i));
    fs::create_symlink(file, directory_ / file.filename());
  }
  write_version_file(directory_, roots, statistics);
}

DatabasePart::~DatabasePart() {
  std::error_code stays; // then it goes with the database
  fs::remove_all(directory_, stays);
}

} // namespace pfind::bulk
