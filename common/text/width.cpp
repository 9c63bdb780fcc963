#include "common/text/width.hpp"

#include <algorithm>
#include <unicode/uchar.h>

#include "common/text/characters.hpp"

namespace pfind::text {
namespace {

constexpr char32_t k_emoji_presentation = 0xFE0F; // variation selector 16
constexpr char32_t k_soft_hyphen = 0xAD;          // terminals show it

bool is_zero_width(char32_t c) {
  if (c == k_soft_hyphen) return false;
  switch (u_charType(static_cast<UChar32>(c))) {
  case U_NON_SPACING_MARK:
  case U_ENCLOSING_MARK:
  case U_FORMAT_CHAR:
  case U_CONTROL_CHAR:
  case U_LINE_SEPARATOR:
  case U_PARAGRAPH_SEPARATOR: return true;
  default: return c >= 0x1160 && c <= 0x11FF; // vowels and finals of a Hangul syllable
  }
}

std::size_t character_width(char32_t c) {
  if (c >= 0x20 && c < 0x7F) return 1;
  if (is_zero_width(c)) return 0;
  const int width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_regional_indicator(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

} // namespace

std::size_t cluster_width(std::string_view cluster) {
  if (cluster.empty()) return 0;
  const char32_t first = character_at(cluster, 0).code_point;
  std::size_t width = 0;
  for (std::size_t at = 0; at < cluster.size();) {
    const Character c = character_at(cluster, at);
    width = std::max(width, character_width(c.code_point));
    if (c.code_point == k_emoji_presentation && u_hasBinaryProperty(static_cast<UChar32>(first), UCHAR_EMOJI))
      width = 2;
    if (at > 0 && is_regional_indicator(c.code_point)) width = 2;
    at += c.bytes;
  }
  return width;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = cluster_end(text, at);
    width += cluster_width(text.substr(at, end - at));
    at = end;
  }
  return width;
}

} // namespace pfind::text
