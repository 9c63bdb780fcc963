#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <xapian.h>

/// How keys of a Xapian database of the glass format (1.4) are written: what bulk writes and the searcher reads.
namespace pfind::glass {

// What keys of the table of postings begin with that are no terms: a zero byte of a term is followed by FF.
inline constexpr std::string_view k_metadata{"\0\xc0", 2}; ///< followed by the key of the user
inline constexpr std::string_view k_slot{"\0\xd0", 2};     ///< statistics of a slot, followed by it
inline constexpr std::string_view k_values{"\0\xd8", 2};   ///< values of a slot, followed by it and the first document
inline constexpr std::string_view k_lengths{
    "\0\xe0", 2}; ///< lengths of documents; behind the first chunk followed by the document

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
