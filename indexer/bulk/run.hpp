#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/hash_index.hpp"
#include "common/text_pool.hpp"
#include "indexer/bulk/batch.hpp"
#include "indexer/bulk/key_order.hpp"

namespace pfind::bulk {

/// What a list of a run says of one document: of a term its wdf and positions, of a value slot the value, ...
struct Entry {
  Xapian::docid document = 0;
  std::uint32_t number = 0;
  std::string_view text;
};

/// The lists of many documents in memory: an inverted index of a part of the collection. Parts of lists are appended as
/// they come, each with the place of the one before, and put together at the end; no list grows by itself.
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

  /// Bytes of memory in use.
  std::size_t memory() const { return memory_ + index_.memory(); }

  /// All lists, by ascending key.
  std::vector<NumberedKey> sorted_lists() const;

  /// How long the image of lists is.
  std::size_t image_size(std::span<const NumberedKey> lists) const;

  /// Puts lists together: calls `use(bytes)` for their image, a few bytes at a time.
  template <typename Use>
  void make_image(std::span<const NumberedKey> lists, Use&& use) const;

private:
  struct Piece {
    std::unique_ptr<char[]> bytes; // NOLINT(modernize-avoid-c-arrays): not initialized on purpose
    std::size_t size;
    std::size_t used;
  };

  /// Stands before the entries of a part, which begin with the gap from the document before.
  struct PartHead {
    const char* before = nullptr; ///< the part before of the same list
    std::uint64_t size = 0;       ///< of the entries, with that gap
  };

  struct List {
    std::string_view key;
    std::uint64_t bytes = 0;    ///< of the entries
    const char* last = nullptr; ///< the last part
    Xapian::docid last_document = 0;
  };

  void add_part(const ListPart& part);
  char* room(std::size_t size);
  std::uint32_t list_of(const ListPart& part);
  static void put_head(const List& list, std::string& out);
  static void find_parts(const List& list, std::vector<std::string_view>& parts);

  std::size_t piece_size_;
  std::size_t memory_ = 0;
  std::vector<Piece> pieces_; // of parts
  std::vector<List> lists_;
  HashIndex index_; // of lists_
  TextPool keys_;
  Xapian::docid last_ = 0;
};

template <typename Use>
void Run::make_image(std::span<const NumberedKey> lists, Use&& use) const {
  std::string head;
  std::vector<std::string_view> parts;
  for (const NumberedKey& key : lists) {
    const List& list = lists_[key.number];
    head.clear();
    put_head(list, head);
    use(std::string_view(head));
    find_parts(list, parts);
    for (const std::string_view part : parts) use(part);
  }
}

} // namespace pfind::bulk
