#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pfind::corpus {

/// What `bytes` plainly are where they are no text: "a PNG image", "a PDF document", "binary data"; nullopt for text in
/// any encoding. Looks at the first bytes only.
std::optional<std::string> binary_kind(std::string_view bytes);

/// `bytes` as clean UTF-8: UTF-8 where it is valid, UTF-16 with or without byte order mark, the `declared` character
/// set where it decodes without error, otherwise what ICU detects. Never fails: what cannot be decoded becomes U+FFFD.
std::string decode(std::string_view bytes, std::string_view declared = {});

/// Whether `bytes` begin with text in UTF-8 that some NULs have got into, as damaged files have them.
bool is_text_but_for_nuls(std::string_view bytes);

/// Whether all of `bytes` is UTF-8 and in no encoding that merely looks like it.
bool is_utf8(std::string_view bytes);

/// "UTF-16LE" or "UTF-16BE" where `bytes` begin like it, with or without byte order mark, else "".
std::string utf16_charset(std::string_view bytes);

/// The character set that `decode` takes `bytes` to be in, UTF-16 aside, by a name that ICU knows.
std::string charset_of(std::string_view bytes, std::string_view declared = {});

/// `bytes` of a character set ("" is UTF-8) as clean UTF-8; what cannot be decoded becomes U+FFFD.
std::string decode_as(std::string_view bytes, const std::string& charset);

/// Text without control characters: `\n` ends lines (also CR LF, CR and Unicode's separators), `\t` stays, byte order
/// marks and every other control character go. `text` is UTF-8; bytes that are not become U+FFFD.
std::string clean(std::string_view text);

/// The character set that an HTML or XML document declares in its first bytes (meta element, XML declaration), or "".
std::string_view declared_charset(std::string_view html);

} // namespace pfind::corpus
