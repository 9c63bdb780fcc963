#pragma once

#include <vector>

#include "searcher/index.hpp"
#include "searcher/ranking/ranker.hpp"

namespace pfind::searcher {

/// Lets a share of each score fade with the article's age, by half in every half-life (RankingModel), and orders the
/// first model.candidates anew. Age counts from the newest article of the index, so that an archive is not all old; an
/// article without a date is as old as can be.
void favour_recent(std::vector<RankedArticle>& articles, Snapshot& index, const RankingModel& model);

} // namespace pfind::searcher
