#include "corpus/reader/archive.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/codec.hpp"
#include "common/error.hpp"
#include "common/terminal.hpp"
#include "corpus/isolated/isolated_reader.hpp"
#include "corpus/reader/encoding.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_longest_name = 1000;
constexpr std::size_t k_tar_header = 512;

/// The header of a tar archive is told by its checksum, for the oldest have no other mark.
bool is_tar(std::string_view head) {
  constexpr std::size_t at = 148;
  constexpr std::size_t size = 8;
  if (head.size() < k_tar_header || head.front() == '\0') return false;
  unsigned sum = 0;
  for (std::size_t i = 0; i < k_tar_header; ++i)
    sum += i >= at && i < at + size ? static_cast<unsigned char>(' ') : static_cast<unsigned char>(head[i]);
  return std::strtoul(std::string(head.substr(at, size)).c_str(), nullptr, 8) == sum;
}

/// Gives names that occur again a number.
class UniqueNames {
public:
  std::string unique(std::string name) {
    for (;;) {
      const std::uint32_t before = seen_[std::hash<std::string>()(name)]++;
      if (before == 0) return name;
      name = fmt::format("{} ({})", name, before + 1);
    }
  }

private:
  std::unordered_map<std::size_t, std::uint32_t> seen_; // by digest of the name, for archives hold many
};

/// How much of the file behind a stream has been read, or may be at any time.
std::uint64_t stored_size(ByteStream& stream) {
  struct stat status {};
  const int file = stream.descriptor();
  return file >= 0 && fstat(file, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// The process's frames as a sequence of members.
class Archive {
public:
  Archive(ByteStream& stream, Nesting& nesting, const ArchiveEvents& events)
      : stream_(stream), nesting_(nesting), events_(events), stored_size_(stored_size(stream)),
        process_(reader_program(), "archive", stream) {}

  void read() {
    bool any = false;
    try {
      while (const auto frame = next()) {
        any = true;
        if (frame->type == FrameType::skipped) report_skipped(frame->content);
        if (frame->type == FrameType::member) read_member(frame->content);
      }
    } catch (const Broken& broken) {
      if (broken.archive != this) throw;
      throw ReadError(broken.reason);
    } catch (const codec::DecodeError&) {
      throw ReadError("the program that reads it answered with nonsense; the file is damaged or hostile");
    }
    if (!any) throw ReadError("the archive holds no file that could be read");
  }

private:
  /// Why nothing more can be read of the archive. No ReadError, which readers of members take for the member's.
  struct Broken {
    const Archive* archive;
    std::string reason;
  };

  class Content;

  std::optional<Frame> next() {
    try {
      const auto frame = process_.next();
      if (frame && frame->type == FrameType::data)
        nesting_.expansion->add(frame->content.size(), std::max(stored_size_, stream_.stored_bytes_read()));
      return frame;
    } catch (const ReadError& error) {
      throw Broken{this, error.what()};
    }
  }

  /// More of the current member's bytes; nothing at its end.
  std::string_view next_data() {
    if (!in_member_) return {};
    const auto frame = next();
    if (frame && frame->type == FrameType::data) return frame->content;
    in_member_ = false;
    if (frame && frame->type == FrameType::member_error) throw ReadError(printable(frame->content));
    return {};
  }

  void read_member(std::string_view stored_name);

  void report_skipped(std::string_view content) {
    std::string names;
    std::string_view which = codec::take_text(content);
    while (!which.empty()) names += (names.empty() ? "" : ", ") + shown_member_name(codec::take_text(which));
    events_.problem(names, printable(codec::take_text(content)));
  }

  ByteStream& stream_;
  Nesting& nesting_;
  const ArchiveEvents& events_;
  std::uint64_t stored_size_;
  IsolatedReader process_;
  UniqueNames names_;
  std::size_t members_ = 0;
  bool in_member_ = false;
};

/// A member's bytes.
class Archive::Content : public ByteStream {
public:
  explicit Content(Archive& archive) : archive_(archive) {}

  std::size_t read(char* buffer, std::size_t size) override {
    while (data_.empty()) {
      data_ = archive_.next_data();
      if (!archive_.in_member_) return 0;
    }
    const std::size_t got = std::min(size, data_.size());
    std::memcpy(buffer, data_.data(), got);
    data_.remove_prefix(got);
    return got;
  }
  std::uint64_t stored_bytes_read() const override { return archive_.stream_.stored_bytes_read(); }

private:
  Archive& archive_;
  std::string_view data_; // of the frame that came last
};

void Archive::read_member(std::string_view stored_name) {
  if (++members_ > k_most_members)
    throw ReadError(fmt::format("holds more than {} files; those behind them are not read", grouped(k_most_members)));
  in_member_ = true;
  const std::string name = names_.unique(shown_member_name(stored_name));
  Content content(*this);
  events_.member(content, name);
  try {
    while (in_member_) next_data();
  } catch (const ReadError&) { // damage behind what anybody wanted to know of this member
  }
}

} // namespace

bool is_archive(std::string_view head) {
  return head.starts_with("PK\3\4"sv) || head.starts_with("PK\5\6"sv) || head.starts_with("PK\7\10"sv) ||
         head.starts_with("7z\xbc\xaf\x27\x1c"sv) || is_tar(head);
}

std::string shown_member_name(std::string_view stored) {
  std::string text = printable(decode(stored));
  std::ranges::replace(text, '\\', '/');
  std::string name;
  for (std::string_view left = text; !left.empty();) {
    const std::string_view part = left.substr(0, left.find('/'));
    left.remove_prefix(std::min(part.size() + 1, left.size()));
    const bool drive = name.empty() && part.size() == 2 && part[1] == ':';
    if (part.empty() || part == "." || part == ".." || drive) continue;
    if (!name.empty()) name += '/';
    for (const char c : part) name += c == '#' ? "%23" : std::string(1, c); // which parts a file from its records
  }
  if (name.empty()) return "unnamed";
  if (name.size() <= k_longest_name) return name;
  std::size_t cut = name.size() - k_longest_name; // what stays has the extension
  if (const std::size_t slash = name.find('/', cut); slash != std::string::npos) return name.substr(slash + 1);
  while (cut < name.size() && (static_cast<unsigned char>(name[cut]) & 0xc0) == 0x80) ++cut;
  return name.substr(cut);
}

void read_archive(ByteStream& stream, Nesting& nesting, const ArchiveEvents& events) {
  Archive(stream, nesting, events).read();
}

} // namespace pfind::corpus
