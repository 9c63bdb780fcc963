#pragma once

#include <string>

#include "corpus/reader/byte_stream.hpp"

namespace pfind::corpus {

/// A stream of text in any encoding as clean UTF-8 (see `decode`), piece by piece: for files of many records, which are
/// too large to be decoded as a whole. Pieces are cut where no character can be cut in two.
class TextStream : public ByteStream {
public:
  /// `declared`: the character set that the file says it is in, or "".
  explicit TextStream(ByteStream& bytes, std::string declared = {});

  std::size_t read(char* buffer, std::size_t size) override;
  std::uint64_t stored_bytes_read() const override { return bytes_.stored_bytes_read(); }

private:
  void fill();
  void decode_piece(std::string_view piece);

  ByteStream& bytes_;
  std::string charset_; ///< what is not UTF-8 is in; "" until some is met
  std::string declared_;
  std::string raw_;  ///< read, not decoded
  std::string text_; ///< decoded, handed out up to `at_`
  std::size_t at_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

} // namespace pfind::corpus
