#pragma once

#include <string>
#include <string_view>

namespace pfind {

/// The text of a raw deflate stream (RFC 1951), as Xapian stores long tags and the index articles. Throws
/// codec::DecodeError where it is none, or longer than `most` bytes.
std::string inflated(std::string_view deflated, std::size_t most = std::string::npos);

} // namespace pfind
