#include "tests/torture/forked_programs.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace pfind::tests {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// A file in memory that a program writes to.
class MemoryFile {
public:
  MemoryFile() : file_(memfd_create("output", MFD_CLOEXEC)) {
    if (file_ < 0) fail("cannot make a file in memory");
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int get() const { return file_; }

  std::string text() const {
    struct stat about {};
    if (fstat(file_, &about) != 0) fail("cannot read an output");
    std::string text(static_cast<std::size_t>(about.st_size), '\0');
    if (pread(file_, text.data(), text.size(), 0) != about.st_size) fail("cannot read an output");
    return text;
  }

private:
  int file_;
};

[[noreturn]] void become(int (*main)(int, char**), std::vector<std::string>& arguments, int out, int err) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nowhere = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nowhere, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  std::exit(main(static_cast<int>(arguments.size()), pointers.data()));
}

/// Whether the process ended in time; otherwise it is killed.
bool ends(pid_t process, std::chrono::seconds timeout) {
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
  if (handle < 0) fail("cannot wait for a process");
  pollfd ended{handle, POLLIN, 0};
  const int ready = poll(&ended, 1, static_cast<int>(std::chrono::milliseconds(timeout).count()));
  close(handle);
  if (ready == 0) kill(process, SIGKILL);
  return ready != 0;
}

} // namespace

RunResult run_forked(int (*main)(int, char**), std::vector<std::string> arguments, std::chrono::seconds timeout) {
  const MemoryFile out;
  const MemoryFile err;
  const pid_t process = fork();
  if (process < 0) fail("cannot start a process");
  if (process == 0) become(main, arguments, out.get(), err.get());
  RunResult result;
  result.timed_out = !ends(process, timeout);
  int status = 0;
  if (waitpid(process, &status, 0) != process) fail("cannot wait for a process");
  result.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  result.out = out.text();
  result.err = err.text();
  return result;
}

} // namespace pfind::tests
