#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "searcher/postings/compared_database.hpp"

namespace pfind::searcher {

inline constexpr std::size_t k_max_expansion = 500; ///< terms that one wildcard may stand for
inline constexpr std::size_t k_max_expanded = 800;  ///< terms that all wildcards of a query may stand for

/// What a wildcard stands for.
struct Expansion {
  std::vector<std::string> terms; ///< without prefix, most frequent first
  bool cut = false;               ///< there were more
};

/// The characters of a pattern before its first wildcard.
std::string_view literal_of(std::string_view pattern);

/// The terms of one text field that match each of `patterns`, which share their literal. Looks at every term that
/// begins with it once, in the order of the index; keeps no more of them than it gives.
std::vector<Expansion> expand_patterns(const ComparedDatabase& database, const std::string& prefix,
                                       const std::vector<std::string>& patterns);

} // namespace pfind::searcher
