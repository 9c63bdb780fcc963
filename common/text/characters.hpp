#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pfind::text {

inline constexpr char32_t k_replacement = 0xFFFD;

/// One code point of a UTF-8 text and the bytes it takes.
struct Character {
  char32_t code_point = 0; ///< k_replacement for bytes that are not UTF-8
  std::size_t bytes = 0;   ///< of the text; for invalid bytes the length of the malformed sequence, at least 1
  bool valid = true;
};

/// The character that begins at byte `at` < text.size().
Character character_at(std::string_view text, std::size_t at);

/// Appends the UTF-8 form of a code point; one that has none becomes U+FFFD.
void append_character(std::string& text, char32_t code_point);

/// How many code points there are in `text`, each malformed sequence counted as one.
std::size_t count_characters(std::string_view text);

/// White space of any kind: Unicode's White_Space, line and paragraph separators included.
bool is_space(char32_t c);

/// What may not reach a terminal or a page because it is not text but changes how text is shown: control characters
/// (C0, DEL, C1), the bidirectional controls (U+061C, U+200E/F, U+202A..E, U+2066..9) and the byte order mark. White
/// space that is also a control (tab, line feed, ...) is not among them.
bool is_control(char32_t c);

/// `text` as valid UTF-8 without controls; white space stays as it is, malformed sequences become U+FFFD.
std::string without_controls(std::string_view text);

/// The end (byte offset) of the user-perceived character that begins at `at` < text.size(): an extended grapheme
/// cluster of UAX #29, cut after 32 code points, which no real writing reaches (UAX #15, Stream-Safe Text Format).
std::size_t cluster_end(std::string_view text, std::size_t at);

} // namespace pfind::text
