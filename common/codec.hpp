#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::codec {

/// What decoding throws on bytes that no encoder wrote.
class DecodeError : public std::runtime_error {
public:
  DecodeError() : std::runtime_error("the stored bytes are damaged") {}
};

/// Appends `value` in 7-bit groups, least significant first (LEB128).
inline void put_number(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7F) | 0x80);
  out += static_cast<char>(value);
}

/// Appends the length of `text` and its bytes.
inline void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out += text;
}

/// Takes a number off the front of `in`. Throws DecodeError.
std::uint64_t take_number(std::string_view& in);

/// Takes a text off the front of `in`; the view points into it. Throws DecodeError.
std::string_view take_text(std::string_view& in);

/// Numbers in their order; none is the empty string.
std::string encode_numbers(std::span<const std::uint32_t> numbers);

/// Appends encoded numbers to `out`. Throws DecodeError.
void decode_numbers(std::string_view in, std::vector<std::uint32_t>& out);

} // namespace pfind::codec
