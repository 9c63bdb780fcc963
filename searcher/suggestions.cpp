#include "searcher/suggestions.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <span>

#include "common/stored_article.hpp"
#include "common/text/analyzer.hpp"
#include "common/text/characters.hpp"
#include "searcher/query/stop_words.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_shortest_word = 3;  // code points
constexpr std::size_t k_short_word = 5;     // below, one edit at most is forgiven
constexpr std::size_t k_max_corrected = 10; // words of a query; who misspells more has another problem
constexpr Xapian::doccount k_examples = 5;  // articles whose forms of a word are looked at

std::u32string code_points(std::string_view text) {
  std::u32string all;
  for (std::size_t at = 0; at < text.size();) {
    const text::Character character = text::character_at(text, at);
    all += character.code_point;
    at += character.bytes;
  }
  return all;
}

std::size_t allowed_edits(std::size_t length) { return length < k_short_word ? 1 : 2; }

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
  const std::u32string wanted = code_points(stem);
  const std::size_t limit = allowed_edits(wanted.size());
  std::optional<Candidate> best;
  auto it = database.allterms_begin();
  it.skip_to("a"); // behind numbers and everything with a prefix
  for (; it != database.allterms_end(); ++it) {
    const std::string term = *it;
    if (term.size() + limit < wanted.size() || term.size() > 4 * (wanted.size() + limit) || !is_word(term)) continue;
    if (is_stop_word(term)) continue;
    const std::size_t distance = edit_distance(wanted, code_points(term), best ? best->distance : limit);
    if (distance > limit) continue;
    Candidate candidate{term, distance, it.get_termfreq()};
    if (!best || is_better(candidate, *best)) best = std::move(candidate);
  }
  return best;
}

/// Of the forms that a term has in some articles, the one nearest to what was written.
std::string written_form(const std::string& term, const std::string& written, const Xapian::Database& database) {
  const std::u32string wanted = code_points(written);
  std::string best = term;
  std::size_t best_distance = SIZE_MAX;
  Xapian::doccount seen = 0;
  for (auto it = database.postlist_begin(term); it != database.postlist_end(term) && seen < k_examples; ++it, ++seen) {
    const Article article = decode_article(database.get_document(*it).get_data());
    text::Analyzer analyzer(article.language);
    for (const std::string* text : {&article.title, &article.body}) {
      for (const text::Token& token : analyzer.analyze(*text)) {
        if (token.term != term || token.kind == text::TokenKind::cased) continue;
        const std::size_t distance = edit_distance(wanted, code_points(token.word), wanted.size());
        if (distance >= best_distance) continue;
        best = token.word;
        best_distance = distance;
      }
    }
  }
  return best;
}

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

/// Where `word` stands in `query` by itself, not inside a longer word.
std::size_t find_word(std::string_view query, std::string_view word) {
  for (std::size_t at = query.find(word); at != std::string_view::npos; at = query.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_byte(query[at - 1]);
    const bool names_field = end < query.size() && query[end] == ':';
    if (begins && !names_field && (end == query.size() || !is_word_byte(query[end]))) return at;
  }
  return std::string_view::npos;
}

/// `typed`, a word or words joined by hyphens, with those replaced that the index lacks; the same where none can be.
std::string corrected(const std::string& typed, Snapshot& index) {
  text::Analyzer analyzer(index.languages().front());
  std::string better = typed;
  std::vector<text::Token> tokens = analyzer.analyze(typed);
  std::ranges::reverse(tokens); // so that the bytes before stay where they are
  for (const text::Token& token : tokens) {
    const bool is_one = token.kind == text::TokenKind::word || token.kind == text::TokenKind::part;
    if (!is_one || index.database().term_exists(token.term)) continue;
    const std::string word = suggest_word(typed.substr(token.begin, token.end - token.begin), index);
    if (!word.empty()) better.replace(token.begin, token.end - token.begin, word);
  }
  return better;
}

} // namespace

std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t limit) {
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
  if (tokens.size() != 1 || !is_word(tokens.front().word)) return {};
  if (text::count_characters(tokens.front().word) < k_shortest_word) return {};
  const auto nearest = nearest_term(tokens.front().term, index.database());
  return nearest ? written_form(nearest->term, tokens.front().word, index.database()) : std::string();
}

std::string suggest_value(const std::string& key, Field facet, Snapshot& index) {
  const std::u32string wanted = code_points(key);
  std::size_t nearest = allowed_edits(wanted.size());
  std::string best;
  for (Shard& shard : index.shards()) {
    const FacetDictionary& values = shard.dictionary(facet);
    for (std::uint32_t number = 0; number < values.size(); ++number) {
      const std::string other = facet_key(values.name(number));
      if (!index.database().term_exists(term_for(facet, other))) continue; // its last article is gone
      const std::size_t distance = edit_distance(wanted, code_points(other), nearest);
      if (distance > nearest || (distance == nearest && !best.empty())) continue;
      nearest = distance;
      best = values.name(number);
    }
  }
  return best;
}

std::string suggest_query(const std::string& query, const std::vector<std::string>& misspelt, Snapshot& index) {
  std::string suggestion = query;
  for (const std::string& typed : std::span(misspelt).first(std::min(misspelt.size(), k_max_corrected))) {
    if (typed.find_first_of("*?") != std::string::npos) continue; // a pattern is no misspelt word
    const std::size_t at = find_word(suggestion, typed);
    if (at != std::string::npos) suggestion.replace(at, typed.size(), corrected(typed, index));
  }
  return suggestion == query ? std::string() : suggestion;
}

} // namespace pfind::searcher
