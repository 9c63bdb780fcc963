#include "common/text/lines.hpp"

#include "common/text/characters.hpp"

namespace pfind::text {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_blanks = " \t\r";

} // namespace

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with(k_byte_order_mark)) text.remove_prefix(k_byte_order_mark.size());
  return text;
}

std::string_view trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(k_blanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(k_blanks) - begin + 1);
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    if (!character.valid) return false;
    at += character.bytes;
  }
  return true;
}

} // namespace pfind::text
