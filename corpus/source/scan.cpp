#include "corpus/source/scan.hpp"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <dirent.h>
#include <exception>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "common/at_once.hpp"
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

/// A folder, and what is found in it.
struct Folder {
  std::string path;
  Rules rules;                        ///< of the folders above
  std::vector<SourceFile> files{};    ///< in order
  std::vector<Folder*> folders{};     ///< likewise
  std::vector<Problem> problems{};    ///< for ScanEvents
  std::vector<std::string> ignored{}; ///< likewise
};

/// Whether the files below one directory come before those below another: what is in `a-b` before what is in `a`.
bool comes_before(std::string_view a, std::string_view b) {
  const auto [x, y] = std::ranges::mismatch(a, b);
  const auto byte_of = [](const char* at, std::string_view path) {
    return static_cast<unsigned char>(at == path.data() + path.size() ? '/' : *at);
  };
  return byte_of(x, a) < byte_of(y, b);
}

void report(Folder& folder, const std::string& path, std::string reason) {
  folder.problems.push_back({path, "", std::move(reason)});
}

void add(Folder& folder, std::string path, const struct stat& status) {
  if (!S_ISREG(status.st_mode)) return report(folder, path, "not a regular file but a pipe, socket or device; skipped");
  const std::int64_t mtime = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
  folder.files.push_back({std::move(path), static_cast<std::uint64_t>(status.st_size), mtime, status.st_ino});
}

/// Looks into one folder.
class FolderReader {
public:
  explicit FolderReader(Folder& folder)
      : folder_(folder), prefix_(folder.path == "/" ? folder.path : folder.path + '/') {}

  /// Returns the folders in it, in order.
  std::vector<Folder> read() {
    const Directory directory = open_directory(folder_.path);
    if (directory == nullptr) {
      report(folder_, folder_.path, "the directory cannot be read: " + system_reason(errno));
      return {};
    }
    const auto rules = rules_here();
    if (!rules) return {};
    rules_ = *rules;
    for (;;) {
      errno = 0;
      const dirent* entry = readdir(directory.get());
      if (entry == nullptr) break;
      if (entry->d_name[0] != '.') add_entry(dirfd(directory.get()), *entry);
    }
    if (errno != 0) report(folder_, folder_.path, "the directory cannot be read to its end: " + system_reason(errno));
    put_in_order();
    return std::move(inner_);
  }

private:
  /// Puts what a directory holds in the order in which all files are to come, so that in the end there is nothing to
  /// sort, unless some directory holds both files and directories.
  void put_in_order() {
    const auto name = [&](const SourceFile& file) { return std::string_view(file.path).substr(prefix_.size()); };
    std::ranges::sort(folder_.files, {}, name);
    std::ranges::sort(inner_, [](const Folder& a, const Folder& b) { return comes_before(a.path, b.path); });
  }

