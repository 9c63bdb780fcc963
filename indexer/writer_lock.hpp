#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <utility>

namespace pfind::indexer {

/// Holds the lock of an index's one writer for as long as it lives. The system frees it when the process ends, however
/// it ends.
class WriterLock {
public:
  /// Takes the lock of `index` (a directory that exists). Where another process has it, calls `waiting` once and tries
  /// for up to `patience`, or until `stop` is requested; then throws LockedError. Throws IndexError where the lock file
  /// cannot be made.
  WriterLock(const std::filesystem::path& index, std::chrono::milliseconds patience,
             const std::function<void()>& waiting, const std::stop_token& stop = {});
  ~WriterLock();
  WriterLock(WriterLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

private:
  int fd_ = -1;
};

} // namespace pfind::indexer
