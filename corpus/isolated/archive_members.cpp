#include "corpus/isolated/archive_members.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "common/error.hpp"
#include "corpus/reader/byte_stream.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_piece = std::size_t{64} << 10;
constexpr std::size_t k_held = std::size_t{128} << 20; // of an archive that comes as a stream
constexpr std::size_t k_most_named = 3;                // of the members that cannot be read
constexpr int k_most_failures = 100;                   // one after the other, to find the next member

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

/// What was read of a stream, then the rest of it.
class PrefixedStream : public ByteStream {
public:
  PrefixedStream(std::string_view prefix, ByteStream& rest) : prefix_(prefix), rest_(rest) {}
  std::size_t read(char* buffer, std::size_t size) override {
    const std::size_t got = prefix_.read(buffer, size);
    return got > 0 ? got : rest_.read(buffer, size);
  }
  std::uint64_t stored_bytes_read() const override { return rest_.stored_bytes_read(); }

private:
  MemoryStream prefix_;
  ByteStream& rest_;
};

/// What is passed to libarchive's callbacks.
struct StreamInput {
  ByteStream& stream;
  std::vector<char> piece = std::vector<char>(k_piece);
  std::string error;

  // No exception may cross the C library: a failure is kept and thrown once it has returned.
  static la_ssize_t read(archive* a, void* self_pointer, const void** bytes) {
    auto* self = static_cast<StreamInput*>(self_pointer);
    *bytes = self->piece.data();
    try {
      return static_cast<la_ssize_t>(self->stream.read(self->piece.data(), self->piece.size()));
    } catch (const ReadError& failure) {
      self->error = failure.what();
      archive_set_error(a, EIO, "%s", failure.what());
      return -1;
    }
  }
};

/// Hidden files and what file managers leave behind: nobody put them in the archive on purpose.
bool is_junk(std::string_view name) {
  constexpr std::array junk{"__MACOSX"sv, "Thumbs.db"sv, "desktop.ini"sv};
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find_first_of("/\\"));
    name.remove_prefix(std::min(part.size() + 1, name.size()));
    const bool hidden = part.starts_with('.') && part != "." && part != "..";
    if (hidden || std::ranges::find(junk, part) != junk.end()) return true;
  }
  return false;
}

std::string name_of(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  return name == nullptr ? "" : name;
}

class Members {
public:
  explicit Members(const MemberEvents& events) : events_(events), archive_(archive_read_new()) {
    if (archive_ == nullptr) throw std::bad_alloc();
    archive_read_support_format_tar(archive_.get());
    archive_read_support_format_zip(archive_.get());
    archive_read_support_format_7zip(archive_.get());
  }

  void read(ByteStream& stream) {
    open(stream);
    for (int failures = 0;;) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(archive_.get(), &entry);
      if (status == ARCHIVE_EOF) break;
      const bool failed = status == ARCHIVE_RETRY || status == ARCHIVE_FAILED;
      failures = failed ? failures + 1 : 0;
      if (status == ARCHIVE_FATAL || failures > k_most_failures) fail();
      if (!failed) read_entry(entry);
    }
    tell_encrypted();
  }

private:
  void open(ByteStream& stream) {
    const int file = stream.descriptor();
    if (file >= 0) {
      lseek(file, 0, SEEK_SET);
      return check(archive_read_open_fd(archive_.get(), file, k_piece));
    }
    ahead_ = std::make_unique<PeekStream>(stream);
    const std::string_view head = ahead_->peek(2);
    if (head == "PK" || head == "7z") {
      // Without its directory, at the end, a zip archive's members cannot all be told from what was deleted.
      held_ = read_all(*ahead_, k_held);
      if (held_.size() <= k_held) return check(archive_read_open_memory(archive_.get(), held_.data(), held_.size()));
      if (head == "7z")
        throw ReadError("is a 7-Zip archive within another file or a stream, too large to be held; unpack it");
    }
    rest_ = std::make_unique<PrefixedStream>(held_, *ahead_);
    input_ = std::make_unique<StreamInput>(StreamInput{*rest_});
    check(archive_read_open(archive_.get(), input_.get(), nullptr, &StreamInput::read, nullptr));
  }

  void read_entry(archive_entry* entry) {
    const std::string name = name_of(entry);
    const bool is_file = archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr;
    if (!is_file || is_junk(name)) return;
    if (archive_entry_is_data_encrypted(entry) != 0) return add_encrypted(name);
    events_.begin(name);
    for (;;) { // block by block: of a piece that damage is in, archive_read_data gives nothing
      const void* block = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0; // behind zeros that are not stored, and are left out
      const int status = archive_read_data_block(archive_.get(), &block, &size, &offset);
      if (status == ARCHIVE_EOF) return events_.end();
      if (status == ARCHIVE_FATAL) fail();
      if (status == ARCHIVE_FAILED || status == ARCHIVE_WARN)
        return events_.error(fmt::format("cannot be unpacked ({})", reason()));
      if (size > 0) events_.data({static_cast<const char*>(block), size});
    }
  }

  void add_encrypted(const std::string& name) {
    if (++encrypted_ <= k_most_named) named_.push_back(name);
  }

  void tell_encrypted() {
    if (encrypted_ == 0) return;
    const std::string more = encrypted_ > named_.size() ? fmt::format(" and {} more", encrypted_ - named_.size()) : "";
    events_.skipped(named_,
                    fmt::format("encrypted{}; unpack the archive with its password and index the folder", more));
    encrypted_ = 0;
  }

  void check(int status) {
    if (status < ARCHIVE_WARN) fail();
  }

  [[noreturn]] void fail() {
    if (input_ && !input_->error.empty()) throw ReadError(input_->error);
    tell_encrypted();
    throw ReadError(fmt::format("the archive is damaged or cut short ({})", reason()));
  }

  std::string reason() const {
    const char* text = archive_error_string(archive_.get());
    return text != nullptr ? text : "unknown error";
  }

  const MemberEvents& events_;
  std::unique_ptr<PeekStream> ahead_;
  std::string held_;
  std::unique_ptr<PrefixedStream> rest_;
  std::unique_ptr<StreamInput> input_;
  std::unique_ptr<archive, FreeArchive> archive_; // goes first: it reads from the others
  std::size_t encrypted_ = 0;
  std::vector<std::string> named_;
};

} // namespace

void for_each_member(ByteStream& stream, const MemberEvents& events) { Members(events).read(stream); }

} // namespace pfind::corpus
