#pragma once

#include <filesystem>

namespace pfind {

/// Looks at what the version file of a Xapian database (`iamglass`) says of the shape of its tables, before Xapian
/// opens them: Xapian 1.4 believes it, and writes outside of its memory where damage made tables of twenty levels or
/// blocks of gigabytes, or its numbers none. Throws Xapian::DatabaseCorruptError. A file that is missing or of another
/// format is left to Xapian, which says so itself.
void check_shape(const std::filesystem::path& database);

/// Looks besides whether the version file is the one that was written, as its sum (glass::BlockSums) says or, where
/// that is of another commit, the tables: it also says how many articles there are and how long they are, and damage to
/// that makes other rankings. Throws Xapian::DatabaseCorruptError.
void check_version_file(const std::filesystem::path& database);

/// Whether a database has sums, those of its last commit or of one before, so that whoever made it had come to that.
bool is_complete(const std::filesystem::path& database);

} // namespace pfind
