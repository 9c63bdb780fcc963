// Stands in for pindex-reader and does what a broken or captured one might do; its argument says what.
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "corpus/isolated/confinement.hpp"
#include "corpus/isolated/frames.hpp"
#include "corpus/reader/byte_stream.hpp"

namespace {

using namespace pfind::corpus;

[[noreturn]] void wait_for_ever() {
  for (;;) pause();
}

std::string verdict(std::string_view what, bool possible) {
  return std::string(what) + (possible ? " possible\n" : " refused\n");
}

/// What a confined process can still do.
std::string abilities() {
  std::string all = verdict("reading a file", open("/etc/passwd", O_RDONLY) >= 0);
  all += verdict("writing a file", open("/tmp/pfind-confinement-test", O_WRONLY | O_CREAT, 0600) >= 0);
  all += verdict("a socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
  all += verdict("a child", fork() >= 0);
  execl("/bin/true", "true", nullptr);
  all += verdict("another program", false);
  all += verdict("ending its parent", kill(getppid(), 0) == 0);
  return all + verdict("memory", std::vector<char>(1 << 20).size() == 1 << 20);
}

void act(std::string_view what, FrameWriter& output) {
  if (what == "echo") {
    const auto input = stored_stdin();
    std::vector<char> piece(1000);
    while (const std::size_t got = input->read(piece.data(), piece.size()))
      output.write(FrameType::data, {piece.data(), got});
    output.write(FrameType::end);
  } else if (what == "flood") {
    for (;;) output.write(FrameType::data, std::string(1000, 'x'));
  } else if (what == "nonsense") {
    const ssize_t wrote = write(STDOUT_FILENO, "nonsense nonsense", 17);
    _exit(wrote < 0);
  } else if (what == "confined") {
    confine({});
    output.write(FrameType::data, abilities());
    output.write(FrameType::end);
  } else {
    output.write(FrameType::data, "before");
  }
  output.flush();
  if (what == "crash") {
    std::signal(SIGSEGV, SIG_DFL); // a sanitizer would end the program in its own way
    std::raise(SIGSEGV);
  }
  if (what == "hang") wait_for_ever();
  if (what == "hang with closed output") {
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    wait_for_ever();
  }
}

} // namespace

int main(int argc, char** argv) {
  FrameWriter output(STDOUT_FILENO);
  act(argc > 1 ? argv[1] : "", output);
  _exit(0);
}
