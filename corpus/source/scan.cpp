#include "corpus/source/scan.hpp"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace pfind::corpus {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

std::string system_reason(int error) { return std::generic_category().message(error); }

Directory open_directory(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return nullptr;
  Directory directory(fdopendir(fd));
  if (directory == nullptr) close(fd);
  return directory;
}

/// One walk: the files found so far and the directories still to read. Directories wait in a list rather than on the
/// call stack, so no depth of nesting is too deep.
class Walk {
public:
  explicit Walk(const ScanEvents& events) : events_(events) {}

  void add_given(const std::string& path) {
    struct stat status {};
    const std::string absolute = absolute_path(path);
    if (path.empty() || stat(absolute.c_str(), &status) != 0) {
      const int error = path.empty() ? ENOENT : errno;
      return report(path.empty() ? path : absolute,
                    error == ENOENT ? "no such file or directory" : system_reason(error));
    }
    if (S_ISDIR(status.st_mode)) {
      waiting_.push_back(absolute);
    } else {
      add(absolute, status);
    }
  }

  std::vector<SourceFile> finish() {
    while (!waiting_.empty()) {
      const std::string next = std::move(waiting_.back());
      waiting_.pop_back();
      read_directory(next);
    }
    std::sort(files_.begin(), files_.end());
    const auto same_path = [](const SourceFile& a, const SourceFile& b) { return a.path == b.path; };
    files_.erase(std::unique(files_.begin(), files_.end(), same_path), files_.end());
    return std::move(files_);
  }

private:
  void report(const std::string& path, std::string reason) const {
    if (events_.problem) events_.problem({path, "", std::move(reason)});
  }

  void add(std::string path, const struct stat& status) {
    if (!S_ISREG(status.st_mode)) return report(path, "not a regular file but a pipe, socket or device; skipped");
    const std::int64_t mtime = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
    files_.push_back({std::move(path), static_cast<std::uint64_t>(status.st_size), mtime, status.st_ino});
  }

  void read_directory(const std::string& path) {
    const Directory directory = open_directory(path);
    if (directory == nullptr) return report(path, "the directory cannot be read: " + system_reason(errno));
    const std::string prefix = path == "/" ? path : path + '/';
    for (;;) {
      errno = 0;
      const dirent* entry = readdir(directory.get());
      if (entry == nullptr) break;
      if (entry->d_name[0] != '.') add_entry(dirfd(directory.get()), *entry, prefix);
    }
    if (errno != 0) report(path, "the directory cannot be read to its end: " + system_reason(errno));
  }

  void add_entry(int directory, const dirent& entry, const std::string& prefix) {
    std::string path = prefix + entry.d_name;
    if (entry.d_type == DT_DIR) return waiting_.push_back(std::move(path));
    struct stat status {};
    if (fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return report(path, system_reason(errno));
    if (S_ISDIR(status.st_mode)) return waiting_.push_back(std::move(path));
    if (S_ISLNK(status.st_mode)) return add_link(directory, entry, path);
    add(std::move(path), status);
  }

  void add_link(int directory, const dirent& entry, const std::string& path) {
    struct stat status {};
    if (fstatat(directory, entry.d_name, &status, 0) != 0) {
      return report(path, "the link leads nowhere: " + system_reason(errno));
    }
    if (!S_ISDIR(status.st_mode)) add(path, status); // links to directories could lead round in circles
  }

  const ScanEvents& events_;
  std::vector<SourceFile> files_;
  std::vector<std::string> waiting_;
};

} // namespace

std::string absolute_path(const std::string& path) {
  std::error_code ignored_when_the_path_is_absolute;
  auto absolute = std::filesystem::absolute(path, ignored_when_the_path_is_absolute).lexically_normal().string();
  while (absolute.size() > 1 && absolute.back() == '/') absolute.pop_back();
  return absolute;
}

std::vector<SourceFile> scan(const std::vector<std::string>& paths, const ScanEvents& events) {
  Walk walk(events);
  for (const std::string& path : paths) walk.add_given(path);
  return walk.finish();
}

} // namespace pfind::corpus
