#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>
#include <xapian.h>

#include "common/article.hpp"
#include "indexer/bulk/database_builder.hpp"
#include "indexer/bulk/document.hpp"
#include "indexer/document_builder.hpp"
#include "indexer/filling.hpp"
#include "indexer/segment_builder.hpp"

namespace pfind::indexer {

/// A database that is being made in bulk: articles go in, nothing can be looked up, and at the end there it is. Members
/// throw IndexError where it cannot be written. What is not finished goes with the object.
class BulkLoad {
public:
  /// Makes the database in `directory`, in the place of what is there; `index` is what messages name.
  BulkLoad(std::filesystem::path index, std::filesystem::path directory, Filling filling);
  ~BulkLoad();
  BulkLoad(const BulkLoad&) = delete;
  BulkLoad& operator=(const BulkLoad&) = delete;

  /// Adds an article, which only the bulk builder takes encoded; returns its document.
  Xapian::docid add(PreparedArticle article);

  /// The articles that share with another one what copies have in common, by document, as they are stored; nothing
  /// where these are too many for the memory.
  std::optional<std::map<Xapian::docid, Article>> possible_copies();

  /// Puts another version of an article into the place of that of a document.
  void replace(Xapian::docid document, PreparedArticle article);

  void remove(Xapian::docid document);

  /// Sets user metadata; the empty text removes it.
  void set_metadata(const std::string& key, const std::string& text);

  /// User metadata as set before; the empty text where there is none.
  std::string metadata(const std::string& key) const;

  /// Writes the database, has Xapian check what Xapian has not made, and opens it.
  Xapian::WritableDatabase finish();

private:
  template <typename Work>
  auto translated(Work&& work) const;
  void put(Xapian::docid document, PreparedArticle article);
  void check() const;

  std::filesystem::path index_;
  std::filesystem::path directory_;
  std::size_t memory_;
  std::optional<std::variant<bulk::DatabaseBuilder, SegmentBuilder>> builder_;
  bulk::DocumentEncoder encoder_; // for articles that are not encoded
  std::map<std::string, std::string> metadata_;
  std::vector<std::pair<std::uint64_t, Xapian::docid>> keys_; // hashes of what copies have in common
  bool finished_ = false;
};

} // namespace pfind::indexer
