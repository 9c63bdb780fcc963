#pragma once

#include <cstddef>
#include <string>
#include <vector>
#include <xapian.h>

#include "common/schema.hpp"
#include "searcher/index.hpp"
#include "searcher/query/period.hpp"

namespace pfind::searcher {

/// The index's terms that stand for the values of a filter.
struct FilterTerms {
  std::vector<std::string> terms;
  bool any_value = false;           ///< `*`: every article that has a value at all
  std::vector<std::string> notices; ///< values that were read freely, or that no article has
};

/// Looks up what a user wrote after `company:` and the like: the value itself, an alias of it, or else every value that
/// has all of the words; with `*` in it, every value of that pattern. Case, punctuation and diacritics do not count.
/// Looking through the values of the index takes one of `searches`; without any left only whole names are found.
FilterTerms filter_terms(Field field, const std::vector<std::string>& values, Snapshot& index, std::size_t& searches);

/// The filter terms of the companies, organizations, people, places and technologies with that name or alias.
std::vector<std::string> terms_of_name(const std::string& name, Snapshot& index);

/// The articles of a period, as terms of whole years, months and days.
Xapian::Query period_query(const query::Period& period, Snapshot& index);

} // namespace pfind::searcher
