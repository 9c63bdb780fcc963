#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/article.hpp"
#include "common/entity/entity.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::indexer {

/// What `pindex --why` says of an article, for people: lines that a terminal can show whatever the article holds.
struct ReadingReport {
  bool color = false;
  std::size_t columns = 0; ///< of the terminal; 0: lines are not broken

  /// How an article was read: fields and where they were found, entities, what was left out, `problems` of its own.
  std::string describe(const Article& article, const EntitySets& entities, const corpus::ReadingNotes& notes,
                       const std::vector<corpus::Problem>& problems) const;

  /// What kept a file or record from being an article.
  std::string describe(const corpus::Problem& problem) const;
};

} // namespace pfind::indexer
