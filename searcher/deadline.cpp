#include "searcher/deadline.hpp"

#include <algorithm>

namespace pfind::searcher {
namespace {

constexpr std::size_t k_articles_per_look = 16; // at the clock, which costs as much as finding one

} // namespace

void FoundArticles::operator()(const Xapian::Document& document, double weight) {
  found_.push_back({document.get_docid(), weight});
  if (found_.size() / 2 > most_) keep_best();
  if (count_++ % k_articles_per_look == 0 && deadline_.has_passed()) throw TimeUp();
}

void FoundArticles::keep_best() {
  const auto end = found_.begin() + static_cast<std::ptrdiff_t>(most_);
  std::nth_element(found_.begin(), end, found_.end(),
                   [](const Found& a, const Found& b) { return a.weight > b.weight; });
  found_.erase(end, found_.end());
}

std::vector<Xapian::docid> FoundArticles::articles() const {
  std::vector<Xapian::docid> articles;
  for (const Found& one : found_) articles.push_back(one.article);
  return articles;
}

} // namespace pfind::searcher
