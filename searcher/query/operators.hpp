#pragma once

#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

namespace pfind::searcher {

/// `queries` under one operator; a single one as it is, none at all matches nothing.
Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries);

/// `query`, or `alternative` where that does not match: for another spelling of the same words, which must not add to
/// their weight. Xapian's OP_MAX would do, but crashes over operands that end early (MaxPostList of 1.4 asks
/// operands for their weight that it has taken away).
Xapian::Query otherwise(const Xapian::Query& query, const Xapian::Query& alternative);

/// The queries under the operator of one.
std::vector<Xapian::Query> parts_of(const Xapian::Query& query);

/// The terms that are the parts of a query, in their order.
std::vector<std::string> terms_of(const Xapian::Query& query);

/// The terms at consecutive positions.
Xapian::Query phrase_of(const std::vector<std::string>& terms, std::string_view prefix);

} // namespace pfind::searcher
