#include "searcher/query/vocabulary.hpp"

#include <algorithm>
#include <cmath>

#include "common/index_files.hpp"
#include "searcher/query/mentions.hpp"
#include "searcher/query/operators.hpp"
#include "searcher/query/stop_words.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_max_languages = 5;    // of an index, whose stems a query's words are looked up under
constexpr std::size_t k_shortest_part = 2;    // letters of a word that another is parted into
constexpr std::size_t k_shortest_to_part = 4; // letters of a word that is tried to be parted: wifi
constexpr std::size_t k_max_phrase_spellings = 8;
// A word that more articles have than these, and than one in a hundred, is no joined spelling of others.
constexpr Xapian::doccount k_few = 10;
constexpr Xapian::doccount k_rare = 100;

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

} // namespace

Vocabulary::Vocabulary(Snapshot& index) : index_(index) {
  for (const std::string& language : index.languages()) {
    if (analyzers_.size() < k_max_languages) analyzers_.push_back(&index.analyzer(language));
  }
}

bool Vocabulary::has(std::string_view prefix, std::string_view term) const {
  return index_.statistics().of(std::string(prefix).append(term)).articles > 0;
}

double Vocabulary::idf(const std::string& term) const {
  const auto articles = static_cast<double>(index_.database().get_doccount());
  return std::log((articles + 1) / (static_cast<double>(index_.statistics().of(term).articles) + 1));
}

std::vector<std::string> Vocabulary::stems(const text::Token& word) const {
  std::vector<std::string> all{word.term};
  for (std::size_t i = 1; i < analyzers_.size(); ++i) {
    std::string stem = analyzers_[i]->stem(word.word);
    if (std::ranges::find(all, stem) == all.end() && has("", stem)) all.push_back(std::move(stem));
  }
  if (all.size() > 1 && !has("", all.front())) all.erase(all.begin());
  return all;
}

std::vector<std::vector<std::string>> Vocabulary::stemmed(const std::vector<text::Token>& words) const {
  std::vector<std::vector<std::string>> sequences;
  for (std::size_t i = 0; i < analyzers_.size(); ++i) {
    std::vector<std::string> terms;
    for (const text::Token& word : words) terms.push_back(i == 0 ? word.term : analyzers_[i]->stem(word.word));
    add_once(sequences, std::move(terms));
  }
  return sequences;
}

std::vector<std::vector<std::string>> Vocabulary::parts_of(const text::Token& word, std::string_view prefix) const {
  std::vector<std::vector<std::string>> found;
  for (const std::string& parts : index_.metadata(fit_term(metadata::k_compound, word.term)))
    add_once(found, split_at_spaces(parts));
  if (!found.empty()) return found;
  const auto articles_of = [&](const std::string& term) { return index_.statistics().of(term).articles; };
  const Xapian::doccount own = articles_of(word.term);
  if (own > k_few + index_.database().get_doccount() / k_rare) return found;
  for (const std::size_t cut : cuts_of(word, prefix)) {
    std::vector<std::string> parts{analyzers_.front()->stem(word.word.substr(0, cut)),
                                   analyzers_.front()->stem(word.word.substr(cut))};
    if (std::min(articles_of(parts.front()), articles_of(parts.back())) >= own) found.push_back(std::move(parts));
  }
  return found;
}

/// Where a word can be cut into two that the index has and that are no stop words: `often` is not `of ten`.
std::vector<std::size_t> Vocabulary::cuts_of(const text::Token& word, std::string_view prefix) const {
  if (word.word.size() < k_shortest_to_part || !is_ascii_word(word.word)) return {};
  const auto is_part = [&](const std::string& part) {
    return !is_stop_word(part) && has(prefix, analyzers_.front()->stem(part));
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
    text::Analyzer& analyzer = *analyzers_.front();
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
  std::string term = analyzers_.front()->stem(first.words.front().word + second.words.front().word);
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
    const std::string joined = analyzers_.front()->stem(words[i].word + words[i + 1].word);
    if (!has(prefix, joined)) continue;
    auto shorter = plain;
    shorter[i] = joined;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    add_once(sequences, std::move(shorter));
  }
  return sequences;
}

/// Whether some article has the word in two, side by side.
bool Vocabulary::stands_apart(const text::Token& word, std::string_view prefix) const {
  std::vector<Xapian::Query> any;
  for (const auto& parts : parts_of(word, prefix)) any.push_back(phrase_of(parts, prefix));
  if (any.empty()) return false;
  const Xapian::Query query = combine(Xapian::Query::OP_OR, any);
  Xapian::Enquire enquire(index_.database().for_query(query));
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return !enquire.get_mset(0, 1).empty();
}

bool Vocabulary::can_match(const WordChain& chain, std::string_view prefix) const {
  const auto present = [&](const std::string& term) { return has(prefix, term); };
  const auto occurs = [&](const text::Token& word) { return std::ranges::any_of(stems(word), present); };
  if (std::ranges::all_of(chain.words, occurs)) return true;
  if (!chain.joined.word.empty() && occurs(chain.joined)) return true;
  return chain.words.size() == 1 && stands_apart(chain.words.front(), prefix);
}

