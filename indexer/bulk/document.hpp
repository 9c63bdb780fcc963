#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "indexer/bulk/deflater.hpp"

namespace pfind::bulk {

/// A document as the tables have it, but for its number. Making one needs no database and can be done on any thread.
struct EncodedDocument {
  std::string data; ///< tag of the docdata table
  bool data_deflated = false;
  std::string terms; ///< tag of the termlist table
  bool terms_deflated = false;
  std::uint32_t length = 0;
  std::string postings;                                        ///< read by PostingReader
  std::vector<std::pair<Xapian::valueno, std::string>> values; ///< by slot, none empty
};

/// One term of a document.
struct Posting {
  std::string_view term; ///< escaped, as keys have it
  std::uint32_t wdf = 0;
  std::string_view positions; ///< tag of the position table; empty for none
};

/// Takes the postings off an EncodedDocument::postings, in the order of terms.
class PostingReader {
public:
  explicit PostingReader(std::string_view postings) : rest_(postings) {}

  /// Whether there was another.
  bool next(Posting& posting);

private:
  std::string_view rest_;
};

/// Appends what a PostingReader takes; `term` not yet escaped.
void put_posting(std::string& out, std::string_view term, std::uint32_t wdf, std::span<const std::uint32_t> positions);

/// A Xapian document, which is not from a database, as the tables have it.
EncodedDocument encode(const Xapian::Document& document, Deflater& deflater);

} // namespace pfind::bulk