  /// The rules for what the folder holds; nothing where its ignore file cannot be read.
  std::optional<Rules> rules_here() {
    constexpr std::size_t most_bytes = std::size_t{1} << 20;
    const std::string file = prefix_ + std::string(k_ignore_file);
    if (faccessat(AT_FDCWD, file.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT) return folder_.rules;
    try {
      const std::string text = read_all(*open_stored(file), most_bytes);
      if (text.size() <= most_bytes && text.find('\0') == std::string::npos)
        return std::make_shared<const RuleLevel>(RuleLevel{IgnoreRules(text), prefix_.size(), folder_.rules});
      report_rules("is too long or holds NUL bytes");
    } catch (const ReadError& error) {
      report_rules(std::string(error.what()).substr(file.size() + 2));
    }
    return std::nullopt;
  }

  void report_rules(const std::string& reason) {
    report(folder_, absolute_path(prefix_),
           std::string(k_ignore_file) + ' ' + reason + "; nothing in the folder is read or removed");
  }

  void add_entry(int directory, const dirent& entry) {
    std::string path = prefix_ + entry.d_name;
    if (is_ignored(path, is_directory(directory, entry), rules_.get())) return folder_.ignored.push_back(path);
    if (entry.d_type == DT_DIR) return inner_.push_back({std::move(path), rules_});
    struct stat status {};
    if (fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
      return report(folder_, path, system_reason(errno));
    if (S_ISDIR(status.st_mode)) return inner_.push_back({std::move(path), rules_});
    if (S_ISLNK(status.st_mode)) return add_link(directory, entry, path);
    add(folder_, std::move(path), status);
  }

  static bool is_directory(int directory, const dirent& entry) {
    if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
    struct stat status {};
    return fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
  }

  void add_link(int directory, const dirent& entry, const std::string& path) {
    struct stat status {};
    if (fstatat(directory, entry.d_name, &status, 0) != 0)
      return report(folder_, path, "the link leads nowhere: " + system_reason(errno));
    if (!S_ISDIR(status.st_mode)) add(folder_, path, status); // links to directories could lead round in circles
  }

  Folder& folder_;
  std::string prefix_; // of what is in it
  Rules rules_;        // for what is in it
  std::vector<Folder> inner_;
};

/// One walk, on any number of threads. Folders wait in a list rather than on the call stack, so no depth of nesting is
/// too deep.
class Walk {
public:
  void add_given(const std::string& path) {
    struct stat status {};
    const std::string absolute = absolute_path(path);
    if (path.empty() || stat(absolute.c_str(), &status) != 0) {
      const int error = path.empty() ? ENOENT : errno;
      return report(given_, path.empty() ? path : absolute,
                    error == ENOENT ? "no such file or directory" : system_reason(error));
    }
    if (S_ISDIR(status.st_mode))
      add_folder({absolute, nullptr}, given_);
    else
      add(given_, absolute, status);
  }

  void read(std::size_t threads) {
    std::vector<std::future<void>> others;
    while (others.size() + 1 < threads) others.push_back(std::async(k_at_once, [this] { work(); }));
    work();
    for (std::future<void>& other : others) other.get();
  }

  /// The files found, in order. What happened on the way is told in the order of the folders, whoever read them.
  std::vector<SourceFile> finish(const ScanEvents& events) {
    std::size_t count = given_.files.size();
    for (const Folder& folder : folders_) count += folder.files.size();
    std::vector<SourceFile> files;
    files.reserve(count);
    std::vector<Folder*> left{&given_};
    while (!left.empty()) {
      Folder& folder = *left.back();
      left.pop_back();
      std::ranges::move(folder.files, std::back_inserter(files));
      if (events.problem) std::ranges::for_each(folder.problems, events.problem);
      if (events.ignored) std::ranges::for_each(folder.ignored, events.ignored);
      left.insert(left.end(), folder.folders.rbegin(), folder.folders.rend());
    }
    if (std::ranges::adjacent_find(files, std::ranges::greater_equal(), &SourceFile::path) == files.end()) return files;
    std::ranges::sort(files);
    const auto repeated = std::ranges::unique(files, {}, &SourceFile::path);
    files.erase(repeated.begin(), repeated.end());
    return files;
  }

private:
  void add_folder(Folder folder, Folder& outer) {
    outer.folders.push_back(&folders_.emplace_back(std::move(folder)));
    waiting_.push_back(outer.folders.back());
  }

  /// Reads folders until all are read.
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return !waiting_.empty() || under_way_ == 0; });
      if (waiting_.empty()) return;
      Folder& folder = *waiting_.back();
      waiting_.pop_back();
      ++under_way_;
      lock.unlock();
      std::vector<Folder> inner;
      std::exception_ptr error;
      try {
        inner = FolderReader(folder).read();
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      --under_way_;
      changed_.notify_all();
      for (Folder& one : inner) add_folder(std::move(one), folder);
      if (error) std::rethrow_exception(error); // the others go on to the end
    }
  }

  Folder given_{}; // the given paths, as if they were in one folder
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Folder> folders_;   // all
  std::vector<Folder*> waiting_; // to be read
  std::size_t under_way_ = 0;    // being read
};

} // namespace

std::string absolute_path(const std::string& path) {
  std::error_code ignored_when_the_path_is_absolute;
  auto absolute = std::filesystem::absolute(path, ignored_when_the_path_is_absolute).lexically_normal().string();
  while (absolute.size() > 1 && absolute.back() == '/') absolute.pop_back();
  return absolute;
}

std::vector<SourceFile> scan(const std::vector<std::string>& paths, const ScanEvents& events, std::size_t threads) {
  Walk walk;
  for (const std::string& path : paths) walk.add_given(path);
  walk.read(threads);
  return walk.finish(events);
}

} // namespace pfind::corpus
