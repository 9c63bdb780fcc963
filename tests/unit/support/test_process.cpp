#include <catch2/catch.hpp>

#include <csignal>
#include <system_error>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

using pfind::tests::run;
using pfind::tests::RunOptions;
using pfind::tests::RunResult;
using pfind::tests::TempDir;

namespace {

RunResult shell(const std::string& script, const RunOptions& options = {}) {
  return run({"/bin/sh", "-c", script}, options);
}

} // namespace

TEST_CASE("a program's output and its arguments arrive unchanged") {
  const RunResult echoed = run({"/bin/echo", "two  spaces", "*", "\"quotes\""});
  CHECK(echoed.out == "two  spaces * \"quotes\"\n");
  CHECK(echoed.err.empty());
  CHECK(echoed.status == 0);
}

TEST_CASE("a program without a path is looked up") { CHECK(run({"echo", "found"}).out == "found\n"); }

TEST_CASE("exit statuses and signals are reported as a shell does") {
  CHECK(shell("exit 0").status == 0);
  CHECK(shell("exit 75").status == 75);
  CHECK(shell("kill -TERM $$").status == 128 + SIGTERM);
}

TEST_CASE("standard error is kept apart from standard output") {
  const RunResult result = shell("echo out; echo err >&2");
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
}

TEST_CASE("the program reads the input it is given") {
  CHECK(run({"/bin/cat"}).out.empty());
  CHECK(run({"/bin/cat"}, {.input = "line\n"}).out == "line\n");

  // More than the pipes hold, both ways at once.
  const std::string large(3 << 20, 'x');
  CHECK(run({"/bin/cat"}, {.input = large}).out == large);
}

TEST_CASE("a program that stops reading early is no error") {
  const RunResult head = run({"/usr/bin/head", "-c", "3"}, {.input = std::string(3 << 20, 'x')});
  CHECK(head.status == 0);
  CHECK(head.out == "xxx");
}

TEST_CASE("standard input can be closed") {
  CHECK(shell("[ -e /proc/self/fd/0 ]").status == 0);
  CHECK(run({"/bin/cat"}, {.input_closed = true}).status == 1);
}

TEST_CASE("standard output can be closed, and the program meets SIGPIPE") {
  CHECK(run({"/bin/cat"}, {.input = "x", .output_closed = true}).status == 128 + SIGPIPE);
}

TEST_CASE("the environment is what is given and nothing else") {
  CHECK(run({"/usr/bin/env"}, {.environment = {{"A", "1"}, {"B", "two words"}}}).out == "A=1\nB=two words\n");
}

TEST_CASE("a program runs in the directory it is given") {
  const TempDir dir;
  CHECK(run({"/bin/pwd"}, {.directory = dir.path()}).out == dir.path().string() + '\n');
}

TEST_CASE("a program that does not end is killed") {
  const RunResult result = shell("exec sleep 600", {.timeout = std::chrono::seconds{1}});
  CHECK(result.timed_out);
  CHECK(result.status == 128 + SIGKILL);
}

TEST_CASE("a program that is not there is an error") { CHECK_THROWS_AS(run({"/no/such/program"}), std::system_error); }
