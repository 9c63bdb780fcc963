#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "corpus/reader/byte_stream.hpp"

struct z_stream_s;

namespace pfind::corpus {

/// What stands around deflated data.
enum class DeflateWrapping : std::uint8_t { gzip, zlib, none };

/// What deflated data holds; of gzip all members, one behind the other. What precedes damage is given out before
/// ReadError is thrown, so that of a file that was cut short all is read but its end.
class InflateStream : public ByteStream {
public:
  /// `name` is what errors call the data.
  InflateStream(std::unique_ptr<ByteStream> stored, std::string name, DeflateWrapping wrapping);

  std::size_t read(char* buffer, std::size_t size) override;
  std::uint64_t stored_bytes_read() const override { return stored_->stored_bytes_read(); }

private:
  struct End {
    void operator()(z_stream_s* state) const;
  };

  bool refill();
  bool begin_next_member();
  [[noreturn]] void fail(const char* reason) const;

  std::unique_ptr<ByteStream> stored_;
  std::string name_;
  DeflateWrapping wrapping_;
  std::unique_ptr<z_stream_s, End> state_;
  std::vector<char> piece_; ///< the compressed bytes that `state_` is at
  bool ended_ = false;
};

} // namespace pfind::corpus
