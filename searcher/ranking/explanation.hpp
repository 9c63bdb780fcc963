#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/text/analyzer.hpp"
#include "searcher/ranking/ranker.hpp"

namespace pfind::searcher {

/// Why an article ranks where it does, in lines for a person: which word was found where, and what that added to the
/// score. `tokens`: those of the article's headline and text.
std::vector<std::string> explain(const RankedArticle& article, const QueryWords& words, Ranker& ranker,
                                 std::span<const text::Token> tokens);

} // namespace pfind::searcher
