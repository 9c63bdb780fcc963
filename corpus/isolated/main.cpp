// Reads one archive or PDF document from standard input and writes frames (frames.hpp) to standard output. pindex
// starts it for each such file, so that a file made to break its reader breaks a process that can do nothing but that.
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "corpus/isolated/archive_members.hpp"
#include "corpus/isolated/confinement.hpp"
#include "corpus/isolated/frames.hpp"
#include "corpus/isolated/pdf_words.hpp"
#include "corpus/reader/byte_stream.hpp"

namespace {

using namespace pfind;
using namespace pfind::corpus;

constexpr std::size_t k_largest_pdf = std::size_t{256} << 20;
constexpr unsigned k_pdf_seconds = 120;

void read_archive(ByteStream& input, FrameWriter& output) {
#ifndef __SANITIZE_ADDRESS__
  confine({});
#endif
  for_each_member(input, {.begin = [&](std::string_view name) { output.write(FrameType::member, name); },
                          .data = [&](std::string_view bytes) { output.write(FrameType::data, bytes); },
                          .end =
                              [&] {
                                output.write(FrameType::member_end);
                                output.flush();
                              },
                          .error = [&](std::string_view reason) { output.write(FrameType::member_error, reason); },
                          .skipped =
                              [&](const std::vector<std::string>& names, std::string_view reason) {
                                std::string list;
                                for (const std::string& name : names) codec::put_text(list, name);
                                std::string content;
                                codec::put_text(content, list);
                                codec::put_text(content, reason);
                                output.write(FrameType::skipped, content);
                              }});
}

/// The whole of standard input: mapped where it is a file, else read.
std::string_view whole_input(ByteStream& input, std::string& held) {
  struct stat status {};
  const bool is_file = input.descriptor() >= 0 && fstat(STDIN_FILENO, &status) == 0;
  const auto size = is_file ? static_cast<std::size_t>(status.st_size) : 0;
  if (size > 0 && size <= k_largest_pdf) {
    void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
    if (bytes != MAP_FAILED) return {static_cast<const char*>(bytes), size};
  }
  if (!is_file) held = read_all(input, k_largest_pdf);
  if (size > k_largest_pdf || held.size() > k_largest_pdf)
    throw ReadError("the PDF document is larger than 256 MB; split it, or turn it into text (pdftotext)");
  return held;
}

void read_pdf(ByteStream& input, FrameWriter& output) {
  prepare_pdf_reading();
  // Poppler reads the character collections of Chinese, Japanese and Korean type from its own files.
#ifndef __SANITIZE_ADDRESS__ // which makes calls of its own that are not let through
  confine({.cpu_seconds = k_pdf_seconds, .readable_folder = "/usr/share/poppler"});
#endif
  std::string held;
  for_each_pdf_page(whole_input(input, held),
                    {.info = [&](const PdfInfo& info) { output.write(FrameType::info, encode(info)); },
                     .page =
                         [&](const PdfPage& page) {
                           output.write(FrameType::page, encode(page));
                           output.flush();
                         }});
}

void read(std::string_view kind, FrameWriter& output) {
  const auto input = stored_stdin();
  try {
    kind == "pdf" ? read_pdf(*input, output) : read_archive(*input, output);
    output.write(FrameType::end);
  } catch (const ReadError& error) {
    output.write(FrameType::failure, error.what());
  } catch (const std::bad_alloc&) {
    output.write(FrameType::failure, "takes more memory to read than it may; it is damaged or hostile");
  }
  output.flush();
}

} // namespace

int main(int argc, char** argv) {
  const std::string_view kind = argc == 2 ? argv[1] : "";
  if (kind != "archive" && kind != "pdf") {
    constexpr std::string_view usage = "pindex-reader: is started by pindex, not by hand\n";
    return write(STDERR_FILENO, usage.data(), usage.size()) < 0 ? 1 : 2;
  }
  try {
    FrameWriter output(STDOUT_FILENO);
    read(kind, output);
  } catch (const std::exception&) { // nobody listens any more
    _exit(1);
  }
  _exit(0); // what the system takes back need not be put in order first
}
