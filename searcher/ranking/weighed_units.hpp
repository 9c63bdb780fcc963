#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/document_bits.hpp"
#include "searcher/postings/posting_list.hpp"
#include "searcher/query/matches.hpp"
#include "searcher/ranking/model.hpp"

namespace pfind::searcher {

/// Something that a query weighs by itself: a term, or the spellings of a word, which count as one term.
struct WeighedUnit {
  std::vector<std::string> terms;
  std::vector<PhrasePlaces> phrases; ///< spellings that are several words
  double weight = 0;                 ///< that occurrences without end would approach
};

/// What Xapian's BM25 adds up for an article that a query matches.
struct WeighedUnits {
  std::vector<WeighedUnit> units;
  bool match_alone = false; ///< an article with any of them matches, one without does not
};

/// Whether phrases are looked for, or only the articles that have all of their words, which then weigh at least what
/// they do.
enum class Phrases : std::uint8_t { as_they_are, by_words };

/// Takes a query apart, where its weight is but a sum over what an article has; nothing where it is more than that.
/// `among`: in which articles of the shard phrases are looked for; null for all.
std::optional<WeighedUnits> weighed_units(const Xapian::Query& query, const PostingLists& lists,
                                          const RankingModel& model, const DocumentBits* among, Phrases phrases);

} // namespace pfind::searcher
