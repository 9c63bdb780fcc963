#pragma once

#include <string>
#include <string_view>

namespace pfind {

/// The text of a raw deflate stream (RFC 1951), as Xapian stores long tags. Throws codec::DecodeError where it is none.
std::string inflated(std::string_view deflated);

} // namespace pfind
