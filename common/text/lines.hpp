#pragma once

#include <string_view>

namespace pfind::text {

// What the files that users write by hand (settings, names, synonyms, queries) have in common.

/// `text` without the byte order mark that some editors put first.
std::string_view without_byte_order_mark(std::string_view text);

/// `line` without spaces, tabs and carriage returns at its ends.
std::string_view trimmed(std::string_view line);

/// Whether all bytes are valid UTF-8.
bool is_utf8(std::string_view text);

} // namespace pfind::text
