#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace pfind::tests {

/// A user of the two programs: an empty home directory, articles in `home/articles`, and the programs run from there,
/// so that paths in what they print are short and the same in every run.
class Workspace {
public:
  /// Writes an article and returns its path.
  std::filesystem::path article(const std::filesystem::path& name, std::string_view content) const {
    return home_.write("articles" / name, content);
  }

  const std::filesystem::path& home() const { return home_.path(); }

  /// What a program is run with where a test asks for nothing else.
  RunOptions options() const {
    const std::string home = home_.path().string();
    return {.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}, {"HOME", home}}, .directory = home};
  }

  RunResult pindex(const std::vector<std::string>& arguments) const { return pindex(arguments, options()); }
  RunResult pfind(const std::vector<std::string>& arguments) const { return pfind(arguments, options()); }

  static RunResult pindex(const std::vector<std::string>& arguments, const RunOptions& options) {
    return run_program(PFIND_TESTS_PINDEX, arguments, options);
  }
  static RunResult pfind(const std::vector<std::string>& arguments, const RunOptions& options) {
    return run_program(PFIND_TESTS_PFIND, arguments, options);
  }

  /// Runs a shell script in the home directory; it finds the programs as `pindex` and `pfind`.
  RunResult shell(const std::string& script) const { return shell(script, options()); }
  static RunResult shell(const std::string& script, const RunOptions& options) {
    const std::string programs =
        "pindex() { " PFIND_TESTS_PINDEX " \"$@\"; }; pfind() { " PFIND_TESTS_PFIND " \"$@\"; };\n";
    return run({"bash", "-c", programs + script}, options);
  }

  /// The absolute path of something in the home directory.
  std::string at(const std::string& name) const { return (home_.path() / name).string(); }

private:
  static RunResult run_program(const char* program, const std::vector<std::string>& arguments,
                               const RunOptions& options) {
    std::vector<std::string> command{program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run(command, options);
  }

  TempDir home_;
};

/// Compares all that a program left behind.
inline void check_run(const RunResult& result, int status, std::string_view out, std::string_view err) {
  CHECK(result.out == out);
  CHECK(result.err == err);
  CHECK(result.status == status);
}

} // namespace pfind::tests
