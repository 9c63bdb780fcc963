#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/analyzer.hpp"
#include "searcher/matcher.hpp"
#include "searcher/passage.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

inline constexpr std::size_t k_snippet_length = 320; ///< code points: room for two sentences of a news article

/// Cuts from articles what shows best why they match a query.
///
/// Made once per query and used for each of its hits. Not thread-safe (it uses its buffers again): one per thread.
class SnippetMaker {
public:
  explicit SnippetMaker(QueryTerms terms) : matcher_(std::move(terms)) {}

  /// A snippet of at most `max_length` (at least 40) code points from one to three passages, cut at the bounds of
  /// sentences and joined by " … ". Passages that cover most of the query, by weight, then those where its words stand
  /// close together, then earlier ones; a sentence that only repeats the headline comes last. Without matches, the
  /// first sentences. `analyzer`: for the language of the article.
  Snippet snippet(std::string_view body, std::string_view title, text::Analyzer& analyzer,
                  std::size_t max_length = k_snippet_length);

  /// All of `text` on one line with its matches.
  Snippet highlight(std::string_view text, text::Analyzer& analyzer);

private:
  std::vector<Match> find(std::string_view text, text::Analyzer& analyzer);

  Matcher matcher_;
  std::vector<text::Token> tokens_;
};

} // namespace pfind::searcher
