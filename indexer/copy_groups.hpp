#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/article.hpp"
#include "indexer/document_builder.hpp"
#include "indexer/recognizer/recognizer.hpp"
#include "indexer/summed_metadata.hpp"

namespace pfind::indexer {

/// The articles of an index that is being written: those that a document shows, and those hidden behind another of
/// which they are copies, which are kept as metadata.
///
/// A change is made at once to the article it is about; what that means for groups of copies is settled afterwards, for
/// all changes together, so that many copies cost no more than others. Between the two each article that was added has
/// a document of its own. A document shows the same article as long as it lives.
class CopyGroups {
public:
  /// `metadata`: of that database; it must outlive this.
  CopyGroups(Xapian::WritableDatabase database, SummedMetadata& metadata);

  /// Whether any article is hidden.
  bool any() const { return hidden_ > 0; }

  /// The article that is hidden at `location`. Throws codec::DecodeError where it is damaged.
  std::optional<Article> hidden_at(const ArticleLocation& location) const;

  /// Where the hidden articles of a file are.
  std::vector<ArticleLocation> hidden_in(const std::string& path) const;

  /// The document that shows the article at `location`.
  std::optional<Xapian::docid> shown_at(const ArticleLocation& location) const;

  /// The documents that stand for articles of a file; ask `shows` which of them show one.
  std::vector<Xapian::docid> documents_of(const std::string& path) const;

  /// Whether a document of `documents_of(path)` shows an article of that file.
  bool shows(Xapian::docid document, const std::string& path) const;

  /// Takes all documents of the database for articles that were just added.
  void note_all();

  /// Adds an article; returns its document.
  Xapian::docid add(const PreparedArticle& article);

  /// Replaces what a document shows by another version of it; returns the document of that.
  Xapian::docid replace(Xapian::docid document, const PreparedArticle& article);

  /// Removes the article that a document shows.
  void remove(Xapian::docid document);

  /// Removes an article that is hidden.
  void remove_hidden(const ArticleLocation& location);

  /// What `settle` did to articles that were there before.
  struct Moved {
    std::vector<std::pair<ArticleLocation, Xapian::docid>> hidden; ///< and the documents that showed them
    std::vector<std::pair<ArticleLocation, Xapian::docid>> shown;  ///< and their new documents
  };

  /// Makes every group have one document, that of the article which is shown, as groups_of says. `complete` numbers the
  /// facet values of a document; `recognizer` finds the entities of articles that come out of hiding.
  Moved settle(const std::function<void(PreparedArticle&)>& complete, const Recognizer* recognizer);

  /// Forgets what is to be settled: the transaction was cancelled.
  void cancel();

private:
  class Settlement;

  bool is_group(Xapian::docid document) const;
  ArticleLocation location_of(Xapian::docid document) const;
  void note(const ArticleCopy& copy);
  void note(Xapian::docid document);
  std::size_t stored_count() const;

  Xapian::WritableDatabase database_;
  SummedMetadata& metadata_;
  std::size_t hidden_ = 0;                     // articles, where nothing is to be settled
  std::set<std::string> keys_;                 // terms of what copies have in common, of articles that changed
  std::unordered_set<Xapian::docid> reduced_;  // groups that a hidden article was removed from
  std::unordered_set<Xapian::docid> orphaned_; // groups whose shown article was removed
};

} // namespace pfind::indexer
