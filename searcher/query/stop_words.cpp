#include "searcher/query/stop_words.hpp"

#include <algorithm>
#include <array>

namespace pfind::searcher {
namespace {

using namespace std::string_view_literals;

// The function words that questions and pasted sentences are full of. "will" and "may" stay words: both also name
// things.
constexpr std::array k_stop_words{"a"sv,     "about"sv, "all"sv, "also"sv,  "am"sv,     "an"sv,    "and"sv,   "any"sv,
                                  "are"sv,   "as"sv,    "at"sv,  "be"sv,    "been"sv,   "but"sv,   "by"sv,    "can"sv,
                                  "could"sv, "did"sv,   "do"sv,  "does"sv,  "for"sv,    "from"sv,  "had"sv,   "has"sv,
                                  "have"sv,  "he"sv,    "her"sv, "his"sv,   "how"sv,    "i"sv,     "if"sv,    "in"sv,
                                  "into"sv,  "is"sv,    "it"sv,  "its"sv,   "me"sv,     "my"sv,    "not"sv,   "of"sv,
                                  "on"sv,    "or"sv,    "our"sv, "she"sv,   "should"sv, "so"sv,    "some"sv,  "such"sv,
                                  "than"sv,  "that"sv,  "the"sv, "their"sv, "them"sv,   "there"sv, "these"sv, "they"sv,
                                  "this"sv,  "those"sv, "to"sv,  "was"sv,   "we"sv,     "were"sv,  "what"sv,  "when"sv,
                                  "where"sv, "which"sv, "who"sv, "why"sv,   "with"sv,   "would"sv, "you"sv,   "your"sv};
static_assert(std::ranges::is_sorted(k_stop_words));

// "the" and the like begin names, "is" and "can" commands and titles too.
constexpr std::array k_question_words{"did"sv,  "do"sv,    "does"sv,  "how"sv, "what"sv,
                                      "when"sv, "where"sv, "which"sv, "who"sv, "why"sv};
static_assert(std::ranges::is_sorted(k_question_words));

} // namespace

bool is_stop_word(std::string_view word) { return std::ranges::binary_search(k_stop_words, word); }

bool is_stop_word(const WordChain& chain) {
  return chain.words.size() == 1 && chain.acronyms.empty() && is_stop_word(chain.words.front().word);
}

bool is_question_word(const WordChain& chain) {
  return is_stop_word(chain) && std::ranges::binary_search(k_question_words, chain.words.front().word);
}

} // namespace pfind::searcher
