#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/hash_index.hpp"
#include "common/text_pool.hpp"
#include "indexer/bulk/batch.hpp"

namespace pfind::bulk {

/// What a list of a run says of one document: of a term its wdf and positions, of a value slot the value, ...
struct Entry {
  Xapian::docid document = 0;
  std::uint32_t number = 0;
  std::string_view text;
};

/// The lists of many documents in memory: an inverted index of a part of the collection. Parts of lists are appended as
/// they come and put together at the end, by counting; no list grows by itself.
///
/// What comes of it is an image, in memory or in a file, for RunReader: the lists by ascending key, each as
///
///     length of key, key, bytes of entries, entries
///     entry: gap from the document before, number, length of text, text
class Run {
public:
  /// Memory is taken in pieces of `piece` bytes.
  explicit Run(std::size_t piece) : piece_size_(piece) {}

  /// Appends documents, whose numbers are greater than those before.
  void add(const std::vector<ListPart>& parts);

  /// The greatest number of a document; 0 where there is none.
  Xapian::docid last_document() const { return last_; }

  /// Bytes of memory in use; the image takes another half at most.
  std::size_t memory() const { return memory_ + index_.memory(); }

  /// Puts the lists together and empties the run.
  std::string take_image();

private:
  struct Piece {
    std::unique_ptr<char[]> bytes; // NOLINT(modernize-avoid-c-arrays): not initialized on purpose
    std::size_t size;
    std::size_t used;
  };

  /// Before the entries of a part.
  struct PartHead {
    std::uint32_t list;
    Xapian::docid first;
    Xapian::docid last;
    std::uint32_t size;
  };

  struct List {
    std::string_view key;
    std::uint64_t bytes = 0; // of the entries; then where the next is written
    Xapian::docid last = 0;
  };

  void add_part(const ListPart& part);
  char* room(std::size_t size);
  std::uint32_t list_of(std::string_view key);
  template <typename Use>
  void for_each_part(Use&& use) const;
  std::vector<std::uint32_t> lists_by_key() const;

  std::size_t piece_size_;
  std::size_t memory_ = 0;
  std::vector<Piece> pieces_; // of parts
  std::vector<List> lists_;
  HashIndex index_; // of lists_
  TextPool keys_;
  Xapian::docid last_ = 0;
};

} // namespace pfind::bulk
