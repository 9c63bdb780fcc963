#include "common/text/characters.hpp"

#include <algorithm>
#include <cstdint>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace pfind::text {
namespace {

constexpr std::size_t k_max_cluster = 32; // code points

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

UGraphemeClusterBreak break_class(char32_t c) {
  return static_cast<UGraphemeClusterBreak>(
      u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_GRAPHEME_CLUSTER_BREAK));
}

bool is_pictographic(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC); }

bool is_break_control(UGraphemeClusterBreak c) { return c == U_GCB_CONTROL || c == U_GCB_CR || c == U_GCB_LF; }

bool hangul_goes_on(UGraphemeClusterBreak before, UGraphemeClusterBreak after) {
  switch (before) {
  case U_GCB_L: return after == U_GCB_L || after == U_GCB_V || after == U_GCB_LV || after == U_GCB_LVT;
  case U_GCB_LV:
  case U_GCB_V: return after == U_GCB_V || after == U_GCB_T;
  case U_GCB_LVT:
  case U_GCB_T: return after == U_GCB_T;
  default: return false;
  }
}

// The state of UAX #29's cluster rules while reading one cluster.
class Cluster {
public:
  explicit Cluster(char32_t first)
      : last_(break_class(first)), in_picture_(is_pictographic(first)),
        flags_(last_ == U_GCB_REGIONAL_INDICATOR ? 1 : 0) {}

  // Whether `next` belongs to the cluster; if so it is taken into it.
  bool takes(char32_t next) {
    const UGraphemeClusterBreak c = break_class(next);
    const bool pictographic = is_pictographic(next);
    if (!continues(c, pictographic)) return false;
    if (c == U_GCB_REGIONAL_INDICATOR) ++flags_;
    in_picture_ = pictographic || (in_picture_ && (c == U_GCB_EXTEND || c == U_GCB_ZWJ));
    last_ = c;
    return true;
  }

private:
  bool continues(UGraphemeClusterBreak c, bool pictographic) const {
    if (last_ == U_GCB_CR) return c == U_GCB_LF;                                              // GB3
    if (is_break_control(last_) || is_break_control(c)) return false;                         // GB4, GB5
    if (hangul_goes_on(last_, c)) return true;                                                // GB6 to GB8
    if (c == U_GCB_EXTEND || c == U_GCB_ZWJ || c == U_GCB_SPACING_MARK) return true;          // GB9, GB9a
    if (last_ == U_GCB_PREPEND) return true;                                                  // GB9b
    if (last_ == U_GCB_ZWJ && in_picture_ && pictographic) return true;                       // GB11
    return last_ == U_GCB_REGIONAL_INDICATOR && c == U_GCB_REGIONAL_INDICATOR && flags_ == 1; // GB12, GB13
  }

  UGraphemeClusterBreak last_;
  bool in_picture_; // an emoji, its modifiers and joiners so far
  int flags_;       // regional indicators so far
};

/// How many bytes from `at` on are printable ASCII or line ends, as most are.
std::size_t plain_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto is_plain = [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; };
  const auto end = std::ranges::find_if_not(rest, is_plain);
  return static_cast<std::size_t>(end - rest.begin());
}

} // namespace

Character character_at(std::string_view text, std::size_t at) {
  if (is_ascii(text[at])) return {static_cast<unsigned char>(text[at]), 1, true};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + at;
  // No sequence is longer than four bytes; the bound also keeps ICU's 32-bit offsets safe in texts of any length.
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, 4));
  std::int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, i, length, c);
  if (c < 0) return {k_replacement, static_cast<std::size_t>(i), false};
  return {static_cast<char32_t>(c), static_cast<std::size_t>(i), true};
}

void append_character(std::string& text, char32_t code_point) {
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
    return;
  }
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::int32_t n = 0;
  UBool error = false;
  U8_APPEND(bytes, n, U8_MAX_LENGTH, static_cast<UChar32>(code_point), error);
  if (error) {
    text += "\uFFFD";
  } else {
    text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(n));
  }
}

std::size_t count_characters(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); at += character_at(text, at).bytes) ++n;
  return n;
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c));
}

bool is_control(char32_t c) {
  if (c < 0x20) return !is_space(c);
  if (c < 0x7F) return false;
  if (c < 0xA0) return c != 0x85; // NEL is white space
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xFEFF;
}

std::string without_controls(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t plain = plain_length(text, at); plain > 0) {
      clean.append(text, at, plain);
      at += plain;
      continue;
    }
    const Character c = character_at(text, at);
    if (!c.valid) {
      append_character(clean, k_replacement);
    } else if (!is_control(c.code_point)) {
      clean.append(text, at, c.bytes);
    }
    at += c.bytes;
  }
  return clean;
}

std::size_t cluster_end(std::string_view text, std::size_t at) {
  const Character first = character_at(text, at);
  std::size_t end = at + first.bytes;
  const bool alone = end == text.size() || (is_ascii(text[end]) && text[at] != '\r' && first.code_point < 0x80);
  if (alone) return end;
  Cluster cluster(first.code_point);
  for (std::size_t n = 1; n < k_max_cluster && end < text.size(); ++n) {
    const Character next = character_at(text, end);
    if (!cluster.takes(next.code_point)) break;
    end += next.bytes;
  }
  return end;
}

} // namespace pfind::text
