#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <xapian.h>

/// Keys of a Xapian database of the glass format (1.4). See bulk/encoding.hpp, which writes them.
namespace pfind::searcher {

/// A term as a key, and as what longer ones begin with, behind which a zero byte follows.
std::string glass_key(std::string_view term);

/// Appends a document number so that the order of bytes is that of numbers.
void put_sortable(std::string& key, std::uint64_t number);

/// The document number that these bytes, all that is left of a key, are. Throws Xapian::DatabaseCorruptError.
Xapian::docid taken_sortable(std::string_view bytes);

} // namespace pfind::searcher
