#include <catch2/catch.hpp>

#include "tests/cli/newsroom.hpp"

using namespace pfind::tests;

namespace {

/// Runs pindex with its messages going to descriptor 3, its process being $pid. Job control, or the shell would have it
/// ignore SIGINT.
const std::string k_in_background = R"(
start() {
  set -m
  mkfifo messages
  $PINDEX "$@" 2>messages >summary & pid=$!
  exec 3<messages
}
)";

RunResult run_script(const Workspace& user, const std::string& script) {
  RunOptions options = user.options();
  options.environment["PINDEX"] = PFIND_TESTS_PINDEX;
  return Workspace::shell(k_in_background + script, options);
}

} // namespace

TEST_CASE("interrupted once while it indexes, pindex keeps what is complete, the next run does the rest") {
  const Workspace user;
  constexpr int articles = 4000;
  for (int i = 0; i < articles; ++i)
    user.article("some-long-name-of-a-file-that-fills-the-pipe-sooner-" + std::to_string(i) + ".txt",
                 "Royalties rise\n\nRoyalties rise for the " + std::to_string(i) + "th time.\n");
  // Nobody reads the messages, so that pindex cannot end before it is interrupted; the signal is taken once it is no
  // longer pending.
  const RunResult interrupted = run_script(user, R"(
start --verbose articles
read -r first <&3
kill -INT $pid
while grep -q '^ShdPnd:.*[^0\t ]' /proc/$pid/status; do :; done
cat <&3 >rest
wait $pid
echo $?
grep -c 'pindex: stopping; what is complete is kept (again to stop at once)' rest
grep -o 'interrupted: run pindex again for the rest' summary
)");
  CHECK(interrupted.out == "130\n1\ninterrupted: run pindex again for the rest\n");
  const RunResult completed = user.pindex({"articles"});
  CHECK(completed.status == 0);
  CHECK(completed.out.ends_with("0 skipped; 4,000 articles in the index\n"));
  CHECK(user.pfind({"--count", "royalties"}).out == "4000\n");
}

TEST_CASE("interrupted twice, pindex stops at once, the next run does it all") {
  const Newsroom user;
  // It waits to write a message that nobody reads: nothing but the signal can end it.
  const RunResult interrupted = run_script(user, R"(
for i in {1..3000}; do : >articles/an-empty-file-with-a-name-that-fills-the-pipe-$i.txt; done
start --verbose articles
read -r first <&3
kill -INT $pid
while grep -q '^ShdPnd:.*[^0\t ]' /proc/$pid/status; do :; done
kill -INT $pid
wait $pid
echo $?
)");
  CHECK(interrupted.out == "130\n");
  CHECK(user.pindex({"-q", "articles/court.md", "articles/deal.txt", "articles/feed.jsonl"}).status == 0);
  CHECK(user.pfind({"--count", "*"}).out == "4\n");
}

TEST_CASE("interrupted twice while it waits for its input, pindex ends though somebody reads what it says") {
  const Workspace user;
  const RunResult interrupted = run_script(user, R"(
mkfifo input
exec 4<>input
start --print - <input
until grep -q '^SigBlk:.*4002' /proc/$pid/status; do :; done
kill -INT $pid
read -r message <&3
echo "$message"
kill -INT $pid
wait $pid
echo $?
)");
  CHECK(interrupted.out == "pindex: stopping; what is complete is kept (again to stop at once)\n130\n");
}

TEST_CASE("interrupted while it waits for another, pindex ends") {
  const IndexedNewsroom user;
  const RunResult result = run_script(user, R"(
exec 9<.local/share/pfind/index/lock
flock 9
start --wait 50 articles
read -r line <&3
echo "$line"
kill -INT $pid
wait $pid
echo $?
)");
  CHECK(result.out == "pindex: waiting for another pindex that writes to this index\n130\n");
}

TEST_CASE("interrupted, pindex --print ends before the next article") {
  const Workspace user;
  const RunResult result = run_script(user, R"(
article='{"title":"Royalties rise","body":"Royalties rise again."}'
mkfifo input
set -m
$PINDEX --print - <input 2>messages >output & pid=$!
exec 4>input
trap '' PIPE
for i in {1..2000}; do echo "$article" >&4; done
until [ -s output ]; do :; done
kill -INT $pid
until grep -q stopping messages; do :; done
for i in {1..2000}; do echo "$article"; done 2>/dev/null >&4
exec 4>&-
wait $pid
echo $?
[ $(wc -l <output) -lt 4000 ] && echo less
)");
  CHECK(result.out == "130\nless\n");
}
