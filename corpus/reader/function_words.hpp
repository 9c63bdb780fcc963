#pragma once

#include <string_view>

namespace pfind::corpus {

/// The share of the words of `text` that are articles, prepositions and the like in a language (ISO 639-1), 0 to 1; 0
/// for a language of which none are known.
double function_word_share(std::string_view text, std::string_view language);

/// Whether articles, prepositions and the like of a language (ISO 639-1) are known.
bool has_function_words(std::string_view language);

} // namespace pfind::corpus
