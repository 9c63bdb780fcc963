#include "corpus/isolated/isolated_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include "common/terminal.hpp"

namespace pfind::corpus {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t k_piece = std::size_t{64} << 10;
constexpr milliseconds k_time_to_end{1000}; // for a process that has closed its output

[[noreturn]] void cannot_start(int error) {
  throw ReaderMissing(
      fmt::format("the program that reads it cannot be started: {}", std::generic_category().message(error)));
}

/// A file descriptor that closes itself, and is none of the three standard ones, so that it can be put in their place.
class Descriptor {
public:
  explicit Descriptor(int fd = -1) : fd_(fd) {
    if (fd < 0 || fd > STDERR_FILENO) return;
    fd_ = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(fd);
    if (fd_ < 0) cannot_start(errno);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { reset(); }
  void reset() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

private:
  int fd_;
};

/// Ours first, the other process's second.
std::pair<Descriptor, Descriptor> connection() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) cannot_start(errno);
  Descriptor ours(ends[0]);
  return {std::move(ours), Descriptor(ends[1])};
}

/// What happens between fork and exec.
class Preparation {
public:
  Preparation(int input, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    // Libraries write what they think of a file to standard error.
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    // In a group of its own Ctrl-C does not reach it: this program alone says when reading ends.
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  ~Preparation() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  pid_t spawn(std::string program, std::string kind) const {
    std::array<char*, 3> arguments{program.data(), kind.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t pid = -1;
    const int error = posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments.data(), environment.data());
    if (error != 0) cannot_start(error);
    return pid;
  }

private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::string ending(int status) {
  if (!WIFSIGNALED(status)) return "the program that reads it ended before it was done; the file is damaged or hostile";
  const int signal = WTERMSIG(status);
  if (signal == SIGXCPU) return "takes too much processor time to read; it is damaged or hostile";
  if (signal == SIGKILL) return "the program that reads it was killed, perhaps for want of memory";
  return fmt::format("the program that reads it crashed ({}); the file is damaged or hostile", strsignal(signal));
}

} // namespace

std::string reader_program() {
  constexpr const char* name = "pindex-reader";
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const std::array places{here / name, here.parent_path() / "libexec/pfind" / name,
                          std::filesystem::path(PFIND_LIBEXEC_DIR) / name};
  for (const auto& place : places) {
    if (std::filesystem::is_regular_file(place, error)) return place.string();
  }
  throw ReaderMissing(fmt::format("{}, the program that reads it, is neither at {} nor at {}; install pfind completely",
                                  name, places[0].string(), places[1].string()));
}

/// The process and the bytes to and from it.
class IsolatedReader::Process {
public:
  Process(const std::string& program, const std::string& kind, ByteStream& stream, const IsolationLimits& limits)
      : stream_(stream), limits_(limits) {
    start(program, kind);
  }

  ~Process() {
    if (reaped_) return;
    kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  std::optional<Frame> next() {
    for (;;) {
      const std::optional<Frame> frame = frames_.next();
      if (!frame) {
        receive();
      } else if (frame->type == FrameType::end) {
        rethrow_stream_error();
        return std::nullopt;
      } else if (frame->type == FrameType::failure) {
        rethrow_stream_error();
        throw ReadError(printable(frame->content));
      } else {
        return frame;
      }
    }
  }

private:
  /// Waits until there are more bytes of the process; feeds it meanwhile.
  void receive() {
    for (;;) {
      if (feeding_ && to_send_.empty()) read_stream();
      pollfd channel{channel_.get(), static_cast<short>(feeding_ ? POLLIN | POLLOUT : POLLIN), 0};
      wait(channel);
      if ((channel.revents & POLLOUT) != 0) send_some();
      if ((channel.revents & (POLLIN | POLLHUP | POLLERR)) != 0) return receive_some();
    }
  }

  void wait(pollfd& channel) {
    const auto begin = Clock::now();
    const auto limit = std::min(limits_.silence, limits_.total - waited_);
    int ready = 0;
    do {
      const auto spent = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
      const auto left = std::clamp<std::int64_t>((limit - spent).count(), 0, 1 << 30);
      ready = poll(&channel, 1, static_cast<int>(left));
    } while (ready < 0 && errno == EINTR);
    waited_ += std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
    if (ready == 0) throw ReadError("takes too long to read; it is damaged or hostile");
  }

  void read_stream() {
    buffer_.resize(k_piece);
    try {
      to_send_ = std::string_view(buffer_.data(), stream_.read(buffer_.data(), buffer_.size()));
    } catch (const ReadError& error) { // what was read before it may hold articles
      stream_error_ = error.what();
    }
    if (to_send_.empty()) end_input();
  }

  void send_some() {
    const ssize_t sent = send(channel_.get(), to_send_.data(), to_send_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) to_send_.remove_prefix(static_cast<std::size_t>(sent));
    // It wants no more, or is dead, which its output will tell.
    if (sent < 0 && errno != EAGAIN && errno != EINTR) end_input();
  }

  void end_input() {
    feeding_ = false;
    shutdown(channel_.get(), SHUT_WR);
  }

  void receive_some() {
    std::array<char, k_piece> piece{};
    const ssize_t got = recv(channel_.get(), piece.data(), piece.size(), MSG_DONTWAIT);
    if (got > 0) return frames_.add({piece.data(), static_cast<std::size_t>(got)});
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    rethrow_stream_error();
    throw ReadError(ending(end_status()));
  }

  /// How a process ended that has closed its output.
  int end_status() {
    const auto deadline = Clock::now() + k_time_to_end;
    int status = 0;
    pid_t pid = 0;
    while ((pid = waitpid(pid_, &status, WNOHANG)) == 0 && Clock::now() < deadline)
      std::this_thread::sleep_for(milliseconds(1));
    reaped_ = pid == pid_;
    return status;
  }

  void rethrow_stream_error() const {
    if (!stream_error_.empty()) throw ReadError(stream_error_);
  }

  void start(const std::string& program, const std::string& kind) {
    auto [ours, other] = connection();
    const int file = stream_.descriptor();
    pid_ = Preparation(file >= 0 ? file : other.get(), other.get()).spawn(program, kind);
    channel_ = std::move(ours);
    feeding_ = file < 0;
  }

  ByteStream& stream_;
  IsolationLimits limits_;
  pid_t pid_ = -1;
  bool reaped_ = false;
  Descriptor channel_;
  FrameParser frames_;
  bool feeding_ = false;
  std::vector<char> buffer_;
  std::string_view to_send_; // of buffer_
  std::string stream_error_;
  milliseconds waited_{0};
};

IsolatedReader::IsolatedReader(const std::string& program, const std::string& kind, ByteStream& stream,
                               const IsolationLimits& limits)
    : process_(std::make_unique<Process>(program, kind, stream, limits)) {}

IsolatedReader::~IsolatedReader() = default;

std::optional<Frame> IsolatedReader::next() { return process_->next(); }

} // namespace pfind::corpus
