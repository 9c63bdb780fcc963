#include "tests/integration/xapian_server.hpp"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pfind::tests {
namespace {

constexpr int k_attempts = 10;     // at a port that another program takes before the server does
constexpr int k_patience = 30'000; // milliseconds for the server's next word

/// A port that is free now: the server takes none by itself.
std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address); // as the interface of sockets wants it
  const bool is_bound = ::bind(fd, any, size) == 0 && ::getsockname(fd, any, &size) == 0;
  ::close(fd);
  if (!is_bound) throw std::runtime_error("there is no free port");
  return ntohs(address.sin_port);
}

/// Starts the server in a process group of its own, its standard output on `out`; -1 where that fails.
pid_t spawn(const std::string& index, std::uint16_t port, int out) {
  std::string number = std::to_string(port);
  std::array<std::string, 6> words{"xapian-tcpsrv", "--interface", "127.0.0.1", "--port", number, index};
  std::array<char*, 7> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  // Whoever waits for the end of the test's own output must not wait for a server.
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, arguments.front(), &actions, &attributes, arguments.data(), ::environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? pid : -1;
}

/// Whether the server says that it listens; not where it ends, as when its port is taken, or stays silent.
bool listens(int out) {
  std::string said;
  std::array<char, 256> buffer{};
  pollfd waiting{out, POLLIN, 0};
  while (said.find("Listening") == std::string::npos) {
    if (::poll(&waiting, 1, k_patience) != 1) return false;
    const ssize_t size = ::read(out, buffer.data(), buffer.size());
    if (size <= 0) return false;
    said.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return true;
}

} // namespace

XapianServer::XapianServer(const std::filesystem::path& index) {
  for (int attempt = 1; attempt <= k_attempts; ++attempt) {
    if (start(index)) return;
  }
  throw std::runtime_error("xapian-tcpsrv (of xapian-tools) does not serve " + index.string());
}

XapianServer::~XapianServer() { stop(); }

bool XapianServer::start(const std::filesystem::path& index) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return false;
  port_ = free_port();
  pid_ = spawn(index.string(), port_, pipe[1]);
  ::close(pipe[1]);
  out_ = pipe[0];
  if (pid_ > 0 && listens(out_)) return true;
  stop();
  return false;
}

void XapianServer::stop() const {
  if (pid_ > 0) {
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ::kill(-pid_, SIGKILL); // what it may have forked for a connection meanwhile
  }
  if (out_ >= 0) ::close(out_);
}

} // namespace pfind::tests
