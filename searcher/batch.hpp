#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <unordered_set>

#include "searcher/search.hpp"

namespace pfind::searcher {

/// One query of a batch.
struct BatchQuery {
  std::string id; ///< not empty, without white space at its ends
  std::string text;
};

/// Reads queries, one `id<TAB>query` a line. Empty lines, CRLF and a byte order mark are passed over; a line that is no
/// query or repeats an id is reported and left out.
class QueryReader {
public:
  using Report = std::function<void(const std::string& problem)>;

  /// `name`: what reports call the stream. Both must outlive the reader.
  QueryReader(std::istream& in, std::string name, Report report);

  /// The next query, or nothing at the end. Throws UsageError where the stream cannot be read or holds no query at all.
  std::optional<BatchQuery> next();

private:
  bool read_line(std::string& line);
  std::optional<BatchQuery> query_of(const std::string& line);
  void report(const std::string& problem) const;

  std::istream& in_;
  std::string name_;
  Report report_;
  std::size_t number_ = 0;              // of the line read last
  std::unordered_set<std::string> ids_; // so far
};

/// Answers a query of a batch. `common` is what all of them ask for, its tree the filters; `today` is what relative
/// dates count from. A query without anything to search for finds nothing, and a notice says so.
Results search_one(Index& index, const BatchQuery& query, const SearchRequest& common, const Date& today);

} // namespace pfind::searcher
