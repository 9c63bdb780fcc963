#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>
#include <xapian.h>

#include "common/stored_article.hpp"

namespace pfind::indexer {

/// The articles that others stand for, as the documents of those tell. Members throw Xapian::Error.
class HiddenArticles {
public:
  /// Reads them. `database` must outlive it. Throws codec::DecodeError, too.
  explicit HiddenArticles(const Xapian::Database& database);

  std::uint64_t count() const { return count_; }

  /// How many articles a file has more than documents that are found by it.
  std::uint64_t beside_documents(const std::string& path) const;

  /// How many are kept.
  std::uint64_t stored_count() const;

private:
  void add(const std::string& shown, const std::vector<Appearance>& copies);

  const Xapian::Database& database_;
  std::map<std::string, std::uint64_t> beside_; // by file
  std::uint64_t count_ = 0;
};

} // namespace pfind::indexer
