#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <future>
#include <memory>
#include <pthread.h>
#include <stop_token>
#include <thread>
#include <unistd.h>

#include "common/crash_report.hpp"
#include "common/error.hpp"
#include "common/terminal.hpp"
#include "common/version.hpp"
#include "indexer/check/repair.hpp"
#include "indexer/console.hpp"
#include "indexer/copy.hpp"
#include "indexer/inspection.hpp"
#include "indexer/options.hpp"
#include "indexer/run.hpp"

namespace {

using namespace pfind;
using namespace pfind::indexer;

constexpr int k_interrupted_status = static_cast<int>(ExitStatus::interrupted);

/// First SIGINT or SIGTERM: stop in good order. Second: at once, as without all this. The first is taken by a thread of
/// its own, so that any code may run in answer to it.
void handle_signals(const std::stop_source& stop, bool terminal) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any other thread starts
  const auto is_ready = std::make_shared<std::promise<void>>();
  const std::future<void> ready = is_ready->get_future();
  std::thread([signals, terminal, stop, is_ready] { // shares of its own: it may run while main returns
    is_ready->set_value();
    int signal = 0;
    sigwait(&signals, &signal);
    stop.request_stop();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr); // before printing, which may wait for whoever reads
    // On a terminal, below the line that shows ^C.
    write_error(
        fmt::format("{}pindex: stopping; what is complete is kept (again to stop at once)\n", terminal ? "\n" : ""));
    for (;;) pause(); // where the second one can arrive: every other thread has it blocked
  })
      .detach();
  // Whoever copies this process does so while the thread waits: what it holds, nobody would give back in the copy
  // (AddressSanitizer's allocator, as it starts).
  ready.wait();
}

const char* variable(const char* name) { return std::getenv(name); } // only here, before threads

Terminal terminal_of(int descriptor) {
  const auto text = [](const char* value) { return value ? std::optional<std::string_view>(value) : std::nullopt; };
  return detect_terminal(
      descriptor,
      {.no_color = text(variable("NO_COLOR")), .term = text(variable("TERM")), .columns = text(variable("COLUMNS"))});
}

ExitStatus perform(const Options& options, Console& console, std::stop_token stop) {
  switch (options.action) {
  case Action::print: return run_print(options, console, std::move(stop));
  case Action::check:
  case Action::repair: return run_check(options, console, stop);
  case Action::backup:
  case Action::restore:
  case Action::compact: return run_copy(options, console, stop);
  case Action::why: return run_why(options, console, terminal_of(STDOUT_FILENO), std::move(stop));
  default: return run_update(options, console, std::move(stop));
  }
}

ExitStatus run(int argc, const char* const* argv, const std::stop_source& stop) {
  const Options options = parse_options(argc, argv,
                                        {.home = variable("HOME"),
                                         .xdg_data_home = variable("XDG_DATA_HOME"),
                                         .xdg_config_home = variable("XDG_CONFIG_HOME")});
  if (options.action == Action::help) {
    write_out(options.help);
    return ExitStatus::success;
  }
  if (options.action == Action::version) {
    write_out(fmt::format("pindex {}\n", k_version));
    return ExitStatus::success;
  }
  const Verbosity verbosity = options.quiet     ? Verbosity::quiet
                              : options.verbose ? Verbosity::verbose
                                                : Verbosity::normal;
  const Terminal terminal = terminal_of(STDERR_FILENO);
  handle_signals(stop, terminal.is_terminal);
  Console console(verbosity, options.report, terminal.is_terminal, terminal.columns);
  const ExitStatus status = perform(options, console, stop.get_token());
  console.finish();
  return status;
}

} // namespace

int main(int argc, char** argv) {
  report_crashes("pindex");
  std::signal(SIGPIPE, SIG_IGN); // a closed pipe is seen as a failed write
  std::signal(SIGXFSZ, SIG_IGN); // so is a file that has reached its limit
  std::stop_source stop;
  try {
    return static_cast<int>(run(argc, argv, stop));
  } catch (const OutputError& error) {
    if (error.is_closed_pipe()) return static_cast<int>(ExitStatus::success); // the reader has seen enough
    write_error(fmt::format("pindex: {}\n", error.what()));
    return static_cast<int>(exit_status(error));
  } catch (const LockedError& error) {
    if (stop.stop_requested()) return k_interrupted_status; // the user would not wait any longer
    write_error(fmt::format("pindex: {}\n", printable(error.what())));
    return static_cast<int>(exit_status(error));
  } catch (const std::exception& error) {
    write_error(fmt::format("pindex: {}\n", printable(line_of(error))));
    return static_cast<int>(exit_status(error));
  }
}
