#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace pfind::indexer {

/// What Xapian's check says of a database or of a table.
struct XapianReport {
  std::size_t errors = 0;
  std::string text;    ///< lines, those that say that all is well among them; the first bytes of what it writes
  bool is_cut = false; ///< there was more
};

/// Checks a database or, where `path` is one, a table. Of the report at most `most` bytes are kept: of a table that is
/// damaged throughout Xapian writes as much as the table has, and more. Throws what Xapian throws.
XapianReport xapian_check(const std::filesystem::path& path, std::size_t most = std::size_t{1} << 20);

} // namespace pfind::indexer
