#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "common/entity/entity.hpp"

namespace pfind::indexer {

/// Counts the mentions of an article, by entity and by the form of the name.
class EntityTally {
public:
  /// `text` is the one that the mention's byte range is in. White space in the form counts as one space.
  void add(const EntityMention& mention, std::string_view text);

  /// The entities of each kind, most mentioned first, ties in order of first mention; leaves the tally empty.
  ArticleEntities take();

private:
  struct Count {
    std::size_t mentions = 0;
    std::size_t first = 0; ///< which mention came first
  };
  struct Entity {
    Count count;
    std::map<std::string, Count> forms;
  };

  std::array<std::map<std::string, Entity>, k_entity_kinds.size()> entities_;
  std::size_t mentions_ = 0;
};

} // namespace pfind::indexer
