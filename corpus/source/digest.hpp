#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// 128-bit XXH3 digest of bytes as 16 bytes, most significant first. Tells changed content from unchanged; it is no
/// protection against forgery.
std::string digest(std::string_view bytes);

/// The digest of everything `stream` still holds, read in pieces. Throws ReadError.
std::string digest(ByteStream& stream);

/// The digest of a file's bytes as they are stored (not decompressed). Throws ReadError.
std::string file_digest(const std::string& path);

/// 16 bytes as 32 lower-case hexadecimal digits.
std::string to_hex(std::string_view bytes);

} // namespace pfind::corpus
