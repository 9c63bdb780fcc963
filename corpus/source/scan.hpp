#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// A regular file that a scan found. Two scans that give equal values mean, for all practical purposes, an unchanged
/// file.
struct SourceFile {
  std::string path; ///< absolute, without `.`, `..` and doubled slashes; symbolic links are not resolved
  std::uint64_t size = 0;
  std::int64_t mtime_ns = 0; ///< last modification, nanoseconds since 1970
  std::uint64_t inode = 0;

  auto operator<=>(const SourceFile&) const = default;
};

/// `path` as scans name it: absolute, without `.`, `..`, doubled and trailing slashes.
std::string absolute_path(const std::string& path);

/// What a scan hands on, on the calling thread, in the order of the folders.
struct ScanEvents {
  /// A path that cannot be read, or is neither a file nor a directory. The scan goes on behind it.
  std::function<void(Problem)> problem;
  /// A file or folder that an ignore file excludes. May be empty.
  std::function<void(const std::string& path)> ignored = {};
};

/// The files at and below `paths`, each once, sorted by the bytes of their path. Hidden files and directories below a
/// given path are skipped, links to files are followed, links to directories found on the way are not (a given path may
/// be one). What the ignore files (k_ignore_file) in and below a given folder exclude is left out; a path that is given
/// itself is not. A folder whose ignore file cannot be read is a problem and not looked into.
std::vector<SourceFile> scan(const std::vector<std::string>& paths, const ScanEvents& events, std::size_t threads = 1);

} // namespace pfind::corpus
