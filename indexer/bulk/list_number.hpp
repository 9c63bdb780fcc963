#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Numbers in entries of lists, terms and postings, in memory: LEB128 as codec::put_number writes it, but into room
/// that is there, and from bytes that are known to be whole.
namespace pfind::bulk {

inline constexpr std::size_t k_longest_number = 5; ///< bytes

inline char* put_number(char* at, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
  *at++ = static_cast<char>(value);
  return at;
}

inline const char* take_number(const char* at, std::uint32_t& value) {
  value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return at;
  }
}

inline std::size_t size_of_number(std::uint32_t value) {
  return (static_cast<std::size_t>(std::bit_width(value | 1)) + 6) / 7;
}

inline char* put_bytes(char* at, std::string_view bytes) {
  if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
  return at + bytes.size();
}

/// The length of a text and its bytes, as codec::put_text writes them.
inline char* put_text(char* at, std::string_view text) {
  return put_bytes(put_number(at, static_cast<std::uint32_t>(text.size())), text);
}

} // namespace pfind::bulk
