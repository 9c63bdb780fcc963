#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/article.hpp"
#include "indexer/file_record.hpp"
#include "indexer/reading_settings.hpp"

namespace pfind::indexer {

/// Whether `path` is `root` or lies below it; both absolute.
bool is_at_or_below(std::string_view path, std::string_view root);

/// What an index remembers of how it was made: a view of its database that reads when it is asked. Members throw
/// IndexError where the index is damaged.
class IndexState {
public:
  /// The state of `database`, which belongs to the index at `index`. One that is being written shows what was written
  /// so far.
  IndexState(Xapian::Database database, std::filesystem::path index)
      : database_(std::move(database)), index_(std::move(index)) {}

  /// The state of the live generation of an index, as of the last commit; an empty one where there is no index. Throws
  /// IndexError.
  static IndexState live(const std::filesystem::path& index);

  /// Throws IndexError where another version of pfind made the index.
  void check_versions() const;

  const std::filesystem::path& index() const { return index_; }

  /// The paths that the index was made from.
  std::vector<std::string> roots() const;

  /// The files it was made from, by path.
  std::map<std::string, FileRecord> files() const;

  /// UpdateOptions::settings of the last update.
  std::string settings() const;

  /// UpdateOptions::looked_for of the last update.
  std::string looked_for() const;

  /// What the user said last about how articles are to be read.
  ReadingSettings reading() const;

  std::uint64_t article_count() const;

  /// The documents of a file's articles.
  std::vector<Xapian::docid> documents_of(const std::string& path) const;

  /// How many these are.
  std::uint64_t article_count(const std::string& path) const;

  /// An article as it is stored.
  Article article(Xapian::docid document) const;

private:
  std::string metadata(std::string_view key) const;
  FileRecord record(const std::string& key) const;

  Xapian::Database database_;
  std::filesystem::path index_;
};

} // namespace pfind::indexer
