#pragma once

#include <string>
#include <vector>

#include "searcher/ranking/ranker.hpp"

namespace pfind::searcher {

/// Why an article ranks where it does, in lines for a person: which word was found where, and what that added to the
/// score.
std::vector<std::string> explain(const RankedArticle& article, const QueryWords& words, Ranker& ranker);

} // namespace pfind::searcher
