#include "corpus/reader/emit.hpp"

#include <chrono>
#include <utility>

#include "corpus/reader/language.hpp"

namespace pfind::corpus {

namespace {

Date current_day() {
  using namespace std::chrono;
  const year_month_day today{floor<days>(system_clock::now())};
  return {static_cast<int>(today.year()), static_cast<int>(static_cast<unsigned>(today.month())),
          static_cast<int>(static_cast<unsigned>(today.day())), -1};
}

} // namespace

void emit(ParsedArticle parsed, const std::string& path, const std::string& where, const ReadEvents& events) {
  Article& article = parsed.article;
  article.path = path;
  if (article.language.empty()) article.language = detect_language(article.title + "\n\n" + article.body);
  settle_two_way_date(parsed, events.day_order);
  drop_impossible_date(parsed, current_day());
  for (std::string& reason : parsed.problems) events.problem({path, where, std::move(reason), true});
  if (events.notes) events.notes(article, parsed.notes);
  events.article(std::move(article));
}

} // namespace pfind::corpus
