#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pfind::corpus {

/// What the program that reads archives and PDF documents says of them, piece by piece, to the one that started it.
enum class FrameType : char {
  member = 'M',       ///< a file in an archive begins: its name as stored
  data = 'D',         ///< bytes of that file
  member_end = 'E',   ///< it is complete
  member_error = 'X', ///< it cannot be read (further): why
  skipped = 'S',      ///< members that are not read: which, as text; why, as text (see codec)
  info = 'I',         ///< what a PDF document says of itself
  page = 'P',         ///< the words of a page
  failure = 'F',      ///< nothing more can be read: why
  end = 'Z'           ///< all is read
};

struct Frame {
  FrameType type = FrameType::end;
  std::string_view content;
};

inline constexpr std::size_t k_longest_frame = std::size_t{16} << 20; // a page with a million words has some MB

/// Writes frames to a descriptor, many at a time.
class FrameWriter {
public:
  explicit FrameWriter(int fd) : fd_(fd) {}

  /// Throws std::system_error where nobody reads any more.
  void write(FrameType type, std::string_view content = {});

  /// Sends what is kept back: whatever comes of the program afterwards, it is not lost.
  void flush();

private:
  int fd_;
  std::string waiting_;
};

/// Takes frames out of bytes as they arrive.
class FrameParser {
public:
  void add(std::string_view bytes);

  /// The next complete frame, valid until the next call of a member. Throws ReadError for bytes that are no frames.
  std::optional<Frame> next();

private:
  std::string bytes_;
  std::size_t taken_ = 0;
};

} // namespace pfind::corpus
