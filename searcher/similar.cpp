#include "searcher/similar.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/error.hpp"
#include "common/text/analyzer.hpp"

namespace pfind::searcher {
namespace {

/// A word of the article and what it tells of it.
struct ArticleWord {
  QueryWord word;
  int occurrences = 0;
  bool in_headline = false;
  double tells = 0;
};

/// The words of an article, each once.
class WordCollector {
public:
  explicit WordCollector(const std::string& language) : analyzer_(language) {}

  void add(const std::string& text, bool is_headline) {
    analyzer_.analyze(text, tokens_);
    for (const text::Token& token : tokens_) {
      if (token.kind != text::TokenKind::word && token.kind != text::TokenKind::part) continue;
      const auto [place, is_new] = places_.try_emplace(token.term, words_.size());
      if (is_new)
        words_.push_back({{.written = text.substr(token.begin, token.end - token.begin),
                           .word = token.word,
                           .terms = {token.term}}});
      ArticleWord& word = words_[place->second];
      ++word.occurrences;
      word.in_headline = word.in_headline || is_headline;
      length_ += is_headline ? 2 : 1; // as Xapian counts: headlines are indexed twice
    }
  }

  std::vector<ArticleWord> take() { return std::move(words_); }

  double length() const { return length_; }

private:
  text::Analyzer analyzer_;
  std::vector<text::Token> tokens_;
  std::unordered_map<std::string, std::size_t> places_; // in words_, by term
  std::vector<ArticleWord> words_;
  double length_ = 0;
};

std::optional<Xapian::docid> first_with(const std::string& term, const ComparedDatabase& database) {
  const auto it = database.postlist_begin(term);
  if (it == database.postlist_end(term)) return std::nullopt;
  return *it;
}

bool tells_more(const ArticleWord& a, const ArticleWord& b) {
  return a.tells != b.tells ? a.tells > b.tells : a.word.terms.front() < b.word.terms.front();
}

/// The article's words that tell of it, the most telling first, each with its weight in a query.
std::vector<ArticleWord> telling_words(const Article& article, Snapshot& index, const RankingModel& model) {
  WordCollector words(article.language);
  words.add(article.title, true);
  words.add(article.body, false);
  const double relative_length = words.length() / std::max(1.0, index.database().get_avlength());
  std::vector<ArticleWord> telling;
  for (ArticleWord& word : words.take()) {
    const TermInfo& info = index.statistics().of(word.word.terms.front());
    if (!info.is_telling) continue;
    const double headline = word.in_headline ? model.similar_headline : 1;
    word.word.repeats = headline * saturated(word.occurrences, relative_length, model);
    word.tells = word.word.repeats * info.idf;
    telling.push_back(std::move(word));
  }
  const auto count = std::min(telling.size(), model.similar_words);
  std::ranges::partial_sort(telling, telling.begin() + static_cast<std::ptrdiff_t>(count), tells_more);
  telling.resize(count);
  return telling;
}

} // namespace

std::optional<Xapian::docid> document_at(const std::string& path, Snapshot& index) {
  const ComparedDatabase& database = index.database();
  if (const auto article = first_with(term_for(Field::location, path), database)) return article;
  if (const auto article = first_with(term_for(Field::file, path), database)) return article;
  return first_with(term_for(Field::url, path), database);
}

SimilarQuery similar_to(const std::string& path, Snapshot& index, const RankingModel& model) {
  const auto number = document_at(path, index);
  if (!number)
    throw UsageError(
        fmt::format("no article of the index lies at {}; pfind --format paths lists where they lie", path));
  const Article article = index.article(*number);
  SimilarQuery similar;
  std::vector<Xapian::Query> any;
  for (ArticleWord& word : telling_words(article, index, model)) {
    any.push_back(Xapian::Query(word.word.terms.front()) * word.word.repeats);
    similar.words.add(std::move(word.word));
  }
  const Xapian::Query itself(term_for(Field::location, article.location()));
  similar.match = {Xapian::Query::OP_AND_NOT, Xapian::Query(Xapian::Query::OP_OR, any.begin(), any.end()), itself};
  return similar;
}

RankingModel for_similar(RankingModel model) {
  model.feedback = model.similar_feedback;
  model.written = 0;
  return model;
}

} // namespace pfind::searcher
