#pragma once

#include <cstdint>
#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/document_bits.hpp"
#include "searcher/postings/posting_list.hpp"

namespace pfind::searcher {

/// Every article of a shard that a query matches: the same that Xapian's matcher finds, in a fraction of its time.
/// Words and filters under AND, OR and NOT are read straight from their posting lists; what takes more than these
/// (phrases, near, values, posting sources) is left to the matcher, restricted to articles that fulfil the rest.
DocumentBits matches(const Xapian::Query& query, const PostingLists& lists);

/// The same among some articles of the shard only.
DocumentBits matches(const Xapian::Query& query, const PostingLists& lists, const DocumentBits& within);

/// Articles where a phrase stands, and how often at most: as often as its rarest word.
struct PhrasePlaces {
  std::vector<Xapian::docid> articles; ///< in increasing order
  std::vector<std::uint32_t> counts;
};

/// Of the phrase of these terms; all of `articles` have them.
PhrasePlaces places_of_phrase(const std::vector<std::string>& terms, const PostingLists& lists,
                              const DocumentBits& articles);

/// What posting lists alone say of a query: it matches whatever that matches, and maybe more, such as articles that
/// have the words of a phrase apart.
struct LooseQuery {
  Xapian::Query query;
  bool is_exact = true; ///< it matches no more
};

/// Whether it is a phrase of words without others between them. How many there may be Xapian does not say, but in the
/// form in which it sends queries.
bool is_side_by_side(const Xapian::Query& query);

LooseQuery loosened(const Xapian::Query& query);

/// A query that matches the articles of a set, without weight, in the shard that it is of. The set must outlive it.
Xapian::Query query_of(const DocumentBits& articles);

} // namespace pfind::searcher
