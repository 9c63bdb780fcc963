#pragma once

#include <string>
#include <string_view>

#include "corpus/reader/parsed_article.hpp"

namespace pfind::corpus {

/// A headline as records give it, perhaps with markup or character references, as one line of text.
std::string headline_of(std::string_view text);

/// A body as records give it: HTML, or plain text, perhaps hard-wrapped as in old newswire.
std::string body_text_of(std::string_view text);

/// Adds the authors that a value names ("Ana Ruiz; Bo Lin"), each once.
void add_authors(ParsedArticle& parsed, std::string_view names);

/// The text of an article behind its dateline ("MUNICH, March 12"), where formats keep that apart.
std::string with_dateline(std::string_view dateline, std::string body);

} // namespace pfind::corpus