/// The pattern as terms are written: case, diacritics and spelling aside.
std::string Vocabulary::normalised(std::string_view pattern) const {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t end = std::min(pattern.find_first_of("*?", at), pattern.size());
    for (const text::Token& token : analyzers_.front()->analyze(pattern.substr(at, end - at))) {
      if (token.kind == text::TokenKind::word || token.kind == text::TokenKind::part) out += token.word;
    }
    if (end < pattern.size()) out += pattern[end];
    at = end + 1;
  }
  return out;
}

/// A pattern for a word stands for its stem too: licensing* is to find what licensing finds.
void Vocabulary::add_stem(const std::string& pattern, const std::string& prefix, Expansion& expansion) const {
  const std::string literal{literal_of(pattern)};
  if (literal.empty() || literal.size() + 1 != pattern.size() || pattern.back() != '*') return;
  std::string stem = analyzers_.front()->stem(literal);
  if (stem.starts_with(literal) || !has(prefix, stem)) return;
  expansion.terms.resize(std::min(expansion.terms.size(), k_max_expansion - 1));
  expansion.terms.insert(expansion.terms.begin(), std::move(stem));
}

void Vocabulary::expand_together(const std::vector<query::Wildcard>& wildcards) {
  share_ = std::min(k_max_expansion, k_max_expanded / std::max<std::size_t>(1, wildcards.size()));
  look_up(wildcards);
}

void Vocabulary::look_up(const std::vector<query::Wildcard>& wildcards) {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> patterns; // by prefix and literal
  for (const query::Wildcard& wildcard : wildcards) {
    const std::string prefix{info(wildcard.field).prefix};
    std::string pattern = normalised(wildcard.pattern);
    const auto [place, is_new] = expansions_.try_emplace({prefix, pattern});
    if (!is_new || pattern.find_first_not_of("*?") == std::string::npos) continue;
    patterns[{prefix, std::string{literal_of(pattern)}}].push_back(std::move(pattern));
  }
  for (const auto& [start, alike] : patterns) {
    std::vector<Expansion> expansions = expand_patterns(index_.database(), start.first, alike);
    for (std::size_t i = 0; i < alike.size(); ++i) {
      add_stem(alike[i], start.first, expansions[i]);
      expansions_[{start.first, alike[i]}] = std::move(expansions[i]);
    }
  }
}

Expansion Vocabulary::expand(const query::Wildcard& wildcard) {
  look_up({wildcard});
  Expansion expansion = expansions_[{std::string{info(wildcard.field).prefix}, normalised(wildcard.pattern)}];
  expansion.cut = expansion.cut || expansion.terms.size() > share_;
  expansion.terms.resize(std::min(expansion.terms.size(), share_));
  return expansion;
}

bool Vocabulary::is_joined_form(const std::string& term) const {
  return !index_.metadata(fit_term(metadata::k_compound, term)).empty();
}

/// An article that has a word so written has it in its forward text, under the word's stem in one of the languages of
/// the index, unless the text is too long to be there whole.
Refusal Vocabulary::lacks_spelling(const std::vector<text::Token>& words) const {
  struct Number {
    std::size_t word;
    std::uint32_t term;
    std::uint8_t written;
  };
  std::vector<Number> numbers;
  for (std::size_t word = 0; word < words.size(); ++word) {
    const std::uint8_t written = written_number(words[word].word);
    for (const std::string& language : index_.languages())
      numbers.push_back({word, term_number(index_.analyzer(language).stem(words[word].word)), written});
  }
  return [numbers, missing = std::vector<bool>(words.size(), true)](const ForwardText& text) {
    if (text.length() > k_max_forward_words) return false;
    std::vector<bool> lacks = missing;
    text.for_each_word([&](const ForwardText::Word& found) {
      if (found.is_beside()) return;
      for (const Number& number : numbers) {
        if (found.term() == number.term && found.written() == number.written) lacks[number.word] = false;
      }
    });
    return std::ranges::find(lacks, true) != lacks.end();
  };
}

Xapian::Query Vocabulary::written_exactly(const Xapian::Query& candidates, const std::vector<text::Token>& words,
                                          Field field) const {
  const Mentions mentions({Spelling{.field = field, .written = words}});
  mentions.add_wanted(text_->wanted());
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool is_simple = field == Field::body && words.size() == 1 && words.front().word.size() > 1 &&
                         std::ranges::all_of(words.front().word, is_small);
  const std::string word = is_simple ? words.front().word : "";
  const auto accept = [mentions, word](StoredText& text) {
    return (!word.empty() && text.surely_has(word)) || mentions.are_in(text, 1);
  };
  return restricted(candidates, accept, text_, index_, lacks_spelling(words));
}

} // namespace pfind::searcher
