#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "indexer/article_source.hpp"
#include "indexer/file_records.hpp"
#include "indexer/index_state.hpp"

namespace pfind::indexer {

/// What there is to do to bring an index up to date.
struct Plan {
  std::vector<std::string> roots;   ///< the paths to look at from now on; those that never were there left out
  bool settings_changed = false;    ///< all that is known is outdated
  FileRecords known;                ///< every file of the index
  std::vector<FileRecord> missing;  ///< of these, the ones that are gone from below the roots
  std::vector<PlannedFile> files;   ///< new, changed or outdated: to be read
  std::vector<std::string> ignored; ///< paths that ignore files exclude
  std::uint64_t unchanged = 0;      ///< articles of files that stay, or are out of reach
  std::int64_t scanned_ns = 0;      ///< when the files were looked at, nanoseconds since 1970
};

/// How a plan is made.
struct PlanOptions {
  std::string settings;      ///< UpdateOptions::settings
  bool retry_failed = false; ///< files with problems are read again
  std::size_t jobs = 1;      ///< threads that look for files
};

/// Compares the files at and below `paths` with what an index remembers; k_standard_input among them is read and never
/// missing. Without paths, and whenever something is
/// outdated, everything that it was ever made from counts. Files of the index itself are no articles. `report` gets
/// what cannot be looked into, and `keep` the records of files that are as they were.
Plan make_plan(const IndexState& state, const std::vector<std::string>& paths, const PlanOptions& options,
               const std::function<void(const corpus::Problem&)>& report,
               const std::function<void(const FileRecord&)>& keep);

/// `file` as a record may remember it. What was changed just before `scanned_ns` may be changed again without getting
/// another time of modification; then the next run must not rely on that.
corpus::SourceFile remembered(corpus::SourceFile file, std::int64_t scanned_ns);

} // namespace pfind::indexer
