#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/hash_index.hpp"
#include "common/text_pool.hpp"
#include "indexer/bulk/byte_buffer.hpp"

namespace pfind::bulk {

/// A part of a list: what documents that follow each other have under a key.
struct ListPart {
  std::string_view key;
  std::uint64_t hash = 0; ///< of the key
  Xapian::docid first = 0;
  Xapian::docid last = 0;
  /// Of each document: gap from the one before, which the first has not; number, length of text, text.
  std::string_view entries;
};

/// Takes a few documents apart into lists by key. They are as many as stay near the processor: the lists of a whole
/// collection are so many that looking for one takes longer than anything else that is done with a posting, so it is
/// done once for a batch.
class Batch {
public:
  /// Begins a document; `add` then says what the lists have of it. One that has a greater number than all before
  /// costs least.
  void begin(Xapian::docid document);

  /// Appends to the list of that key, once per document or in the order they are to have.
  void add(std::string_view key, std::uint32_t number, std::string_view text) { add(key, hash_of(key), number, text); }

  /// Likewise, where the hash of the key is known.
  void add(std::string_view key, std::uint64_t hash, std::uint32_t number, std::string_view text);

  static std::uint64_t hash_of(std::string_view key);

  /// Has the processor fetch where the list of a key with that hash is found.
  void fetch(std::uint64_t hash) const { index_.fetch(hash); }

  /// Takes a document out again; returns whether it was there.
  bool remove(Xapian::docid document);

  /// Bytes of entries.
  std::size_t size() const { return entries_.size(); }

  /// Whether it has documents, also where these were taken out.
  bool empty() const { return documents_.empty(); }

  /// The least number of a document, where there is one.
  Xapian::docid first_document() const;

  /// The part of each list, in no order; each holds until the batch is changed.
  const std::vector<ListPart>& lists();

  /// Removes all documents.
  void clear();

private:
  struct Document {
    Xapian::docid number;
    std::size_t begin; // of its entries
    std::uint32_t count;
    bool removed;
  };

  struct List {
    std::size_t bytes = 0; // of the entries; then where the next is written
    Xapian::docid last = 0;
  };

  std::uint32_t list_of(std::string_view key, std::uint64_t hash);
  template <typename Use>
  void for_each_entry(Use&& use) const;

  ByteBuffer entries_; // number of the list(4), number, length of text, text
  std::vector<Document> documents_;
  bool ascending_ = true; // the documents, by number
  std::vector<ListPart> parts_;
  std::vector<List> lists_; // likewise
  HashIndex index_;         // of both
  TextPool keys_;
  std::string sorted_; // the entries, list by list
};

} // namespace pfind::bulk
