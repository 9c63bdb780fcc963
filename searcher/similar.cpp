#include "searcher/similar.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <vector>

#include "common/error.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_telling_words = 40;

struct TellingWord {
  std::string term;
  double weight = 0;
};

/// The article's words by tf-idf; words that only it has tell nothing about others.
std::vector<TellingWord> telling_words(Xapian::docid article, const Xapian::Database& database) {
  const auto articles = static_cast<double>(database.get_doccount());
  std::vector<TellingWord> words;
  for (auto it = database.termlist_begin(article); it != database.termlist_end(article); ++it) {
    const std::string term = *it;
    if (it.get_wdf() == 0 || (term.front() >= 'A' && term.front() <= 'Z')) continue;
    const auto frequency = static_cast<double>(database.get_termfreq(term));
    if (frequency < 2) continue;
    words.push_back({term, (1 + std::log(it.get_wdf())) * std::log((articles + 1) / frequency)});
  }
  std::ranges::sort(words, [](const TellingWord& a, const TellingWord& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
  });
  words.resize(std::min(words.size(), k_telling_words));
  return words;
}

std::optional<Xapian::docid> first_with(const std::string& term, const Xapian::Database& database) {
  const auto it = database.postlist_begin(term);
  if (it == database.postlist_end(term)) return std::nullopt;
  return *it;
}

} // namespace

std::optional<Xapian::docid> document_at(const std::string& path, Snapshot& index) {
  const Xapian::Database& database = index.database();
  if (const auto article = first_with(term_for(Field::location, path), database)) return article;
  if (const auto article = first_with(term_for(Field::file, path), database)) return article;
  return first_with(term_for(Field::url, path), database);
}

Xapian::Query similar_to(const std::string& path, Snapshot& index) {
  const auto article = document_at(path, index);
  if (!article)
    throw UsageError(
        fmt::format("no article of the index lies at {}; pfind --format paths lists where they lie", path));
  const Xapian::Database& database = index.database();
  std::vector<Xapian::Query> queries;
  for (const TellingWord& word : telling_words(*article, database))
    queries.push_back(Xapian::Query(word.term) * word.weight);
  Xapian::Query words(Xapian::Query::OP_ELITE_SET, queries.begin(), queries.end(), k_telling_words);
  const std::string location{info(Field::location).prefix};
  auto it = database.termlist_begin(*article);
  it.skip_to(location);
  if (it == database.termlist_end(*article)) return words;
  return {Xapian::Query::OP_AND_NOT, words, Xapian::Query(*it)};
}

} // namespace pfind::searcher
