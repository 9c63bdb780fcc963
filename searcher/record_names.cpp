#include "searcher/record_names.hpp"

#include <algorithm>
#include <functional>

#include "common/stored_article.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_whole_term_bytes = 200; // a longer one may have been cut, see fit_term

std::uint64_t digest(std::string_view name) { return std::hash<std::string_view>()(name); }

std::string location_in(const ComparedDatabase& database, const std::string& term, std::size_t prefix) {
  if (term.size() <= k_whole_term_bytes) return term.substr(prefix);
  return decode_article(database.data(*database.postlist_begin(term)), false).location();
}

/// Leaves of sorted numbers those that occur more than once.
void keep_repeated(std::vector<std::uint64_t>& sorted) {
  std::vector<std::uint64_t> repeated;
  for (auto it = sorted.begin(); (it = std::adjacent_find(it, sorted.end())) != sorted.end(); ++it)
    repeated.push_back(*it);
  sorted = std::move(repeated);
}

} // namespace

RecordNames::RecordNames(const Snapshot& index) {
  const std::string prefix{info(Field::location).prefix};
  const ComparedDatabase& database = index.database();
  for (Terms terms = database.terms(prefix); !terms.at_end(); ++terms)
    add(location_in(database, *terms, prefix.size()));
  std::ranges::sort(repeated_);
  keep_repeated(repeated_);
}

// Where the path ends and the record begins, a location does not say, since both may hold a `#`: all that the record
// may be counts. An id that is taken for repeated only costs its article the short name.
void RecordNames::add(std::string_view location) {
  repeated_.push_back(digest(location));
  for (std::size_t at = location.find('#'); at != std::string_view::npos; at = location.find('#', at + 1))
    repeated_.push_back(digest(location.substr(at + 1)));
}

bool RecordNames::is_unique(std::string_view id) const { return !std::ranges::binary_search(repeated_, digest(id)); }

} // namespace pfind::searcher
