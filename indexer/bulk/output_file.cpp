#include "indexer/bulk/output_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace pfind::bulk {
namespace {

constexpr std::size_t k_gathered = std::size_t{1} << 19;
/// Given to the system at a time. Linux 6.18 keeps a file in memory in pieces as large as what is written at once, and
/// takes two to four times as long to find the larger ones.
constexpr std::size_t k_piece = std::size_t{1} << 16;
constexpr mode_t k_mode = 0666; // less what the umask takes away, as Xapian makes its files

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

} // namespace

OutputFile::OutputFile(std::filesystem::path path, Use use)
    : path_(std::move(path)), use_(use), fd_(open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, k_mode)) {
  if (fd_ < 0) fail(path_);
}

OutputFile::~OutputFile() {
  if (writing_.valid()) writing_.wait();
  close(fd_);
}

void OutputFile::write(std::string_view bytes) {
  if (bytes.size() >= k_gathered) {
    flush();
    return write_out(bytes);
  }
  if (gathered_.size() + bytes.size() > k_gathered) begin_flush();
  gathered_ += bytes;
}

void OutputFile::flush() {
  end_flush();
  write_out(gathered_);
  gathered_.clear();
}

void OutputFile::begin_flush() {
  end_flush();
  std::swap(gathered_, on_its_way_);
  gathered_.clear();
  writing_ = std::async(std::launch::async, [this] { write_out(on_its_way_); });
}

void OutputFile::end_flush() {
  if (writing_.valid()) writing_.get();
}

void OutputFile::write_out(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::uint64_t begin = written_;
  written_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), std::min(bytes.size(), k_piece));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (use_ == Use::lasting) // what goes wrong then `sync` tells
    sync_file_range(fd_, static_cast<off64_t>(begin), static_cast<off64_t>(written_ - begin), SYNC_FILE_RANGE_WRITE);
}

void OutputFile::read_at(std::uint64_t place, std::string& bytes) {
  flush();
  for (std::size_t read = 0; read < bytes.size();) {
    const ssize_t got = pread(fd_, &bytes[read], bytes.size() - read, static_cast<off_t>(place + read));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = EIO; // somebody has cut it off
    if (got <= 0) fail(path_);
    read += static_cast<std::size_t>(got);
  }
}

void OutputFile::write_at(std::uint64_t place, std::string_view bytes) {
  flush();
  while (!bytes.empty()) {
    const ssize_t written = pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(place));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    place += static_cast<std::uint64_t>(written);
  }
}

void OutputFile::cut_off(std::uint64_t place) {
  flush();
  if (ftruncate(fd_, static_cast<off_t>(place)) != 0 || lseek(fd_, static_cast<off_t>(place), SEEK_SET) < 0)
    fail(path_);
  written_ = place;
}

void OutputFile::sync() {
  flush();
  if (fdatasync(fd_) != 0) fail(path_);
}

void sync_directory(const std::filesystem::path& directory) {
  const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail(directory);
  const int result = fsync(fd);
  const int saved = errno;
  close(fd);
  errno = saved;
  if (result != 0) fail(directory);
}

} // namespace pfind::bulk
