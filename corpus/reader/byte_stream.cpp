#include "corpus/reader/byte_stream.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "common/error.hpp"
#include "corpus/reader/inflate_stream.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_piece = std::size_t{64} << 10;
constexpr std::size_t k_magic_size = 6;

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

  std::uint64_t stored_bytes_read() const override { return read_; }

private:
  FileDescriptor fd_;
  std::string name_;
  std::uint64_t read_ = 0;
};

bool is_compressed(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::array magics{"BZh"sv, "\xfd\x37zXZ\0"sv, "\x28\xb5\x2f\xfd"sv};
  return std::any_of(magics.begin(), magics.end(), [&](std::string_view magic) { return head.starts_with(magic); });
}

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

/// What a compressed stream holds, decompressed piece by piece by libarchive's "raw" format.
class DecompressedStream : public ByteStream {
public:
  DecompressedStream(std::unique_ptr<ByteStream> stored, std::string name)
      : stored_(std::move(stored)), name_(std::move(name)), archive_(archive_read_new()) {
    archive_read_support_filter_bzip2(archive_.get());
    archive_read_support_filter_xz(archive_.get());
    archive_read_support_filter_zstd(archive_.get());
    archive_read_support_format_raw(archive_.get());
    archive_read_support_format_empty(archive_.get());
  }

  std::size_t read(char* buffer, std::size_t size) override {
    if (!open_) open();
    if (empty_) return 0;
    const la_ssize_t got = archive_read_data(archive_.get(), buffer, size);
    if (got < 0) fail_as_corrupt();
    return static_cast<std::size_t>(got);
  }
  std::uint64_t stored_bytes_read() const override { return stored_->stored_bytes_read(); }

private:
  void open() {
    open_ = true;
    if (archive_read_open(archive_.get(), this, nullptr, &DecompressedStream::read_stored, nullptr) != ARCHIVE_OK) {
      fail_as_corrupt();
    }
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(archive_.get(), &entry);
    empty_ = status == ARCHIVE_EOF;
    if (!empty_ && status != ARCHIVE_OK) fail_as_corrupt();
    // What begins like compressed data but has no valid header would pass through unchanged.
    if (!empty_ && archive_filter_count(archive_.get()) < 2)
      fail(name_, "the header of the compressed data is damaged");
  }

  [[noreturn]] void fail_as_corrupt() {
    if (!stored_error_.empty()) throw ReadError(stored_error_);
    const char* reason = archive_error_string(archive_.get());
    fail(name_, fmt::format("the compressed data is damaged or cut short ({})", reason ? reason : "unknown error"));
  }

  // No exception may cross the C library: a failure is kept and thrown once it has returned.
  static la_ssize_t read_stored(archive* a, void* self_pointer, const void** piece) {
    auto* self = static_cast<DecompressedStream*>(self_pointer);
    *piece = self->piece_.data();
    try {
      return static_cast<la_ssize_t>(self->stored_->read(self->piece_.data(), self->piece_.size()));
    } catch (const ReadError& error) {
      self->stored_error_ = error.what();
      archive_set_error(a, EIO, "%s", error.what());
      return -1;
    }
  }

  std::unique_ptr<ByteStream> stored_;
  std::string name_;
  std::unique_ptr<archive, FreeArchive> archive_;
  std::vector<char> piece_ = std::vector<char>(k_piece);
  std::string stored_error_;
  bool open_ = false;
  bool empty_ = false;
};

/// A stream that owns what it reads ahead of.
class OwningPeekStream : public ByteStream {
public:
  explicit OwningPeekStream(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)), ahead_(*stream_) {}
  std::string_view peek(std::size_t size) { return ahead_.peek(size); }
  std::size_t read(char* buffer, std::size_t size) override { return ahead_.read(buffer, size); }
  std::uint64_t stored_bytes_read() const override { return stream_->stored_bytes_read(); }

private:
  std::unique_ptr<ByteStream> stream_;
  PeekStream ahead_;
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

std::unique_ptr<ByteStream> decompressed(std::unique_ptr<ByteStream> stored, std::string name) {
  auto ahead = std::make_unique<OwningPeekStream>(std::move(stored));
  const std::string_view magic = ahead->peek(k_magic_size);
  if (magic.starts_with("\x1f\x8b")) {
    // Not by libarchive, which loses what is intact of a block where the data breaks off.
    return std::make_unique<InflateStream>(std::move(ahead), std::move(name), DeflateWrapping::gzip);
  }
  if (!is_compressed(magic)) return ahead;
  return std::make_unique<DecompressedStream>(std::move(ahead), std::move(name));
}

std::unique_ptr<ByteStream> open_file(const std::string& path) { return decompressed(open_stored(path), path); }

std::unique_ptr<ByteStream> open_stdin() {
  return decompressed(std::make_unique<FileStream>(FileDescriptor(STDIN_FILENO), "standard input"), "standard input");
}

} // namespace pfind::corpus
