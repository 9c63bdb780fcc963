#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
#include <xapian.h>

#include "common/hash_index.hpp"

namespace pfind::bulk {

/// What a list of a run says of one document: of a term its wdf and positions, of a value slot the value, ...
struct Entry {
  Xapian::docid document = 0;
  std::uint32_t number = 0;
  std::string_view text;
};

/// Documents taken apart into lists by key, in memory: an inverted index of a part of the collection. Entries are
/// appended as they come and sorted into their lists at the end, by counting; no list grows by itself.
///
/// What comes of it is an image, in memory or in a file, for RunReader: the lists by ascending key, each as
///
///     length of key, key, bytes of entries, entries
///     entry: gap from the document before, number, length of text, text
class Run {
public:
  /// Memory is taken in pieces of `piece` bytes.
  explicit Run(std::size_t piece) : piece_size_(piece) {}

  /// Begins a document; `add` then says what the lists have of it.
  void begin(Xapian::docid document);

  /// Appends to the list of that key, once per document or in the order they are to have.
  void add(std::string_view key, std::uint32_t number, std::string_view text);

  /// Takes a document out again; returns whether it was there.
  bool remove(Xapian::docid document);

  bool contains(Xapian::docid document) const;

  /// The first that a document has in the list of that key; nothing where there is none. The text is valid until the
  /// run is sorted.
  std::optional<Entry> entry(Xapian::docid document, std::string_view key) const;

  bool empty() const { return documents_.empty(); }

  /// Bytes of memory in use; the image takes another half at most.
  std::size_t memory() const { return memory_ + index_.memory(); }

  /// Sorts and empties the run.
  std::string take_image();

private:
  /// Where a document's entries begin among the pieces.
  struct Document {
    Xapian::docid number;
    std::uint32_t entries;
    std::uint32_t piece;
    std::uint32_t offset;
    bool removed;
  };

  struct Piece {
    std::unique_ptr<char[]> bytes; // NOLINT(modernize-avoid-c-arrays): not initialized on purpose
    std::size_t size;
    std::size_t used;
  };

  struct List {
    std::string_view key;
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0; // of the entries; then where the next is written
    Xapian::docid last = 0;
  };

  char* room(std::vector<Piece>& pieces, std::size_t size);
  std::uint32_t list_of(std::string_view key);
  std::size_t find(Xapian::docid document) const;
  void sort_documents();
  template <typename Use>
  void for_each_entry(const Document& document, Use&& use) const;
  template <typename Use>
  void for_each_entry(Use&& use) const;
  std::vector<std::uint32_t> lists_by_key() const;

  std::size_t piece_size_;
  std::size_t memory_ = 0;
  std::vector<Piece> pieces_; // entries: number of the list(4), number, length of text, text
  std::vector<Piece> keys_;
  std::vector<Document> documents_;
  bool ascending_ = true;                                      // the documents, by number
  std::unordered_map<Xapian::docid, std::size_t> positions_{}; // in documents_, where these do not ascend
  std::vector<List> lists_;
  HashIndex index_; // of lists_
};

} // namespace pfind::bulk
