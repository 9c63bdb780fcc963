#pragma once

#include <string>

#include "corpus/reader/parsed_article.hpp"
#include "corpus/reader/reader.hpp"

namespace pfind::corpus {

/// Hands on an article that a parser made of (a part of) the file at `path`, completed with the path and, where the
/// format did not say it, the language, and without a date that cannot be; and the parser's problems, placed at
/// `where`.
void emit(ParsedArticle parsed, const std::string& path, const std::string& where, const ReadEvents& events);

} // namespace pfind::corpus
