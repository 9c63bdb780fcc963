#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <sys/wait.h>

#include "common/error.hpp"
#include "corpus/isolated/isolated_reader.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;
using pfind::ReadError;
using pfind::tests::TempDir;

namespace {

using std::chrono::milliseconds;

constexpr milliseconds k_soon{200};

/// The data of all frames, then what ended them.
struct Answer {
  std::string data;
  std::string error;
};

Answer ask(const std::string& kind, ByteStream& input, const IsolationLimits& limits = {}) {
  Answer answer;
  IsolatedReader reader(PFIND_TESTS_MISBEHAVING_READER, kind, input, limits);
  try {
    while (const auto frame = reader.next()) answer.data += frame->content;
  } catch (const ReadError& error) {
    answer.error = error.what();
  }
  return answer;
}

Answer ask(const std::string& kind, const IsolationLimits& limits = {}) {
  MemoryStream nothing("");
  return ask(kind, nothing, limits);
}

bool has_children() { return waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD; }

/// Bytes, then an error.
class BrokenStream : public MemoryStream {
public:
  using MemoryStream::MemoryStream;
  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t got = MemoryStream::read(buffer, size);
    if (got == 0) throw ReadError("the disk is gone");
    return got;
  }
};

} // namespace

TEST_CASE("a reader in a process of its own gets the bytes of a stream or a file") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i);
  MemoryStream stream(text);
  const Answer from_stream = ask("echo", stream);
  CHECK(from_stream.data == text);
  CHECK(from_stream.error.empty());

  const TempDir dir;
  const auto file = open_stored(dir.write("file", text));
  PeekStream looked_at(*file);
  CHECK(looked_at.peek(100).size() == 100);
  CHECK(ask("echo", looked_at).data == text);
  CHECK(file->stored_bytes_read() == text.size());
  CHECK_FALSE(has_children());
}

TEST_CASE("what a reader said before it crashed stands") {
  const Answer answer = ask("crash");
  CHECK(answer.data == "before");
  CHECK(answer.error == "the program that reads it crashed (Segmentation fault); the file is damaged or hostile");
  CHECK_FALSE(has_children());
}

TEST_CASE("a reader that makes no progress is ended") {
  for (const auto& limits : {IsolationLimits{.silence = k_soon}, IsolationLimits{.total = k_soon}}) {
    const Answer answer = ask("hang", limits);
    CHECK(answer.data == "before");
    CHECK(answer.error == "takes too long to read; it is damaged or hostile");
  }
  CHECK_FALSE(has_children());
}

TEST_CASE("a reader that closes its output and stays is ended") {
  CHECK(ask("hang with closed output").error ==
        "the program that reads it ended before it was done; the file is damaged or hostile");
  CHECK_FALSE(has_children());
}

TEST_CASE("a reader that ends without an end or answers with nonsense is an error") {
  CHECK(ask("end").error == "the program that reads it ended before it was done; the file is damaged or hostile");
  CHECK(ask("nonsense").error == "the program that reads it answered with nonsense; the file is damaged or hostile");
}

TEST_CASE("whoever has enough of a reader's output leaves it, and no process stays behind") {
  MemoryStream nothing("");
  {
    IsolatedReader reader(PFIND_TESTS_MISBEHAVING_READER, "flood", nothing);
    for (int i = 0; i < 1000; ++i) REQUIRE(reader.next());
  }
  CHECK_FALSE(has_children());
}

TEST_CASE("a reader that does not want its input is no harm, whatever SIGPIPE does") {
  const auto before = std::signal(SIGPIPE, SIG_DFL);
  const std::string much(8'000'000, 'x');
  MemoryStream stream(much);
  CHECK(ask("end", stream).data == "before");
  std::signal(SIGPIPE, before);
}

TEST_CASE("an error of the stream is told once the reader has had all before it") {
  BrokenStream stream("all there was");
  const Answer answer = ask("echo", stream);
  CHECK(answer.data == "all there was");
  CHECK(answer.error == "the disk is gone");
}

TEST_CASE("a program that is missing says nothing of the file") {
  MemoryStream nothing("");
  CHECK_THROWS_AS(IsolatedReader("/nowhere/pindex-reader", "pdf", nothing), ReaderMissing);
}

TEST_CASE("a confined process can do nothing but compute") {
  CHECK(ask("confined").data == "reading a file refused\nwriting a file refused\na socket refused\na child refused\n"
                                "another program refused\nending its parent refused\nmemory possible\n");
}
