#include "corpus/reader/byte_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "common/error.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_piece = std::size_t{64} << 10;

[[noreturn]] void fail(const std::string& name, std::string_view reason) {
  throw ReadError(fmt::format("{}: {}", name, reason));
}

std::string system_reason() { return std::generic_category().message(errno); }

class FileDescriptor {
public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  int get() const { return fd_; }

private:
  int fd_;
};

class FileStream : public ByteStream {
public:
  FileStream(FileDescriptor fd, std::string name) : fd_(std::move(fd)), name_(std::move(name)) {}

  std::size_t read(char* buffer, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(fd_.get(), buffer, size);
      if (got >= 0) {
        read_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno != EINTR) fail(name_, "cannot be read: " + system_reason());
    }
  }

  std::uint64_t stored_bytes_read() const override {
    // Another process that reads the file in place of this one moves the same offset.
    const off_t offset = handed_over_ ? lseek(fd_.get(), 0, SEEK_CUR) : 0;
    return std::max(read_, static_cast<std::uint64_t>(std::max<off_t>(offset, 0)));
  }

  int descriptor() override {
    struct stat status {};
    const bool is_file = fstat(fd_.get(), &status) == 0 && S_ISREG(status.st_mode);
    const bool from_beginning = is_file && lseek(fd_.get(), 0, SEEK_CUR) == static_cast<off_t>(read_);
    handed_over_ = handed_over_ || (from_beginning && lseek(fd_.get(), 0, SEEK_SET) == 0);
    return handed_over_ ? fd_.get() : -1;
  }

private:
  FileDescriptor fd_;
  std::string name_;
  std::uint64_t read_ = 0;
  bool handed_over_ = false;
};

/// A stream that whoever writes to it may keep waiting for ever, unless somebody asks to stop.
class StoppableStream : public ByteStream {
public:
  StoppableStream(std::unique_ptr<ByteStream> stream, int fd, std::function<bool()> stopped)
      : stream_(std::move(stream)), fd_(fd), stopped_(std::move(stopped)) {}

  std::size_t read(char* buffer, std::size_t size) override {
    pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
    while (poll(&waiting, 1, k_wait_ms) == 0) {
      if (stopped_()) return 0;
    }
    return stream_->read(buffer, size);
  }
  std::uint64_t stored_bytes_read() const override { return stream_->stored_bytes_read(); }
  int descriptor() override { return stream_->descriptor(); }

private:
  static constexpr int k_wait_ms = 100;

  std::unique_ptr<ByteStream> stream_;
  int fd_;
  std::function<bool()> stopped_;
};

} // namespace

std::size_t MemoryStream::read(char* buffer, std::size_t size) {
  const std::size_t got = std::min(size, bytes_.size());
  std::memcpy(buffer, bytes_.data(), got);
  bytes_.remove_prefix(got);
  read_ += got;
  return got;
}

std::string_view PeekStream::peek(std::size_t size) {
  while (ahead_.size() < size) {
    const std::size_t had = ahead_.size();
    ahead_.resize(size);
    const std::size_t got = read_behind(had, size);
    ahead_.resize(had + got);
    if (got == 0) break;
  }
  return std::string_view(ahead_).substr(0, size);
}

/// Where something precedes an error, the error waits until that has been read: whoever reads on meets it again.
std::size_t PeekStream::read_behind(std::size_t had, std::size_t size) {
  try {
    return stream_.read(ahead_.data() + had, size - had);
  } catch (const ReadError&) {
    ahead_.resize(had);
    if (had == 0) throw;
    return 0;
  }
}

std::size_t PeekStream::read(char* buffer, std::size_t size) {
  if (ahead_.empty()) return stream_.read(buffer, size);
  const std::size_t got = std::min(size, ahead_.size());
  std::memcpy(buffer, ahead_.data(), got);
  ahead_.erase(0, got);
  return got;
}

std::string read_all(ByteStream& stream, std::size_t limit) {
  std::string bytes;
  while (bytes.size() <= limit) {
    const std::size_t had = bytes.size();
    bytes.resize(had + k_piece);
    const std::size_t got = stream.read(bytes.data() + had, k_piece);
    bytes.resize(had + got);
    if (got == 0) break;
  }
  return bytes;
}

std::unique_ptr<ByteStream> open_stored(const std::string& path) {
  // Not blocking, or opening a pipe that nobody writes to would wait for ever.
  FileDescriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) fail(path, "cannot be opened: " + system_reason());
  struct stat status {};
  if (fstat(fd.get(), &status) != 0) fail(path, "cannot be opened: " + system_reason());
  if (!S_ISREG(status.st_mode)) fail(path, S_ISDIR(status.st_mode) ? "is a directory" : "is not a regular file");
  return std::make_unique<FileStream>(std::move(fd), path);
}

std::unique_ptr<ByteStream> stored_stdin(std::function<bool()> stopped) {
  auto stream = std::make_unique<FileStream>(FileDescriptor(STDIN_FILENO), "standard input");
  if (!stopped) return stream;
  return std::make_unique<StoppableStream>(std::move(stream), STDIN_FILENO, std::move(stopped));
}

} // namespace pfind::corpus
