#include "corpus/source/scan.hpp"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "common/error.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/source/ignore_rules.hpp"

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

/// The rules of a folder's ignore file, and those of the folders above it.
struct RuleLevel {
  IgnoreRules rules;
  std::size_t prefix = 0; ///< bytes of a path up to what is relative to the folder
  std::shared_ptr<const RuleLevel> above;
};
using Rules = std::shared_ptr<const RuleLevel>;

/// Those of the deeper folder come first.
bool is_ignored(std::string_view path, bool is_directory, const RuleLevel* level) {
  for (; level != nullptr; level = level->above.get()) {
    if (const auto ignored = level->rules.ignores(path.substr(level->prefix), is_directory)) return *ignored;
  }
  return false;
}

struct Folder {
  std::string path;
  Rules rules; ///< of the folders above
};

/// Whether the files below one directory come before those below another: what is in `a-b` before what is in `a`.
bool comes_before(std::string_view a, std::string_view b) {
  const auto [x, y] = std::ranges::mismatch(a, b);
  const auto byte_of = [](const char* at, std::string_view path) {
    return static_cast<unsigned char>(at == path.data() + path.size() ? '/' : *at);
  };
  return byte_of(x, a) < byte_of(y, b);
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
      waiting_.push_back({absolute, nullptr});
    } else {
      add(absolute, status);
    }
  }

  std::vector<SourceFile> finish() {
    while (!waiting_.empty()) {
      const Folder next = std::move(waiting_.back());
      waiting_.pop_back();
      read_directory(next);
    }
    if (!std::ranges::is_sorted(files_)) std::sort(files_.begin(), files_.end());
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

  void read_directory(const Folder& folder) {
    const std::string& path = folder.path;
    const Directory directory = open_directory(path);
    if (directory == nullptr) return report(path, "the directory cannot be read: " + system_reason(errno));
    const std::string prefix = path == "/" ? path : path + '/';
    const auto rules = rules_of(prefix, folder.rules);
    if (!rules) return;
    const std::size_t first_file = files_.size(), first_folder = waiting_.size();
    for (;;) {
      errno = 0;
      const dirent* entry = readdir(directory.get());
      if (entry == nullptr) break;
      if (entry->d_name[0] != '.') add_entry(dirfd(directory.get()), *entry, prefix, *rules);
    }
    if (errno != 0) report(path, "the directory cannot be read to its end: " + system_reason(errno));
    put_in_order(first_file, first_folder);
  }

  /// Puts what a directory holds in the order in which all files are to come, so that in the end there is nothing to
  /// sort, unless some directory holds both files and directories.
  void put_in_order(std::size_t first_file, std::size_t first_folder) {
    std::sort(files_.begin() + static_cast<std::ptrdiff_t>(first_file), files_.end());
    std::sort(waiting_.begin() + static_cast<std::ptrdiff_t>(first_folder), waiting_.end(),
              [](const Folder& a, const Folder& b) { return comes_before(b.path, a.path); }); // the last is read next
  }

  /// The rules for what a folder holds; nothing where its ignore file cannot be read. `prefix` ends with a slash.
  std::optional<Rules> rules_of(const std::string& prefix, const Rules& above) const {
    constexpr std::size_t most_bytes = std::size_t{1} << 20;
    const std::string file = prefix + std::string(k_ignore_file);
    if (faccessat(AT_FDCWD, file.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT) return above;
    try {
      const std::string text = read_all(*open_stored(file), most_bytes);
      if (text.size() <= most_bytes && text.find('\0') == std::string::npos)
        return std::make_shared<const RuleLevel>(RuleLevel{IgnoreRules(text), prefix.size(), above});
      report_folder(prefix, "is too long or holds NUL bytes");
    } catch (const ReadError& error) {
      report_folder(prefix, std::string(error.what()).substr(file.size() + 2));
    }
    return std::nullopt;
  }

  void report_folder(const std::string& prefix, const std::string& reason) const {
    report(absolute_path(prefix),
           std::string(k_ignore_file) + ' ' + reason + "; nothing in the folder is read or removed");
  }

  void add_entry(int directory, const dirent& entry, const std::string& prefix, const Rules& rules) {
    std::string path = prefix + entry.d_name;
    if (is_ignored(path, is_directory(directory, entry), rules.get())) {
      if (events_.ignored) events_.ignored(path);
      return;
    }
    if (entry.d_type == DT_DIR) return waiting_.push_back({std::move(path), rules});
    struct stat status {};
    if (fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return report(path, system_reason(errno));
    if (S_ISDIR(status.st_mode)) return waiting_.push_back({std::move(path), rules});
    if (S_ISLNK(status.st_mode)) return add_link(directory, entry, path);
    add(std::move(path), status);
  }

  static bool is_directory(int directory, const dirent& entry) {
    if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
    struct stat status {};
    return fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
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
  std::vector<Folder> waiting_;
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
