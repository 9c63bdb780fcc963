#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "indexer/bulk/glass_table.hpp"

namespace pfind::bulk {

/// Writes posting lists into the postlist table, in chunks of some 2,000 bytes:
///
///     first chunk     key: the list's; tag: documents, sum of numbers, first document less one; then as the others
///     other chunks    key: the list's, separator, first document, sortable
///     tag             `1` for the last chunk, else `0`; last document less first; number of the first; then per
///                     document the gap less one, number
///
/// The list of document lengths is one whose first chunk says 0 documents and sum 0.
class PostingListWriter {
public:
  explicit PostingListWriter(TableWriter& table) : table_(table) {}

  void add(Xapian::docid document, std::uint32_t number);

  bool empty() const { return chunks_.empty(); }

  /// Writes the posting list of a term (escaped) and begins another.
  void finish_term(std::string_view term);

  /// The same of the list of document lengths.
  void finish_lengths(std::string_view key);

private:
  struct Chunk {
    Xapian::docid first;
    Xapian::docid last;
    std::size_t begin; // in bodies_
  };

  void finish(std::string_view key, std::string_view separator, std::uint64_t documents, std::uint64_t sum);

  TableWriter& table_;
  std::vector<Chunk> chunks_;
  std::string bodies_;
  std::uint64_t documents_ = 0;
  std::uint64_t sum_ = 0;
  std::string key_;
  std::string tag_;
};

} // namespace pfind::bulk
