#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_set>

#include "common/entity/lazy_catalog.hpp"
#include "indexer/recognizer/name_evidence.hpp"
#include "indexer/recognizer/name_matcher.hpp"
#include "indexer/recognizer/name_model.hpp"
#include "indexer/recognizer/recognizer.hpp"

namespace pfind::indexer {

/// Changes whenever the same article, lists and model could give other entities: then articles are recognized anew.
inline constexpr int k_recognizer_version = 3;

/// Recognizes entities by lists, by the statistical model, and by what the article says of them in all its places.
class ArticleRecognizer final : public Recognizer {
public:
  explicit ArticleRecognizer(std::shared_ptr<const Catalog> catalog, const NameModel& model = NameModel::shipped());

  ArticleEntities recognize(const Article& article) const override;

private:
  std::shared_ptr<const Catalog> catalog_;
  const NameModel& model_;
  NameMatcher matcher_;
  std::shared_ptr<const WordLists> lists_;
  std::unordered_set<std::uint64_t> given_names_;
};

/// An ArticleRecognizer that is made for the first article.
class LazyRecognizer final : public Recognizer {
public:
  explicit LazyRecognizer(LazyCatalog catalog) : catalog_(std::move(catalog)) {}

  void prepare() const override;

  ArticleEntities recognize(const Article& article) const override;

private:
  LazyCatalog catalog_;
  mutable std::once_flag once_;
  mutable std::optional<ArticleRecognizer> recognizer_;
};

} // namespace pfind::indexer
