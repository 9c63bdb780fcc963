#include "common/version_file.hpp"

#include <algorithm>
#include <xapian.h>

#include "common/glass_format.hpp"

namespace pfind {

void check_version_file(const std::filesystem::path& database) {
  const auto version = glass::read_version(database);
  if (version && !std::ranges::all_of(version->roots, &glass::Root::is_possible))
    throw Xapian::DatabaseCorruptError("The tables are said to have a shape that none has");
}

} // namespace pfind
