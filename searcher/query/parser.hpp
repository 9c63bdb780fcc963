#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/query/tree.hpp"

namespace pfind::query {

/// Parentheses nested deeper than this are read as if they were not there.
inline constexpr int k_max_nesting = 100;

/// A query as it was understood.
struct ParsedQuery {
  Node root;
  std::vector<std::string> notices; ///< what was assumed, one sentence each: one line, no control characters
};

/// Reads the query language of pfind-query(7). Any bytes at all are a query: nothing is an error, and what cannot be
/// understood is read as plain words with a notice. Takes time linear in the length of `text`.
///
/// Invalid UTF-8 becomes U+FFFD and control characters white space, so that all text of the tree is valid UTF-8.
/// An empty query is All. `today` is what `today`, `yesterday`, `7d` and the like count from.
ParsedQuery parse_query(std::string_view text, const Date& today);

/// `root` narrowed by one option given once or several times, such as `--company Huawei --company -Nokia` or
/// `--year 2023`: any of the values, none of those with a leading minus. A comma without a following space separates
/// values in the fields that are no id. No values leave `root` as it is.
///
/// Throws UsageError for a value that is no period in the date fields (year, month, day, date).
Node with_filter(Node root, Field field, std::span<const std::string> values, const Date& today);

/// `root` narrowed to a period, as for `--after` (`period_from`) and `--before` (`period_until`).
Node with_period(Node root, const Period& period);

} // namespace pfind::query
