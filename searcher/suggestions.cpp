#include "searcher/suggestions.hpp"

#include <algorithm>
#include <optional>

#include "common/stored_article.hpp"
#include "common/text/analyzer.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_shortest_word = 3;

struct Candidate {
  std::string term;
  std::size_t distance = 0;
  Xapian::doccount frequency = 0;
};

bool is_word(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c >= 0x80 || (c >= 'a' && c <= 'z'); });
}

bool is_better(const Candidate& a, const Candidate& b) {
  return a.distance != b.distance ? a.distance < b.distance : a.frequency > b.frequency;
}

/// The nearest of the index's terms (stems without prefix).
std::optional<Candidate> nearest_term(const std::string& stem, const Xapian::Database& database) {
  const std::size_t limit = stem.size() < 5 ? 1 : 2;
  std::optional<Candidate> best;
  for (auto it = database.allterms_begin(); it != database.allterms_end(); ++it) {
    const std::string& term = *it;
    if (term.size() + limit < stem.size() || term.size() > stem.size() + limit || !is_word(term)) continue;
    const std::size_t distance = edit_distance(stem, term, best ? best->distance : limit);
    if (distance > limit) continue;
    Candidate candidate{term, distance, it.get_termfreq()};
    if (!best || is_better(candidate, *best)) best = std::move(candidate);
  }
  return best;
}

/// A word of the article that has the term, as written there (lower case).
std::string written_form(const std::string& term, const Xapian::Database& database) {
  const auto it = database.postlist_begin(term);
  if (it == database.postlist_end(term)) return term;
  const Article article = decode_article(database.get_document(*it).get_data());
  text::Analyzer analyzer(article.language);
  for (const std::string* text : {&article.title, &article.body}) {
    for (const text::Token& token : analyzer.analyze(*text)) {
      if (token.term == term && token.kind != text::TokenKind::cased) return token.word;
    }
  }
  return term;
}

} // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before_last(a.size() + 1);
  std::vector<std::size_t> last(a.size() + 1);
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    std::size_t least = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t substitution = last[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[i] = std::min({substitution, last[i] + 1, row[i - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[i] = std::min(row[i], before_last[i - 2] + 1);
      least = std::min(least, row[i]);
    }
    if (least > limit) return limit + 1;
    before_last.swap(last);
    last.swap(row);
  }
  return std::min(last[a.size()], limit + 1);
}

std::string suggest_word(const std::string& word, Snapshot& index) {
  text::Analyzer analyzer(index.languages().front());
  const auto tokens = analyzer.analyze(word);
  if (tokens.size() != 1 || tokens.front().word.size() < k_shortest_word || !is_word(tokens.front().word)) return {};
  const auto nearest = nearest_term(tokens.front().term, index.database());
  return nearest ? written_form(nearest->term, index.database()) : std::string();
}

std::string suggest_query(const std::string& query, const std::vector<std::string>& misspelt, Snapshot& index) {
  std::string suggestion = query;
  bool changed = false;
  for (const std::string& word : misspelt) {
    const std::string better = suggest_word(word, index);
    const std::size_t at = suggestion.find(word);
    if (better.empty() || at == std::string::npos) continue;
    suggestion.replace(at, word.size(), better);
    changed = true;
  }
  return changed ? suggestion : std::string();
}

} // namespace pfind::searcher
