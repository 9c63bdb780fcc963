#include "common/version_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <string>
#include <xapian.h>

#include "common/block_sums.hpp"
#include "common/glass_format.hpp"

namespace pfind {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t k_most_failed = 1'000; // commits, since the last that did not

void check_shape(const glass::Version& version) {
  if (!std::ranges::all_of(version.roots, &glass::Root::is_possible))
    throw Xapian::DatabaseCorruptError("The tables are said to have a shape that none has");
}

/// Whether each table that has content reaches to its root.
bool has_tables(const fs::path& database, const glass::Version& version) {
  for (std::size_t i = 0; i < glass::k_tables; ++i) {
    const glass::Root& root = version.roots.at(i);
    if (root.is_empty) continue;
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(glass::table_file(database, static_cast<glass::Table>(i)), missing);
    if (missing || size / (root.block_units * glass::k_block_unit) <= root.block) return false;
  }
  return true;
}

/// The latest commit that the root of a table is of; nothing where no table can be read.
std::optional<std::uint64_t> latest_root(const fs::path& database, const glass::Version& version) {
  std::optional<std::uint64_t> latest;
  for (std::size_t i = 0; i < glass::k_tables; ++i) {
    const glass::Root& root = version.roots.at(i);
    if (root.is_empty) continue;
    std::ifstream table(glass::table_file(database, static_cast<glass::Table>(i)), std::ios::binary);
    table.seekg(static_cast<std::streamoff>(root.block * root.block_units * glass::k_block_unit));
    std::array<char, glass::k_level> head{};
    if (table.read(head.data(), head.size()))
      latest = std::max(latest, std::optional(glass::block_revision(head.data())));
  }
  return latest;
}

/// Whether a version file is the one that was written, as far as can be told.
bool is_own(const fs::path& database, const std::string& bytes, const glass::Version& version) {
  const auto sums = glass::BlockSums::open(database);
  if (sums != nullptr && sums->revision() == version.revision) return sums->fits_version(bytes);
  // A commit changes a table, and with it the root; Xapian counts one that failed as two more.
  const auto latest = latest_root(database, version);
  return !latest || (*latest <= version.revision && version.revision - *latest <= k_most_failed);
}

} // namespace

void check_shape(const fs::path& database) {
  const std::string bytes = glass::version_bytes(database);
  if (const auto version = glass::parse_version(bytes))
    check_shape(*version);
  else if (bytes.starts_with(glass::k_magic))
    throw Xapian::DatabaseCorruptError("The version file cannot be read to its end");
}

void check_version_file(const fs::path& database) {
  for (;;) {
    const std::string bytes = glass::version_bytes(database);
    const auto version = glass::parse_version(bytes);
    if (!version && !bytes.starts_with(glass::k_magic)) return; // of which Xapian tells
    if (version) check_shape(*version);
    const bool lacks_table = version && !has_tables(database, *version); // Xapian would take it for one without content
    if (version && !lacks_table && is_own(database, bytes, *version)) return;
    if (glass::version_bytes(database) != bytes) continue; // a writer has replaced it meanwhile
    throw Xapian::DatabaseCorruptError(lacks_table ? "A table is gone, or ends before its root"
                                                   : "The version file is not the one that was written");
  }
}

bool is_complete(const fs::path& database) {
  try {
    const std::string bytes = glass::version_bytes(database);
    const auto version = glass::parse_version(bytes);
    const auto sums = glass::BlockSums::open(database);
    return version && sums != nullptr && sums->revision() <= version->revision && is_own(database, bytes, *version) &&
           has_tables(database, *version);
  } catch (const Xapian::Error&) {
    return false;
  }
}

} // namespace pfind
