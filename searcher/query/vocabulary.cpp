#include "searcher/query/vocabulary.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/index_files.hpp"
#include "common/stored_article.hpp"
#include "searcher/query/document_set.hpp"
#include "searcher/query/pattern.hpp"
#include "searcher/query/stop_words.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_max_languages = 5;    // of an index, whose stems a query's words are looked up under
constexpr std::size_t k_shortest_part = 2;    // letters of a word that another is parted into
constexpr std::size_t k_shortest_to_part = 4; // letters of a word that is tried to be parted: wifi
constexpr std::size_t k_max_phrase_spellings = 8;

void add_once(std::vector<std::vector<std::string>>& sequences, std::vector<std::string> sequence) {
  if (std::ranges::find(sequences, sequence) == sequences.end()) sequences.push_back(std::move(sequence));
}

bool is_ascii_word(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::vector<std::string> split_at_spaces(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// Whether the words stand at consecutive positions among the tokens of a text, spelled exactly so: words that the
/// query joins by a hyphen are joined in the text.
bool has_words(const std::vector<text::Token>& tokens, const std::vector<text::Token>& words) {
  std::vector<const text::Token*> written;
  for (const text::Token& token : tokens) {
    if (token.kind == text::TokenKind::word || token.kind == text::TokenKind::part) written.push_back(&token);
  }
  const auto same = [](const text::Token* token, const text::Token& word) {
    return token->word == word.word && (word.kind == text::TokenKind::word || token->kind == word.kind);
  };
  return !std::ranges::search(written, words, same).empty();
}

} // namespace

Vocabulary::Vocabulary(Snapshot& index) : index_(index) {
  for (const std::string& language : index.languages()) {
    if (analyzers_.size() < k_max_languages) analyzers_.emplace_back(language);
  }
}

bool Vocabulary::has(std::string_view prefix, std::string_view term) const {
  return index_.database().term_exists(std::string(prefix).append(term));
}

double Vocabulary::idf(const std::string& term) const {
  const auto articles = static_cast<double>(index_.database().get_doccount());
  return std::log((articles + 1) / (static_cast<double>(index_.database().get_termfreq(term)) + 1));
}

std::vector<std::string> Vocabulary::stems(const text::Token& word) const {
  std::vector<std::string> all{word.term};
  for (std::size_t i = 1; i < analyzers_.size(); ++i) {
    std::string stem = analyzers_[i].stem(word.word);
    if (std::ranges::find(all, stem) == all.end() && has("", stem)) all.push_back(std::move(stem));
  }
  if (all.size() > 1 && !has("", all.front())) all.erase(all.begin());
  return all;
}

std::vector<std::vector<std::string>> Vocabulary::stemmed(const std::vector<text::Token>& words) const {
  std::vector<std::vector<std::string>> sequences;
  for (std::size_t i = 0; i < analyzers_.size(); ++i) {
    std::vector<std::string> terms;
    for (const text::Token& word : words) terms.push_back(i == 0 ? word.term : analyzers_[i].stem(word.word));
    add_once(sequences, std::move(terms));
  }
  return sequences;
}

std::vector<std::vector<std::string>> Vocabulary::parts_of(const text::Token& word, std::string_view prefix) const {
  std::vector<std::vector<std::string>> found;
  for (const std::string& parts : index_.metadata(fit_term(metadata::k_compound, word.term)))
    add_once(found, split_at_spaces(parts));
  if (!found.empty()) return found;
  for (const std::size_t cut : cuts_of(word, prefix))
    found.push_back(
        {analyzers_.front().stem(word.word.substr(0, cut)), analyzers_.front().stem(word.word.substr(cut))});
  return found;
}

/// Where a word can be cut into two that the index has and that are no stop words: `often` is not `of ten`.
std::vector<std::size_t> Vocabulary::cuts_of(const text::Token& word, std::string_view prefix) const {
  if (word.word.size() < k_shortest_to_part || !is_ascii_word(word.word)) return {};
  const auto is_part = [&](const std::string& part) {
    return !is_stop_word(part) && has(prefix, analyzers_.front().stem(part));
  };
  std::vector<std::size_t> cuts;
  for (std::size_t cut = k_shortest_part; cut + k_shortest_part <= word.word.size(); ++cut) {
    if (is_part(word.word.substr(0, cut)) && is_part(word.word.substr(cut))) cuts.push_back(cut);
  }
  return cuts;
}

std::vector<std::string> Vocabulary::parted(const text::Token& word, std::string_view prefix) const {
  const std::vector<std::size_t> cuts = cuts_of(word, prefix);
  if (cuts.empty()) return {};
  const auto rarer_part = [&](std::size_t cut) {
    text::Analyzer& analyzer = analyzers_.front();
    return std::min(index_.database().get_termfreq(analyzer.stem(word.word.substr(0, cut))),
                    index_.database().get_termfreq(analyzer.stem(word.word.substr(cut))));
  };
  const std::size_t best = *std::ranges::max_element(cuts, {}, rarer_part);
  return {word.word.substr(0, best), word.word.substr(best)};
}

std::optional<std::string> Vocabulary::joined(const WordChain& first, const WordChain& second,
                                              std::string_view prefix) const {
  if (first.words.size() != 1 || second.words.size() != 1) return std::nullopt;
  if (!is_ascii_word(first.words.front().word) || !is_ascii_word(second.words.front().word)) return std::nullopt;
  std::string term = analyzers_.front().stem(first.words.front().word + second.words.front().word);
  return has(prefix, term) ? std::optional(std::move(term)) : std::nullopt;
}

std::vector<std::vector<std::string>> Vocabulary::phrases(const std::vector<WordChain>& chains,
                                                          std::string_view prefix) const {
  std::vector<text::Token> words;
  for (const WordChain& chain : chains) words.insert(words.end(), chain.words.begin(), chain.words.end());
  if (words.empty()) return {};
  auto sequences = stemmed(words);
  const std::vector<std::string> plain = sequences.front();
  for (std::size_t i = 0; i < words.size() && sequences.size() < k_max_phrase_spellings; ++i) {
    for (const auto& parts : parts_of(words[i], prefix)) {
      auto parted = plain;
      parted.erase(parted.begin() + static_cast<std::ptrdiff_t>(i));
      parted.insert(parted.begin() + static_cast<std::ptrdiff_t>(i), parts.begin(), parts.end());
      add_once(sequences, std::move(parted));
    }
    if (i + 1 == words.size()) break;
    const std::string joined = analyzers_.front().stem(words[i].word + words[i + 1].word);
    if (!has(prefix, joined)) continue;
    auto shorter = plain;
    shorter[i] = joined;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    add_once(sequences, std::move(shorter));
  }
  return sequences;
}

bool Vocabulary::can_match(const WordChain& chain, std::string_view prefix) const {
  const auto present = [&](const std::string& term) { return has(prefix, term); };
  if (!chain.joined.word.empty() && std::ranges::any_of(stems(chain.joined), present)) return true;
  if (chain.words.size() == 1 && !parts_of(chain.words.front(), prefix).empty()) return true;
  return std::ranges::all_of(chain.words,
                             [&](const text::Token& word) { return std::ranges::any_of(stems(word), present); });
}

Expansion Vocabulary::expand(std::string_view written, std::string_view prefix) const {
  // A pattern for a word stands for its stem too: licensing* is to find what licensing finds.
  std::string pattern;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = std::min(written.find_first_of("*?", at), written.size());
    for (const text::Token& token : analyzers_.front().analyze(written.substr(at, end - at))) {
      if (token.kind == text::TokenKind::word || token.kind == text::TokenKind::part) pattern += token.word;
    }
    if (end < written.size()) pattern += written[end];
    at = end + 1;
  }
  const std::string literal = pattern.substr(0, pattern.find_first_of("*?"));
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  const std::string start = std::string(prefix) + literal;
  const Xapian::Database& database = index_.database();
  for (auto it = database.allterms_begin(start); it != database.allterms_end(start); ++it) {
    std::string term = (*it).substr(prefix.size());
    const bool other_field = !term.empty() && term.front() >= 'A' && term.front() <= 'Z'; // a longer prefix
    if (!other_field && matches_pattern(term, pattern)) found.emplace_back(it.get_termfreq(), std::move(term));
  }
  if (pattern.ends_with('*') && !literal.empty()) {
    const std::string stem = analyzers_.front().stem(literal);
    if (stem != literal && !stem.starts_with(literal) && has(prefix, stem))
      found.emplace_back(database.get_termfreq(std::string(prefix) + stem), stem);
  }
  std::ranges::stable_sort(found, std::greater{}, &std::pair<Xapian::doccount, std::string>::first);
  Expansion expansion{.cut = found.size() > k_max_expansion};
  found.resize(std::min(found.size(), k_max_expansion));
  for (auto& [frequency, term] : found) expansion.terms.push_back(std::move(term));
  return expansion;
}

Xapian::Query Vocabulary::written_exactly(const Xapian::Query& candidates, const std::vector<text::Token>& words,
                                          Field field) {
  std::map<std::string, text::Analyzer> by_language;
  std::vector<text::Token> tokens;
  const auto is_exact = [&](const Xapian::Document& document) {
    const Article article = decode_article(document.get_data());
    text::Analyzer& words_of = by_language.try_emplace(article.language, article.language).first->second;
    words_of.analyze(article.title, tokens);
    if (has_words(tokens, words)) return true;
    if (field == Field::title) return false;
    words_of.analyze(article.body, tokens);
    return has_words(tokens, words);
  };
  return restricted(candidates, index_, is_exact);
}

} // namespace pfind::searcher
