#include "indexer/writer_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

#include "common/error.hpp"
#include "common/index_files.hpp"

namespace pfind::indexer {

WriterLock::WriterLock(const std::filesystem::path& index, std::chrono::milliseconds patience,
                       const std::function<void()>& waiting, const std::stop_token& stop) {
  const auto path = index_files::lock(index);
  fd_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0 && (errno == EMFILE || errno == ENFILE))
    throw IndexError(fmt::format("cannot write to the index {}: {}; allow more open files (ulimit -n)", index.string(),
                                 std::strerror(errno)));
  if (fd_ < 0)
    throw IndexError(fmt::format("cannot write to the index {}: {}; choose another --index or mend its permissions",
                                 index.string(), std::strerror(errno)));
  constexpr std::chrono::milliseconds pause{100};
  bool told = false;
  while (flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK || patience <= std::chrono::milliseconds::zero() || stop.stop_requested()) {
      const int reason = errno;
      close(fd_);
      if (reason == EWOULDBLOCK)
        throw LockedError(
            fmt::format("another pindex is writing to the index {}; try again when it has finished", index.string()));
      throw IndexError(
          fmt::format("cannot lock {}: {}; keep the index on a file system that has locks, such as a local "
                      "disk: --index",
                      path.string(), std::strerror(reason)));
    }
    if (!told && waiting) waiting();
    told = true;
    std::this_thread::sleep_for(pause);
    patience -= pause;
  }
}

WriterLock::~WriterLock() {
  if (fd_ >= 0) close(fd_);
}

} // namespace pfind::indexer
