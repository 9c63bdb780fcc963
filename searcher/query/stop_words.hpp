#pragma once

#include <string_view>

#include "searcher/query/word_chains.hpp"

namespace pfind::searcher {

/// Whether a folded word is an English function word: in a query beside others it adds to the score of articles that
/// have it, but none has to. Such words are indexed like any other and count in phrases.
bool is_stop_word(std::string_view word);

/// Whether a chain is a single stop word, not written as an acronym (`IT`, `US`).
bool is_stop_word(const WordChain& chain);

/// Whether a chain is a word that English questions begin with: `what`, `why`, `does`.
bool is_question_word(const WordChain& chain);

} // namespace pfind::searcher
