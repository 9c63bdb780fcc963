#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/hash_index.hpp"
#include "indexer/bulk/byte_buffer.hpp"
#include "indexer/bulk/key_order.hpp"

namespace pfind::bulk {

/// A document as the tables have it, but for its number. Making one needs no database and can be done on any thread.
struct EncodedDocument {
  std::string data; ///< tag of the docdata table
  /// Tag of the termlist table. It is not compressed: that would make an index of short articles some 6 % smaller, and
  /// building it take 5 to 8 % longer, half of it for inflating what Xapian checks.
  std::string terms;
  std::uint32_t length = 0;
  std::string postings;                                        ///< read by PostingReader
  std::vector<std::pair<Xapian::valueno, std::string>> values; ///< by slot, none empty

  /// Sets a value, which is not empty, of a slot that has none.
  void add_value(Xapian::valueno slot, std::string value);
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

/// Encodes documents, one after the other. What they have can be given piece by piece, without the trees that a
/// Xapian::Document keeps it in. Not thread-safe; one per thread.
class DocumentEncoder {
public:
  /// Adds a word at a position to the document under way, as Xapian::Document::add_posting does.
  void add_posting(std::string_view term, Xapian::termpos position);

  /// Adds a term without positions, as Xapian::Document::add_term does.
  void add_term(std::string_view term, std::uint32_t wdf) { find(term).wdf += wdf; }

  /// Sets the data, which it has none of yet.
  void set_data(std::string data) { encoded_.data = std::move(data); }

  /// Sets a value, which is not empty, of a slot that has none yet.
  void add_value(Xapian::valueno slot, std::string value) { encoded_.add_value(slot, std::move(value)); }

  /// The document under way; then begins another.
  EncodedDocument take();

  /// The same, with all that `rest` has too, which is not from a database. Of data and values only one may have some.
  EncodedDocument take(const Xapian::Document& rest);

private:
  /// A term of the document under way.
  struct Term {
    std::size_t text; // begin and size in texts_
    std::size_t size;
    std::uint32_t wdf;
    std::uint32_t last; // 1 + index of the occurrence added last, 0 for none
  };

  struct Occurrence {
    Xapian::termpos position;
    std::uint32_t before; // like Term::last
  };

  std::string_view text_of(const Term& term) const { return std::string_view(texts_).substr(term.text, term.size); }
  Term& find(std::string_view term);
  void add_occurrence(Term& term, Xapian::termpos position);
  void add_terms(const Xapian::Document& document);
  std::string_view positions_tag(const Term& term);
  void put_posting(const Term& term, bool is_escaped);
  void clear();

  EncodedDocument encoded_; // data and values of the document under way
  std::string texts_;
  std::vector<Term> terms_;
  HashIndex index_;                // of terms_
  std::vector<NumberedKey> order_; // of terms_
  std::vector<Occurrence> occurrences_;
  std::vector<std::uint32_t> positions_;
  std::string escaped_;
  std::string tag_;
  ByteBuffer term_list_;
  ByteBuffer postings_;
};

} // namespace pfind::bulk
