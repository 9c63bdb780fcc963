#include "searcher/ranking/query_words.hpp"

#include <algorithm>

namespace pfind::searcher {
namespace {

constexpr std::size_t k_max_neighbours = 64; // a pasted text has enough of them

} // namespace

std::size_t QueryWords::add(QueryWord word) {
  const auto same =
      std::ranges::find_if(words, [&](const QueryWord& other) { return other.terms.front() == word.terms.front(); });
  if (same == words.end()) {
    words.push_back(std::move(word));
    return words.size() - 1;
  }
  same->repeats += word.repeats;
  same->is_stop_word = same->is_stop_word && word.is_stop_word;
  if (same->acronym.empty()) same->acronym = std::move(word.acronym);
  return static_cast<std::size_t>(same - words.begin());
}

void QueryWords::add_neighbours(std::size_t first, std::size_t second) {
  const std::pair pair{first, second};
  if (first == second || neighbours.size() == k_max_neighbours ||
      std::ranges::find(neighbours, pair) != neighbours.end())
    return;
  neighbours.push_back(pair);
}

} // namespace pfind::searcher
