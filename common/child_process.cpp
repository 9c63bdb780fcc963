#include "common/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace pfind {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t k_place_bytes = 256;        // its length, then at most 255 bytes
constexpr std::size_t k_sent_at_once = 64U << 10; // bytes of messages
constexpr int k_look_milliseconds = 100;          // between looks at whether the work moves or is to stop
constexpr char k_failure = '\0';                  // a kind of its own: the message of an exception
constexpr int k_complete_status = 0, k_failed_status = 1;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// Memory that a process shares with those it forks.
class SharedPlace {
public:
  SharedPlace() : bytes_(mmap(nullptr, k_place_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (bytes_ == MAP_FAILED) fail("cannot share memory with a process");
  }
  ~SharedPlace() { munmap(bytes_, k_place_bytes); }
  SharedPlace(const SharedPlace&) = delete;
  SharedPlace& operator=(const SharedPlace&) = delete;

  char* get() const { return static_cast<char*>(bytes_); }
  std::string text() const { return {get() + 1, static_cast<unsigned char>(*get())}; }

private:
  void* bytes_;
};

/// Makes messages of the bytes of the pipe.
class Messages {
public:
  void add(std::string_view bytes) { bytes_.append(bytes); }

  /// Calls `use(kind, content)` for each complete message.
  template <typename Use>
  void for_each(Use&& use) {
    std::string_view left = bytes_;
    while (left.size() >= k_head) {
      std::uint64_t size = 0;
      std::memcpy(&size, left.data() + 1, sizeof size);
      if (left.size() - k_head < size) break;
      use(left.front(), left.substr(k_head, size));
      left.remove_prefix(k_head + size);
    }
    bytes_.erase(0, bytes_.size() - left.size());
  }

  static constexpr std::size_t k_head = 1 + sizeof(std::uint64_t);

private:
  std::string bytes_;
};

/// What the forked process does; it does not return from here.
[[noreturn]] void work_in_child(const std::function<void(ChildVoice&)>& work, int out, char* place, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(k_failed_status);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  // A library that aborts says so on standard error; the other process says it better.
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) std::signal(signal, SIG_DFL);
  int status = k_complete_status;
  ChildVoice voice(out, place);
  try {
    work(voice);
  } catch (const std::exception& error) {
    voice.tell(k_failure, error.what());
    status = k_failed_status;
  }
  voice.flush();
  _exit(status);
}

/// The process and the pipe from it.
class Child {
public:
  explicit Child(const std::function<void(ChildVoice&)>& work) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("cannot talk to a process");
    const pid_t parent = getpid();
    pid_ = fork();
    if (pid_ == 0) {
      close(ends[0]);
      work_in_child(work, ends[1], place_.get(), parent);
    }
    const int error = errno;
    close(ends[1]);
    in_ = ends[0];
    if (pid_ > 0) return;
    close(in_);
    errno = error;
    fail("cannot start a process");
  }
  ~Child() {
    close(in_);
    if (pid_ > 0) wait(true);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Waits a moment for bytes; false where the pipe has ended.
  bool read(Messages& messages) const {
    pollfd ready{in_, POLLIN, 0};
    if (poll(&ready, 1, k_look_milliseconds) <= 0) return true;
    std::array<char, k_sent_at_once> bytes{};
    const ssize_t got = ::read(in_, bytes.data(), bytes.size());
    if (got > 0) messages.add({bytes.data(), static_cast<std::size_t>(got)});
    return got > 0 || (got < 0 && errno == EINTR);
  }

  std::string place() const { return place_.text(); }

  int wait(bool end) {
    if (end) kill(pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

private:
  SharedPlace place_;
  pid_t pid_ = -1;
  int in_ = -1;
};

} // namespace

void ChildVoice::tell(char kind, std::string_view content) {
  const std::uint64_t size = content.size();
  waiting_ += kind;
  waiting_.append(reinterpret_cast<const char*>(&size), sizeof size);
  waiting_ += content;
  if (waiting_.size() >= k_sent_at_once) flush();
}

void ChildVoice::flush() {
  std::string_view left = waiting_;
  while (!left.empty()) {
    const ssize_t wrote = write(out_, left.data(), left.size());
    if (wrote < 0 && errno != EINTR) _exit(k_failed_status); // nobody listens any more
    if (wrote > 0) left.remove_prefix(static_cast<std::size_t>(wrote));
  }
  waiting_.clear();
}

void ChildVoice::at(std::string_view place) {
  const std::size_t size = std::min(place.size(), k_place_bytes - 1);
  std::memcpy(place_ + 1, place.data(), size);
  *place_ = static_cast<char>(size);
}

ChildEnd run_in_child(const std::function<void(ChildVoice&)>& work,
                      const std::function<void(char kind, std::string_view content)>& hear, const ChildLimits& limits) {
  Child child(work);
  ChildEnd end;
  Messages messages;
  Clock::time_point moved = Clock::now();
  std::string place;
  const auto use = [&](char kind, std::string_view content) {
    moved = Clock::now();
    if (kind == k_failure)
      end = {ChildEnd::Reason::failed, std::string(content), {}};
    else
      hear(kind, content);
  };
  while (child.read(messages)) {
    messages.for_each(use);
    if (std::string now = child.place(); now != place) {
      place = std::move(now);
      moved = Clock::now();
    }
    if (limits.stop.stop_requested()) {
      child.wait(true);
      return {ChildEnd::Reason::stopped, {}, child.place()};
    }
    if (Clock::now() - moved <= limits.patience) continue;
    child.wait(true);
    return {ChildEnd::Reason::stuck, "does not come to an end", child.place()};
  }
  messages.for_each(use);
  const int status = child.wait(false);
  end.place = child.place();
  if (WIFSIGNALED(status)) {
    end.reason = ChildEnd::Reason::crashed;
    end.error = strsignal(WTERMSIG(status));
  } else if (WEXITSTATUS(status) != k_complete_status && end.reason == ChildEnd::Reason::complete) {
    end = {ChildEnd::Reason::failed, "ended early", end.place};
  }
  return end;
}

} // namespace pfind
