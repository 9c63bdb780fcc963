#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace pfind::tests {

/// A directory of a test's own below the system's temporary directory or `parent`, removed with everything in it when
/// the test ends.
class TempDir {
public:
  /// Throws std::runtime_error where no directory can be made.
  explicit TempDir(const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string pattern = (parent / "pfind-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot create " + pattern);
    // Resolved, so that it equals the paths that programs print after resolving theirs.
    path_ = std::filesystem::canonical(pattern);
  }
  ~TempDir() {
    std::error_code ignored; // what a test leaves unreadable may stay; the test has its verdict already
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  /// Absolute, without symbolic links.
  const std::filesystem::path& path() const { return path_; }

  /// Writes a file below the directory, making the folders on its way, and returns its path. Throws
  /// std::ios_base::failure.
  std::filesystem::path write(const std::filesystem::path& name, std::string_view content) const {
    std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out;
    out.exceptions(std::ios::failbit | std::ios::badbit);
    out.open(file, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    return file;
  }

private:
  std::filesystem::path path_;
};

} // namespace pfind::tests
