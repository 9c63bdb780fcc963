#include <catch2/catch.hpp>
#include <csignal>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

#include "common/error.hpp"
#include "indexer/writer_lock.hpp"
#include "tests/support/temp_dir.hpp"

using namespace std::chrono_literals;
using namespace pfind;
using pfind::indexer::WriterLock;
using pfind::tests::TempDir;

TEST_CASE("one holds the lock, another is told who has it") {
  const TempDir index;
  const WriterLock held(index.path(), 0ms, {});
  CHECK_THROWS_AS(WriterLock(index.path(), 0ms, {}), LockedError);
  CHECK_THROWS_WITH(WriterLock(index.path(), 0ms, {}), Catch::Contains(index.path().string()));
}

TEST_CASE("the lock is free again when its holder goes, and locks of two indexes are two") {
  const TempDir index;
  const TempDir other;
  { const WriterLock held(index.path(), 0ms, {}); }
  const WriterLock again(index.path(), 0ms, {});
  CHECK_NOTHROW(WriterLock(other.path(), 0ms, {}));
}

TEST_CASE("a second writer says once that it waits, and gets the lock when it is freed") {
  const TempDir index;
  std::optional<WriterLock> first;
  first.emplace(index.path(), 0ms, nullptr);
  int told = 0;
  const WriterLock second(index.path(), 1h, [&] {
    ++told;
    first.reset();
  });
  CHECK(told == 1);
}

TEST_CASE("whose patience ends goes without") {
  const TempDir index;
  const WriterLock held(index.path(), 0ms, {});
  int told = 0;
  CHECK_THROWS_AS(WriterLock(index.path(), 150ms, [&] { ++told; }), LockedError);
  CHECK(told == 1);
}

TEST_CASE("the death of the holder frees the lock") {
  const TempDir index;
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const pid_t child = fork();
  if (child == 0) {
    const WriterLock held(index.path(), 0ms, {});
    if (write(ready[1], "x", 1) == 1) pause();
    _exit(1);
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  CHECK_THROWS_AS(WriterLock(index.path(), 0ms, {}), LockedError);
  kill(child, SIGKILL);
  REQUIRE(waitpid(child, nullptr, 0) == child);
  CHECK_NOTHROW(WriterLock(index.path(), 0ms, {}));
  close(ready[0]);
  close(ready[1]);
}

TEST_CASE("where no lock file can be made the index cannot be written") {
  const TempDir dir;
  CHECK_THROWS_AS(WriterLock(dir.path() / "missing", 0ms, {}), IndexError);
  CHECK_THROWS_AS(WriterLock(dir.write("file", ""), 0ms, {}), IndexError);
}
