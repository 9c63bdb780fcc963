#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

#include "common/article.hpp"
#include "common/entity/entity.hpp"
#include "common/forward_text.hpp"
#include "common/schema.hpp"
#include "common/text/analyzer.hpp"
#include "indexer/bulk/document.hpp"
#include "indexer/copies.hpp"
#include "indexer/deflater.hpp"

namespace pfind::indexer {

/// An article ready to be added to an index, but for the numbers of its facet values, which depend on the index.
struct PreparedArticle {
  ArticleCopy copy;             ///< of the article
  std::string digest;           ///< content_digest of the article
  std::size_t stored_bytes = 0; ///< of the article, not compressed
  Xapian::Document document;    ///< empty where it is `encoded`
  std::optional<bulk::EncodedDocument> encoded;
  std::vector<std::pair<Field, std::vector<std::string>>> facets; ///< values as displayed, by facet field
  std::vector<std::pair<std::string, std::string>> compounds;     ///< joined term, its parts' terms
};

/// Turns articles into Xapian documents as the field table says: terms with positions, filter terms, values, the stored
/// article. Keeps an analyzer per language; not thread-safe, one per thread.
class DocumentBuilder {
public:
  /// What documents are made as.
  enum class Form : std::uint8_t { xapian, encoded };

  explicit DocumentBuilder(Form form = Form::xapian) : form_(form) {}

  PreparedArticle build(const Article& article, const ArticleEntities& entities);

  /// Adds to a document what it says of entities: the facets' terms and values to be numbered, and the forms' terms.
  static void add_entities(const ArticleEntities& entities, PreparedArticle& prepared);

  /// Makes the document of an article that of a group of copies in which it is shown: with the identity and the outlets
  /// of all, and where the others are. What the document had of an earlier group goes.
  static void set_copies(std::span<const ArticleCopy> others, PreparedArticle& prepared);

private:
  text::Analyzer& analyzer(const std::string& language);
  void add_text(const Article& article, PreparedArticle& prepared);
  void add_words(Field field, PreparedArticle& prepared);
  std::string compressed(const std::string& stored);

  Form form_;
  bulk::DocumentEncoder encoder_;
  Deflater deflater_;
  std::map<std::string, text::Analyzer> analyzers_;
  std::vector<text::Token> tokens_;
  ForwardTextBuilder forward_;
  std::string term_;
};

} // namespace pfind::indexer
