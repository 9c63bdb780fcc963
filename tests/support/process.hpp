#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pfind::tests {

/// How a program is run. Its environment is exactly what is given here, so that no test depends on the tester's own.
struct RunOptions {
  std::map<std::string, std::string> environment{{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
  std::filesystem::path directory;  ///< to run in; the current one where empty
  std::string input;                ///< what the program reads from standard input
  bool input_closed = false;        ///< runs without a standard input, as some schedulers do
  bool output_closed = false;       ///< nobody reads standard output, as behind a pager that was left
  std::chrono::seconds timeout{60}; ///< then the program is killed
};

/// What a program that ran left behind.
struct RunResult {
  int status = -1; ///< exit status; 128 + the signal's number where a signal ended it, as a shell reports it
  std::string out; ///< standard output
  std::string err; ///< standard error
  bool timed_out = false;
};

/// Runs the program `arguments.front()` (a path, or a name found in PATH) to its end. Throws std::system_error where it
/// cannot be started.
RunResult run(const std::vector<std::string>& arguments, const RunOptions& options = {});

} // namespace pfind::tests
