#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// What the analyzer sees at a glance of what stands behind a word.
namespace pfind::text {

/// What a byte means for the word that it stands behind.
enum class ByteKind : std::uint8_t {
  gap,      ///< ends it, whatever follows
  joiner,   ///< ends it unless the next word begins right behind
  rule,     ///< belongs to it in some names: `AT&T`, `Notepad++`, `Huawei's`
  letter,   ///< goes on; this and what follows may begin a word, too
  character ///< goes on, or has to be looked at: a digit, or anything beyond ASCII
};

inline constexpr std::array<ByteKind, 256> k_byte_kinds = [] {
  std::array<ByteKind, 256> table{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = ByteKind::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = ByteKind::character;
  for (std::size_t c = 0x80; c <= 0xFF; ++c) table[c] = ByteKind::character;
  for (const unsigned char c : {'-', '.', '_'}) table[c] = ByteKind::joiner;
  for (const unsigned char c : {'\'', '&', '+'}) table[c] = ByteKind::rule;
  return table;
}();

/// What stands at `at`; the end of the text is a gap.
inline ByteKind kind_at(std::string_view text, std::size_t at) {
  return at < text.size() ? k_byte_kinds[static_cast<unsigned char>(text[at])] : ByteKind::gap;
}

/// Length of a mark beyond ASCII at `at` that ends a word as a space does: those of most articles, such as curly
/// quotation marks and the em dash; 0 for anything else.
inline std::size_t gap_length(std::string_view text, std::size_t at) {
  if (at >= text.size() || (text[at] != '\xE2' && text[at] != '\xC2')) return 0;
  for (const std::string_view mark : {"\u201D", "\u201C", "\u2014", "\u201E", "\u2026", "\u00A0", "\u00AB", "\u00BB"}) {
    if (text.substr(at, mark.size()) == mark) return mark.size();
  }
  return 0;
}

/// Whether what stands at `at` ends a word, whatever follows.
inline bool is_gap(std::string_view text, std::size_t at) {
  return kind_at(text, at) == ByteKind::gap || gap_length(text, at) > 0;
}

} // namespace pfind::text
