#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/entity/lazy_catalog.hpp"
#include "common/facet_dictionary.hpp"
#include "common/text_pool.hpp"
#include "common/xapian_error.hpp"
#include "indexer/block_guard.hpp"
#include "indexer/bulk_load.hpp"
#include "indexer/catalog_entries.hpp"
#include "indexer/copy_groups.hpp"
#include "indexer/document_builder.hpp"
#include "indexer/file_record.hpp"
#include "indexer/filling.hpp"
#include "indexer/index_state.hpp"
#include "indexer/summed_metadata.hpp"

namespace pfind::indexer {

/// What `IndexWriter::put` did.
enum class PutResult { added, changed, unchanged };

/// What is known of the place of an article before it is put: that nothing is there saves looking.
enum class Place { unknown, empty };

/// Writes one index: the only part of pfind that changes a Xapian database. The caller holds the WriterLock.
///
/// Articles that are copies of one (see groups_of) are one document, whose article is that of one of them. Which, is
/// settled by `commit` and whatever looks at the whole index.
///
/// Nothing is visible to readers, or safe from a crash, before `commit`; a rebuilt index not before `publish`. What is
/// not committed is lost with the writer. Where nothing changes, nothing is written. Members throw IndexError when the
/// database cannot be written; the last commit is then intact.
///
/// An index without articles can be filled in bulk. That begins with the first article that is put where nothing is
/// (Place::empty), and ends with the first call that must look into the index: then the database is made of all there
/// is, and goes on as any other. While it lasts, `checkpoint` saves nothing.
class IndexWriter {
public:
  enum class Mode {
    update, ///< the live generation is changed; made where there is none
    rebuild ///< a new generation is made beside the live one
  };

  /// Opens the index at `index` (a directory that exists) and removes what an interrupted rebuild left there. `listed`
  /// is what the catalog of the index is made with.
  IndexWriter(std::filesystem::path index, Mode mode, LazyCatalog listed, Filling filling = {});
  IndexWriter(const IndexWriter&) = delete;
  IndexWriter& operator=(const IndexWriter&) = delete;

  /// Finds the entities of articles that were copies of another one and no longer are; it must live as long as the
  /// writer. An index that holds copies cannot be changed without.
  void recognize_by(const Recognizer& recognizer) { recognizer_ = &recognizer; }

  /// What the index remembers, with what this writer has changed so far.
  IndexState state() { return {database(), index_}; }

  void add_root(const std::string& path);
  void remove_root(const std::string& path);

  /// Remembers what the user said about how articles are to be read.
  void set_reading(const ReadingSettings& reading);

  /// Remembers UpdateOptions::settings.
  void set_settings(const std::string& settings);

  /// Remembers UpdateOptions::looked_for.
  void set_looked_for(const std::string& names);

  /// Makes the catalog anew where articles have changed since it was made, or where it was made with other names than
  /// `digest` stands for.
  void renew_catalog(const std::string& digest);

  /// The articles that hold the words of one of these names, or more.
  std::vector<Xapian::docid> articles_with(const std::vector<NamesEntry>& names);

  /// An article as it is stored.
  Article article(Xapian::docid document);

  /// Gives an article other entities; returns whether they are others.
  bool put_entities(Xapian::docid number, const ArticleEntities& entities);

  /// Makes ready, on several threads, what putting the first article and renewing the catalog would wait for.
  void prepare();

  /// Whether an article that is put where nothing is goes to the bulk builder: it may be encoded then.
  bool takes_encoded() const { return filling_.builder == Builder::bulk && (may_load_ || load_); }

  /// Adds an article or replaces the one at its location, unless that has the same content and `even_unchanged` is
  /// false.
  PutResult put(PreparedArticle article, bool even_unchanged, Place place = Place::unknown);

  /// Ends the reading of a file: removes its articles that `put` has not met since the last call, remembers the record.
  /// Returns how many were removed.
  std::uint64_t finish_file(const FileRecord& record, Place place = Place::unknown);

  /// How many articles of a file there are, copies of others too.
  std::uint64_t article_count(const std::string& path);

  /// Ends the reading of a stream that is another one each time: its articles from earlier ones stay, and are counted
  /// in the record. Returns how many of them `put` has not met.
  std::uint64_t finish_stream(FileRecord record);

  /// Sets the record of a file whose articles stay as they are.
  void remember_file(const FileRecord& record);

  /// Removes a file and its articles; returns how many these were.
  std::uint64_t remove_file(const std::string& path);

  /// Commits, where what was put can be read already.
  void checkpoint();

  /// Makes everything so far durable and visible (the latter not for a rebuild).
  void commit();

  /// Drops all since the last commit.
  void cancel();

  /// Why the blocks of the last commit have no sums, where they have none.
  const std::optional<std::string>& sums_failure() const { return sums_failure_; }

  /// Commits, makes a rebuilt generation the live one in one step, and removes the old one.
  void publish();

private:
  /// Work on the database, with errors of ours.
  template <typename Work>
  auto translated(std::string_view doing, Work&& work) const {
    return with_translated_errors(doing, index_.string(), std::forward<Work>(work));
  }

  void open();
  Xapian::WritableDatabase& database();
  CopyGroups& copies();
  void renew_sums();
  void begin_changes();
  void begin_load();
  void end_load();
  void make_live();
  std::string metadata(const std::string& key) const;
  void set_metadata(const std::string& key, const std::string& value);
  bool is_same(const PreparedArticle& article, std::optional<Xapian::docid> shown,
               const std::optional<Article>& hidden) const;
  enum class Spare { none, met }; // of the articles of a file
  std::uint64_t remove_articles(const std::string& path, Spare spare);
  bool settle_load();
  void note_hidden(const ArticleLocation& location, Xapian::docid document);
  void settle_copies();
  void number_facets(PreparedArticle& article);
  std::vector<CatalogEntry> entries_below(std::string_view prefix, TextPool& texts) const;
  void replace_entries(std::span<const CatalogEntry> old, std::span<const CatalogEntry> entries);
  void record_compounds(const PreparedArticle& article);
  FacetDictionary& dictionary(Field field);
  void write_dictionaries();

  std::filesystem::path index_;
  Mode mode_;
  LazyCatalog listed_;
  Filling filling_;
  unsigned generation_ = 0;
  std::optional<unsigned> live_;
  std::unique_ptr<BlockGuard> guard_; // none of a database without a commit that has sums
  std::optional<std::string> sums_failure_;
  Xapian::WritableDatabase database_;        // closed during a load
  std::unique_ptr<SummedMetadata> metadata_; // none during a load
  std::optional<CopyGroups> copies_;         // likewise; refers to the other
  std::unique_ptr<BulkLoad> load_;
  bool may_load_ = false; // the index has no article
  const Recognizer* recognizer_ = nullptr;
  std::unordered_map<Field, FacetDictionary> dictionaries_;
  std::set<std::pair<Field, std::uint32_t>> changed_blocks_;
  std::unordered_set<std::string> known_compounds_;
  std::unordered_set<Xapian::docid> met_; // documents put since the last finish_file
  std::set<ArticleLocation> met_hidden_;  // likewise, articles that are hidden as copies
  bool is_catalog_stale_ = false;         // an article has changed since it was made
};

} // namespace pfind::indexer
