#pragma once

#include <filesystem>

namespace pfind {

/// Looks at what the version file of a Xapian database (`iamglass`) says of the shape of its tables, before Xapian
/// opens them: Xapian 1.4 believes it, and writes outside of its memory where damage made tables of twenty levels or
/// blocks of gigabytes. Throws Xapian::DatabaseCorruptError. A file that is missing, cut short or of another format is
/// left to Xapian, which says so itself.
void check_version_file(const std::filesystem::path& database);

} // namespace pfind
