#include "common/glass_key.hpp"

#include <bit>

namespace pfind::glass {

void put_sortable_number(std::string& key, std::uint64_t number) {
  unsigned more = 0; // bytes behind the first two, which have room for 15 bits; each further one brings 7
  while (number >> (15 + 7 * more) != 0) ++more;
  const unsigned ones = 0xFF00U >> more & 0xFF;
  key += static_cast<char>(ones | number >> (8 * (more + 1)));
  for (unsigned shift = 8 * (more + 1); shift > 0; shift -= 8) key += static_cast<char>(number >> (shift - 8));
}

void put_escaped(std::string& key, std::string_view text) {
  for (std::size_t zero = text.find('\0'); zero != std::string_view::npos; zero = text.find('\0')) {
    key.append(text.substr(0, zero + 1)).append(1, k_escape);
    text.remove_prefix(zero + 1);
  }
  key += text;
}

Xapian::docid taken_sortable_number(std::string_view bytes) {
  constexpr std::size_t k_longest = 6;
  const auto first = bytes.empty() ? 0U : static_cast<unsigned char>(bytes.front());
  const auto more = static_cast<unsigned>(std::countl_one(static_cast<unsigned char>(first)));
  std::uint64_t number = first & (0x7FU >> more);
  for (std::size_t i = 1; i < bytes.size() && i < k_longest; ++i)
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  if (bytes.size() != more + 2 || bytes.size() > k_longest || number > UINT32_MAX)
    throw Xapian::DatabaseCorruptError("a key of a table is damaged");
  return static_cast<Xapian::docid>(number);
}

} // namespace pfind::glass
