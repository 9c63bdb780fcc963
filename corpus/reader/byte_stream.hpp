#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// A file's bytes as they are stored, compressed or not. Throws ReadError where it cannot be opened or is no file.
std::unique_ptr<ByteStream> open_stored(const std::string& path);

/// Standard input, compressed or not; see open_stdin.
std::unique_ptr<ByteStream> stored_stdin(std::function<bool()> stopped = {});

/// Bytes in memory as a stream; `bytes` must outlive it.
class MemoryStream : public ByteStream {
public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* buffer, std::size_t size) override;
  std::uint64_t stored_bytes_read() const override { return read_; }

private:
  std::string_view bytes_;
  std::uint64_t read_ = 0;
};

/// A stream whose first bytes can be looked at before they are read.
class PeekStream : public ByteStream {
public:
  explicit PeekStream(ByteStream& stream) : stream_(stream) {}

  /// The next `size` bytes, fewer only at the end of the stream or before an error. Valid until the next call of a
  /// member.
  std::string_view peek(std::size_t size);
  std::size_t read(char* buffer, std::size_t size) override;
  std::uint64_t stored_bytes_read() const override { return stream_.stored_bytes_read(); }
  int descriptor() override { return stream_.descriptor(); }

private:
  std::size_t read_behind(std::size_t had, std::size_t size);

  ByteStream& stream_;
  std::string ahead_;
};

/// Everything `stream` still holds; stops soon after `limit` bytes, so a longer result means that there was more.
std::string read_all(ByteStream& stream, std::size_t limit);

} // namespace pfind::corpus
