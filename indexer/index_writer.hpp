#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>
#include <xapian.h>

#include "common/facet_dictionary.hpp"
#include "indexer/document_builder.hpp"
#include "indexer/file_record.hpp"

namespace pfind::indexer {

/// Other names under which a facet value is to be found, by its kind and name as displayed.
using AliasSource = std::function<std::vector<std::string>(EntityKind kind, const std::string& name)>;

/// What `IndexWriter::put` did.
enum class PutResult { added, changed, unchanged };

/// Whether `path` is `root` or lies below it; both absolute.
bool is_at_or_below(std::string_view path, std::string_view root);

/// The paths that the live generation of an index was made from. Throws IndexError.
std::vector<std::string> live_roots(const std::filesystem::path& index);

/// Writes one index: the only part of pfind that changes a Xapian database. The caller holds the WriterLock.
///
/// Nothing is visible to readers, or safe from a crash, before `commit`; a rebuilt index not before `publish`. Members
/// throw IndexError when the database cannot be written; the last commit is then intact.
class IndexWriter {
public:
  enum class Mode {
    update, ///< the live generation is changed; made where there is none
    rebuild ///< a new generation is made beside the live one
  };

  /// Opens the index at `index` (a directory that exists) and removes what an interrupted rebuild left there.
  IndexWriter(std::filesystem::path index, Mode mode, AliasSource aliases);

  /// The files the index remembers at or below any of `roots`, by path.
  std::map<std::string, FileRecord> files(const std::vector<std::string>& roots) const;

  /// The paths that were indexed so far.
  std::vector<std::string> roots() const;
  void add_root(const std::string& path);
  void remove_root(const std::string& path);

  /// A text under one of metadata's keys; empty where there is none.
  std::string metadata(std::string_view key) const;
  void set_metadata(std::string_view key, const std::string& value);

  /// Adds an article or replaces the one at its location, unless that has the same content and `even_unchanged` is
  /// false.
  PutResult put(PreparedArticle article, bool even_unchanged);

  /// Ends the reading of a file: removes its articles that `put` has not met since the last call, remembers the record.
  /// Returns how many were removed.
  std::uint64_t finish_file(const FileRecord& record);

  /// Renews the record of a file whose articles stay as they are.
  void remember_file(const FileRecord& record);

  /// Removes a file and its articles; returns how many these were.
  std::uint64_t remove_file(const std::string& path);

  /// Makes everything so far durable and visible (the latter not for a rebuild).
  void commit();

  /// Commits, makes a rebuilt generation the live one in one step, and removes the old one.
  void publish();

  std::uint64_t article_count() const;

private:
  void open(Mode mode);
  void remove_stale_generations() const;
  void write_versions();
  void check_versions() const;
  std::vector<Xapian::docid> documents_of(const std::string& path) const;
  std::optional<Xapian::docid> document_at(const std::string& location) const;
  void number_facets(PreparedArticle& article);
  void record_aliases(Field field, const std::string& name);
  void record_compounds(const PreparedArticle& article);
  FacetDictionary& dictionary(Field field);
  void write_dictionaries();

  std::filesystem::path index_;
  AliasSource aliases_;
  unsigned generation_ = 0;
  std::optional<unsigned> live_;
  Xapian::WritableDatabase database_;
  bool fresh_ = false; // no article was there when it was opened
  std::unordered_map<Field, FacetDictionary> dictionaries_;
  std::set<std::pair<Field, std::uint32_t>> changed_blocks_;
  std::unordered_set<std::string> known_compounds_;
  std::unordered_set<Xapian::docid> met_; // documents put since the last finish_file
};

} // namespace pfind::indexer
