#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>
#include <xapian.h>

#include "common/forward_text.hpp"
#include "searcher/index.hpp"
#include "searcher/query/stored_text.hpp"

namespace pfind::searcher {

/// Whether an article is accepted, by its text.
using Acceptance = std::function<bool(StoredText&)>;

/// Whether an article is surely none that is accepted, by its forward text; that is read in a hundredth of the time.
using Refusal = std::function<bool(const ForwardText&)>;

/// `candidates` restricted to the articles that `accept` takes: for what terms cannot say. An article is read when a
/// search comes to it, so only if it fulfils the rest of the query and `refuse` leaves a doubt, and once; past the
/// limit of `text` it is accepted without a look. Weights as `candidates`. Only for indexes on this machine.
Xapian::Query restricted(const Xapian::Query& candidates, Acceptance accept, std::shared_ptr<StoredText> text,
                         Snapshot& index, Refusal refuse = {});

/// The documents that `documents_of(lists of the shard)` gives, in increasing order; without weight. Asks for
/// every shard once, in their order; of copies, for the first. Only for indexes on this machine.
Xapian::Query documents(Snapshot& index,
                        const std::function<std::vector<Xapian::docid>(const PostingLists&)>& documents_of);

/// `query` restricted to the articles that match more than half of `parts` (at least one). Weights as `query`. Only for
/// indexes on this machine.
Xapian::Query with_most_of(std::span<const Xapian::Query> parts, const Xapian::Query& query, Snapshot& index);

} // namespace pfind::searcher
