#include "tests/support/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace pfind::tests {
namespace {

using Clock = std::chrono::steady_clock;

void check(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

/// A file descriptor that closes itself.
class Descriptor {
public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void reset() {
    if (is_open()) ::close(std::exchange(fd_, -1));
  }

private:
  int fd_;
};

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    // Closed on exec: a second program started meanwhile must not keep our ends open.
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) check(errno, "pipe");
    read_end = Descriptor(ends[0]);
    write_end = Descriptor(ends[1]);
  }
  Descriptor read_end;
  Descriptor write_end;
};

/// The steps between fork and exec.
class SpawnActions {
public:
  SpawnActions() { check(::posix_spawn_file_actions_init(&actions_), "posix_spawn"); }
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void redirect(const Descriptor& from, int to) {
    check(::posix_spawn_file_actions_adddup2(&actions_, from.get(), to), "redirect");
  }
  void close(int fd) { check(::posix_spawn_file_actions_addclose(&actions_, fd), "close"); }
  void change_directory(const std::filesystem::path& directory) {
    check(::posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str()), "change directory");
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
  posix_spawn_file_actions_t actions_{};
};

/// Attributes that give the program every signal's default action: it must meet SIGPIPE as it does in a shell.
class SpawnAttributes {
public:
  SpawnAttributes() {
    check(::posix_spawnattr_init(&attributes_), "posix_spawn");
    sigset_t every;
    ::sigfillset(&every);
    check(::posix_spawnattr_setsigdefault(&attributes_, &every), "signals");
    check(::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF), "flags");
  }
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;

  const posix_spawnattr_t* get() const { return &attributes_; }

private:
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& s : strings) result.push_back(s.data());
  result.push_back(nullptr);
  return result;
}

pid_t spawn(std::vector<std::string> arguments, const RunOptions& options, const SpawnActions& actions) {
  std::vector<std::string> environment;
  for (const auto& [name, value] : options.environment) environment.push_back(name + '=' + value);
  const SpawnAttributes attributes;
  pid_t pid = -1;
  check(::posix_spawnp(&pid, arguments.front().c_str(), actions.get(), attributes.get(), pointers(arguments).data(),
                       pointers(environment).data()),
        arguments.front().c_str());
  return pid;
}

/// Moves what one end of the conversation has ready; closes the descriptor at its end.
void take(Descriptor& from, std::string& to) {
  std::array<char, 65536> buffer{};
  const ssize_t size = ::read(from.get(), buffer.data(), buffer.size());
  if (size > 0) {
    to.append(buffer.data(), static_cast<std::size_t>(size));
  } else if (size == 0 || errno != EINTR) {
    from.reset();
  }
}

void give(Descriptor& to, std::string_view& rest) {
  const ssize_t size = rest.empty() ? 0 : ::write(to.get(), rest.data(), rest.size());
  if (size > 0) rest.remove_prefix(static_cast<std::size_t>(size));
  // A program that stops reading is no error of ours: it closed its input, as `head` does.
  if (rest.empty() || (size < 0 && errno != EINTR && errno != EAGAIN)) to.reset();
}

/// Writing to a program that has closed its input must give EPIPE, not end the tests.
class PipeSignalIgnored {
public:
  PipeSignalIgnored() : before_(::signal(SIGPIPE, SIG_IGN)) {}
  ~PipeSignalIgnored() { ::signal(SIGPIPE, before_); }
  PipeSignalIgnored(const PipeSignalIgnored&) = delete;
  PipeSignalIgnored& operator=(const PipeSignalIgnored&) = delete;

private:
  void (*before_)(int);
};

int milliseconds_until(Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
  return static_cast<int>(std::max<decltype(left)>(left, 0));
}

/// Feeds and reads the program until it has closed both outputs. False where `deadline` came first.
bool converse(Descriptor& in, std::string_view input, Descriptor& out, Descriptor& err, RunResult& result,
              Clock::time_point deadline) {
  const PipeSignalIgnored ignored;
  while (out.is_open() || err.is_open()) {
    std::array<pollfd, 3> waiting{{{in.get(), POLLOUT, 0}, {out.get(), POLLIN, 0}, {err.get(), POLLIN, 0}}};
    const int ready = ::poll(waiting.data(), waiting.size(), milliseconds_until(deadline));
    if (ready == 0) return false;
    if (ready < 0) continue; // interrupted by a signal
    if (waiting[0].revents != 0) give(in, input);
    if (waiting[1].revents != 0) take(out, result.out);
    if (waiting[2].revents != 0) take(err, result.err);
  }
  return true;
}

int exit_status_of(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) check(errno, "waitpid");
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

RunResult run(const std::vector<std::string>& arguments, const RunOptions& options) {
  Pipe in;
  Pipe out;
  Pipe err;
  SpawnActions actions;
  if (!options.directory.empty()) actions.change_directory(options.directory);
  options.input_closed ? actions.close(STDIN_FILENO) : actions.redirect(in.read_end, STDIN_FILENO);
  actions.redirect(out.write_end, STDOUT_FILENO);
  actions.redirect(err.write_end, STDERR_FILENO);
  if (options.output_closed) out.read_end.reset();

  const pid_t pid = spawn(arguments, options, actions);
  in.read_end.reset();
  out.write_end.reset();
  err.write_end.reset();
  if (options.input_closed || options.input.empty()) in.write_end.reset();
  if (in.write_end.is_open()) ::fcntl(in.write_end.get(), F_SETFL, O_NONBLOCK);

  RunResult result;
  const auto deadline = Clock::now() + options.timeout;
  result.timed_out = !converse(in.write_end, options.input, out.read_end, err.read_end, result, deadline);
  if (result.timed_out) ::kill(pid, SIGKILL);
  result.status = exit_status_of(pid);
  return result;
}

} // namespace pfind::tests
