#pragma once

#include <map>
#include <string>
#include <unordered_set>
#include <vector>
#include <xapian.h>

#include "common/facet_dictionary.hpp"
#include "indexer/document_builder.hpp"

namespace pfind::indexer {

/// Compares what an index says of an article with the article that it stores.
class ArticleCheck {
public:
  /// Reads the names of facet values. Throws Xapian::Error and codec::DecodeError.
  explicit ArticleCheck(const Xapian::Database& database);

  /// What is wrong with a document; nothing where all is as indexing makes it, but for the choice of entities, which is
  /// only compared with itself. Throws Xapian::Error.
  std::vector<std::string> damages(const Xapian::Document& document);

private:
  void take_entities(const Xapian::Document& document, PreparedArticle& expected,
                     std::vector<std::string>& wrong) const;
  void take_copies(const std::string& copies, PreparedArticle& expected, std::vector<std::string>& wrong) const;
  bool knows_compounds(const PreparedArticle& expected);
  std::vector<std::string> keys(const Xapian::Document& document, Field field) const;

  Xapian::Database database_;
  std::map<Field, FacetDictionary> dictionaries_;
  std::unordered_set<std::string> known_compounds_;
  DocumentBuilder builder_;
};

} // namespace pfind::indexer
