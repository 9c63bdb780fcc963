#include "corpus/reader/emit.hpp"

#include <utility>

#include "corpus/reader/language.hpp"

namespace pfind::corpus {

void emit(ParsedArticle parsed, const std::string& path, const std::string& where, const ReadEvents& events) {
  for (std::string& reason : parsed.problems) events.problem({path, where, std::move(reason), true});
  Article& article = parsed.article;
  article.path = path;
  if (article.language.empty()) article.language = detect_language(article.title + "\n\n" + article.body);
  if (events.notes) events.notes(article, parsed.notes);
  events.article(std::move(article));
}

} // namespace pfind::corpus
