#pragma once

#include <string>
#include <xapian.h>

namespace pfind {

/// A query that every document matches. Each is an object of its own: Xapian::Query::MatchAll is one for all, whose
/// references are counted without care for threads.
inline Xapian::Query all_documents() { return Xapian::Query(std::string()); }

} // namespace pfind
