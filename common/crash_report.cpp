#include "common/crash_report.hpp"

#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <unistd.h>

#include "common/error.hpp"

namespace pfind {
namespace {

const char* crashing = nullptr; // the program's name

void say(const char* text) { static_cast<void>(!write(STDERR_FILENO, text, std::strlen(text))); }

/// May do only what is safe in a process in an unknown state (signal-safety(7)).
[[maybe_unused]] void tell(int signal) {
  say(crashing);
  say(": crashed (");
  say(signal == SIGABRT ? "aborted" : signal == SIGFPE ? "arithmetic error" : "invalid memory access");
  say("); the index may be damaged: pindex --check looks for damage, pindex --check --repair mends it\n");
  _exit(static_cast<int>(ExitStatus::error));
}

} // namespace

void report_crashes(const char* program) {
#ifndef __SANITIZE_ADDRESS__
  static std::array<std::byte, std::size_t{64} << 10> stack; // the usual one may be what is full
  const stack_t alternative{.ss_sp = stack.data(), .ss_flags = 0, .ss_size = stack.size()};
  sigaltstack(&alternative, nullptr);
  crashing = program;
  struct sigaction action {};
  action.sa_handler = tell;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) sigaction(signal, &action, nullptr);
#else
  static_cast<void>(program);
#endif
}

} // namespace pfind
