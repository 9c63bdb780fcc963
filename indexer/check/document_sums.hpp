#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <xapian.h>

namespace pfind::indexer {

/// Two sums per article in memory that processes share: of what its own record says of terms and values, and of what
/// the lists by term and by value say of it. Additions in any order give the same sum; where both say the same, the
/// sums are equal, and where not, hardly ever (once in 2^64).
class DocumentSums {
public:
  /// For articles up to `last`.
  explicit DocumentSums(Xapian::docid last);
  ~DocumentSums();
  DocumentSums(const DocumentSums&) = delete;
  DocumentSums& operator=(const DocumentSums&) = delete;

  Xapian::docid last() const { return last_; }

  /// `article` must not lie above `last()`.
  std::uint64_t& by_record(Xapian::docid article) { return sums_[2 * std::size_t{article}]; }
  std::uint64_t& by_lists(Xapian::docid article) { return sums_[2 * std::size_t{article} + 1]; }

private:
  Xapian::docid last_;
  std::size_t bytes_;
  std::uint64_t* sums_;
};

/// The summand of a term of an article: `term` by number_of, with its frequency there.
std::uint64_t summand(std::uint64_t term, Xapian::termcount frequency);

/// The summand of a value of an article.
std::uint64_t summand(Xapian::valueno slot, std::string_view value);

std::uint64_t number_of(std::string_view term);

} // namespace pfind::indexer
