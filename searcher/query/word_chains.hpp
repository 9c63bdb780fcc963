#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/analyzer.hpp"

namespace pfind::searcher {

/// What stands together in a query without a space: one word, the parts of a hyphenated one, or the words of a run in a
/// script that has no spaces.
struct WordChain {
  std::string written;               ///< as typed
  std::vector<text::Token> words;    ///< the word or the parts, in order; never empty
  text::Token joined;                ///< the parts written as one word; its `word` is empty where there is no such form
  std::vector<std::string> acronyms; ///< those of the words that are written in capitals
};

/// The words of a query text, in order.
std::vector<WordChain> word_chains(std::string_view text, text::Analyzer& analyzer);

} // namespace pfind::searcher
