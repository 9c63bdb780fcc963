#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>
#include <xapian.h>

#include "common/article.hpp"
#include "indexer/file_records.hpp"
#include "indexer/reading_settings.hpp"

namespace pfind::indexer {

/// An article that another one stands for, of which it is a copy.
struct Duplicate {
  ArticleLocation location;
  ArticleLocation shown;
};

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
  FileRecords files() const;

  /// UpdateOptions::settings of the last update.
  std::string settings() const;

  /// UpdateOptions::looked_for of the last update.
  std::string looked_for() const;

  /// What the user said last about how articles are to be read.
  ReadingSettings reading() const;

  /// How many articles there are, copies of one counted as one.
  std::uint64_t article_count() const;

  /// How many copies there are beside these.
  std::uint64_t duplicate_count() const;

  /// Calls `visit` for each of them.
  void each_duplicate(const std::function<void(const Duplicate&)>& visit) const;

  /// Whether there are articles of a file.
  bool has_articles_of(const std::string& path) const;

  /// Where the articles of a file are, copies of others too. One that cannot be read has an empty path.
  std::vector<ArticleLocation> locations_in(const std::string& path) const;

  /// The article at a place as it is stored; nothing where there is none that is sound.
  std::optional<Article> article_at(const ArticleLocation& location) const;

private:
  std::string metadata(std::string_view key) const;
  [[noreturn]] void fail(std::string_view what) const;

  Xapian::Database database_;
  std::filesystem::path index_;
};

} // namespace pfind::indexer
