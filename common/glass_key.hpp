#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <xapian.h>

/// How keys of a Xapian database of the glass format (1.4) are written: what bulk writes and the searcher reads.
namespace pfind::glass {

/// What follows a zero byte of an escaped text.
inline constexpr char k_escape = '\xff';

/// Appends a text with zero bytes as 00 FF, so that 00 can end it and sorts before whatever goes on.
void put_escaped(std::string& key, std::string_view text);

/// Appends a number so that the order of bytes is that of numbers: a row of ones, ended by a zero, says how many bytes
/// follow the first two. For document numbers.
void put_sortable_number(std::string& key, std::uint64_t number);

/// The document number that these bytes, all that is left of a key, are. Throws Xapian::DatabaseCorruptError.
Xapian::docid taken_sortable_number(std::string_view bytes);

} // namespace pfind::glass
