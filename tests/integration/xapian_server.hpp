#pragma once

#include <cstdint>
#include <filesystem>
#include <sys/types.h>

namespace pfind::tests {

/// A stock `xapian-tcpsrv` that serves an index on a port of the loopback interface for as long as the object lives.
class XapianServer {
public:
  /// Returns when the server listens. Throws std::runtime_error where it does not start.
  explicit XapianServer(const std::filesystem::path& index);
  ~XapianServer();
  XapianServer(const XapianServer&) = delete;
  XapianServer& operator=(const XapianServer&) = delete;

  std::uint16_t port() const { return port_; }

private:
  bool start(const std::filesystem::path& index);
  void stop() const;

  std::uint16_t port_ = 0;
  int out_ = -1;   // what it says; it says a line of each connection, so this stays open
  pid_t pid_ = -1; // also of the group with the processes that it makes for connections
};

} // namespace pfind::tests
