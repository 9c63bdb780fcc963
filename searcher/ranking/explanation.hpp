#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/text/analyzer.hpp"
#include "searcher/query/builder.hpp"
#include "searcher/ranking/ranker.hpp"

namespace pfind::searcher {

/// Parts of a query that an article has.
using FoundParts = std::vector<const WantedPart*>;

/// Why an article ranks where it does, in lines for a person: which word was found where, and what that added to the
/// score. `tokens`: those of the article's headline and text.
std::vector<std::string> explain(const RankedArticle& article, const QueryWords& words, const FoundParts& parts,
                                 Ranker& ranker, std::span<const text::Token> tokens);

/// Why an article is like another, whose words `words` are: those that it shares, and how much of the score each adds.
/// `entities`: names in both; they add nothing beside their words.
std::vector<std::string> explain_likeness(const RankedArticle& article, const QueryWords& words,
                                          const std::vector<std::string>& entities, Ranker& ranker);

/// The words by which articles like another are looked for.
std::string telling_line(const QueryWords& words);

} // namespace pfind::searcher
