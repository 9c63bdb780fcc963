#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "common/entity/catalog.hpp"
#include "indexer/recognizer/name_matcher.hpp"
#include "indexer/recognizer/recognizer.hpp"

namespace pfind::indexer {

/// Where an article names entities.
struct ArticleMentions {
  std::vector<EntityMention> title; ///< byte ranges in Article::title
  std::vector<EntityMention> body;  ///< byte ranges in Article::body
};

/// Recognizes the entities of a catalog by their names, and by the context those that are ordinary words as well.
class ListRecognizer final : public Recognizer {
public:
  explicit ListRecognizer(std::shared_ptr<const Catalog> catalog);

  ArticleEntities recognize(const Article& article) const override;

  /// Every mention of the article in order of the text. A company's mention includes the legal suffix behind the name.
  ArticleMentions mentions(const Article& article) const;

private:
  struct Candidate;
  struct Reading;

  Reading read(std::string_view text) const;
  void settle(const std::vector<Reading*>& readings) const;
  std::vector<EntityMention> accepted_mentions(const Reading& reading) const;
  bool is_preferred(const Candidate& a, const Candidate& b) const;

  std::shared_ptr<const Catalog> catalog_;
  NameMatcher matcher_;
  std::unordered_set<std::uint64_t> given_names_;
};

} // namespace pfind::indexer
