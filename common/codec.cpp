#include "common/codec.hpp"

namespace pfind::codec {

std::uint64_t take_number(std::string_view& in) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (in.empty()) throw DecodeError();
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    if (shift == 63 && byte > 1) throw DecodeError(); // more than 64 bits
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  throw DecodeError();
}

std::string_view take_text(std::string_view& in) {
  const std::uint64_t size = take_number(in);
  if (size > in.size()) throw DecodeError();
  const std::string_view text = in.substr(0, size);
  in.remove_prefix(size);
  return text;
}

std::string encode_numbers(std::span<const std::uint32_t> numbers) {
  std::string out;
  for (const std::uint32_t number : numbers) put_number(out, number);
  return out;
}

void decode_numbers(std::string_view in, std::vector<std::uint32_t>& out) {
  while (!in.empty()) {
    const std::uint64_t number = take_number(in);
    if (number > UINT32_MAX) throw DecodeError();
    out.push_back(static_cast<std::uint32_t>(number));
  }
}

} // namespace pfind::codec
