#pragma once

#include <xapian.h>

#include "searcher/document_bits.hpp"
#include "searcher/postings/posting_list.hpp"

namespace pfind::searcher {

/// Every article of a shard that a query matches: the same that Xapian's matcher finds, in a fraction of its time.
/// Words and filters under AND, OR and NOT are read straight from their posting lists; what takes more than these
/// (phrases, near, values, posting sources) is left to the matcher, restricted to articles that fulfil the rest.
DocumentBits matches(const Xapian::Query& query, const PostingLists& lists);

/// A query that matches the articles of a set, without weight, in the shard that it is of. The set must outlive it.
Xapian::Query query_of(const DocumentBits& articles);

} // namespace pfind::searcher
