#pragma once

#include <cstddef>
#include <optional>

#include "searcher/document_bits.hpp"
#include "searcher/postings/posting_list.hpp"

namespace pfind::searcher {

/// Those of `found` that are of its newest (or oldest) days, at least `wanted` articles, every one of each day: all
/// that need be looked at to order the first by time. Nothing where it does not pay to look, since few articles were
/// found, or since few of them have a date or are of these days. `lists` are those of the only shard.
std::optional<DocumentBits> articles_of_first_days(const DocumentBits& found, bool newest, std::size_t wanted,
                                                   const PostingLists& lists);

} // namespace pfind::searcher
