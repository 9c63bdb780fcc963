#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <xapian.h>

#include "indexer/bulk/database_builder.hpp"
#include "indexer/bulk/document.hpp"
#include "indexer/document_builder.hpp"

namespace pfind::indexer {

/// A database that is being made in bulk: articles go in, nothing can be looked up, and at the end there it is. Members
/// throw IndexError where it cannot be written. What is not finished goes with the object.
class BulkLoad {
public:
  /// Makes the database in `directory`, in the place of what is there; `index` is what messages name.
  BulkLoad(std::filesystem::path index, std::filesystem::path directory, std::size_t memory);
  ~BulkLoad();
  BulkLoad(const BulkLoad&) = delete;
  BulkLoad& operator=(const BulkLoad&) = delete;

  /// Adds an article; returns its document.
  Xapian::docid add(const PreparedArticle& article);

  void set_metadata(const std::string& key, const std::string& text);
  std::string metadata(const std::string& key) const { return builder_->metadata(key); }

  /// Writes the database, has Xapian check it, and opens it.
  Xapian::WritableDatabase finish();

private:
  template <typename Work>
  auto translated(Work&& work) const;
  void check() const;

  std::filesystem::path index_;
  std::filesystem::path directory_;
  std::optional<bulk::DatabaseBuilder> builder_;
  bulk::DocumentEncoder encoder_; // for articles that are not encoded
  bool finished_ = false;
};

} // namespace pfind::indexer
