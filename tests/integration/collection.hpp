#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/entity/catalog.hpp"
#include "indexer/recognizer/article_recognizer.hpp"
#include "indexer/update.hpp"
#include "tests/support/temp_dir.hpp"

namespace pfind::tests {

/// What an index says of one article: everything that a search can see of it, with the names of its facet values in the
/// place of their numbers, which depend on the order of indexing.
struct ArticleContents {
  std::map<std::string, std::pair<unsigned, std::vector<unsigned>>> terms; ///< wdf and positions
  std::map<unsigned, std::string> values;                                  ///< by slot, facets aside
  std::map<std::string, std::set<std::string>> facets;                     ///< keys of the values, by field
  std::string data;

  bool operator==(const ArticleContents&) const = default;
};

/// What an index says of its articles and files.
struct IndexContents {
  std::map<std::string, ArticleContents> articles;       ///< by location term
  std::map<std::string, std::vector<std::string>> files; ///< path -> what is remembered but for inode and time
  std::set<std::string> roots;
  std::map<std::string, std::string> copies;  ///< the articles that others stand for, as stored, and their number
  std::map<std::string, std::string> catalog; ///< its entries, and what it makes of each name that articles have

  bool operator==(const IndexContents&) const = default;
};

/// A directory in memory, where a commit need not wait for a disk; the system's temporary one where there is none.
std::filesystem::path memory_directory();

/// Reads the live generation of an index.
IndexContents contents(const std::filesystem::path& index);

/// Whether the sum over the metadata of an index is that of its metadata.
bool is_summed(const std::filesystem::path& index);

/// Whether an index has no article and knows of no file.
bool emptied(const std::filesystem::path& index);

/// The names of the articles that differ between two indexes, for a failing test to show.
std::string difference(const IndexContents& a, const IndexContents& b);

/// A folder of articles and an index of it.
class Collection {
public:
  Collection();

  std::filesystem::path folder() const { return dir_.path() / "articles"; }
  std::filesystem::path index() const { return dir_.path() / "index"; }
  const std::filesystem::path& root() const { return dir_.path(); }

  /// Writes a file below the folder with a time of modification of its own, long past, so that none is too fresh to be
  /// relied on and every change shows.
  std::filesystem::path write(const std::string& name, std::string_view content);
  void touch(const std::string& name);
  void remove(const std::string& name) const { std::filesystem::remove(folder() / name); }
  void rename(const std::string& from, const std::string& to) const;

  /// How `update` and `rebuild` fill the index where it has no article; in bulk unless told otherwise.
  void fill_by(indexer::Builder builder) { filling_.builder = builder; }

  /// What `update` is told to do unless a test says otherwise: the folder, with one thread.
  indexer::UpdateOptions options() const;

  indexer::Summary update() { return update(options()); }
  indexer::Summary update(const indexer::UpdateOptions& options, const indexer::UpdateEvents& events = {},
                          std::stop_token stop = {}) const;
  indexer::Summary rebuild() const;

  /// The problems that the last `update` without events of its own reported, as `path[, where]: reason`.
  const std::vector<std::string>& problems() const { return problems_; }

  /// An index of the folder as it is, made elsewhere by Xapian itself.
  IndexContents fresh() const;

  const indexer::Recognizer& recognizer() const { return recognizer_; }
  static std::shared_ptr<const Catalog> listed();

private:
  static constexpr std::size_t k_memory = std::size_t{1} << 18; // so little that there are runs in files

  TempDir dir_{memory_directory()};
  indexer::ArticleRecognizer recognizer_;
  mutable std::vector<std::string> problems_;
  indexer::Filling filling_{indexer::Builder::bulk, k_memory};
  long long clock_ = 0;
};

/// A plain-text article with a headline, a date and a body that names `words`.
std::string article_text(std::string_view title, std::string_view words = "royalties");

} // namespace pfind::tests
