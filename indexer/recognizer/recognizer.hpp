#pragma once

#include <vector>

#include "common/article.hpp"
#include "common/entity/entity.hpp"

namespace pfind::indexer {

/// Finds the entities that an article names. Implementations are immutable after construction, so one serves all
/// threads.
class Recognizer {
public:
  virtual ~Recognizer() = default;

  /// Does now what the first article would wait for.
  virtual void prepare() const {}

  /// The entities of the article's title and body.
  virtual ArticleEntities recognize(const Article& article) const = 0;
};

} // namespace pfind::indexer
