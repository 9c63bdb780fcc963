#pragma once

#include <cstdint>

namespace pfind::searcher {

/// Which of a query's words an article must have, stop words aside. Filters, phrases and negations hold all the same,
/// but for `any`.
enum class Matching : std::uint8_t {
  automatic, ///< all of a few words (RankingModel::k_all_words_up_to), any of more
  countable, ///< all of a few words, most of more: where no order says which of the articles found are meant
  all,
  most, ///< more than half of them
  any   ///< at least one; phrases and the like count as words
};

} // namespace pfind::searcher
