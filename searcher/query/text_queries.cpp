#include "searcher/query/text_queries.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "searcher/query/stop_words.hpp"
#include "searcher/query/synonym_queries.hpp"

namespace pfind::searcher {
namespace {

constexpr double k_title_boost = 1.5;     // weight of a word in the headline beside the same word in the text
constexpr double k_acronym_boost = 0.5;   // of US written so, beside us
constexpr double k_adjacency_boost = 0.5; // of two words of the query standing together
constexpr std::size_t k_max_pairs = 32; // of neighbours in a query that are looked for; a pasted text has enough words

Xapian::Query term_query(std::string_view prefix, const std::string& term) {
  return Xapian::Query(std::string(prefix) + term);
}

/// Drops the chains that are there already: saying a word twice asks for nothing more.
void drop_repeated(std::vector<WordChain>& chains) {
  std::set<std::string> met;
  std::erase_if(chains, [&](const WordChain& chain) { return !met.insert(chain.written).second; });
}

} // namespace

Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries) {
  if (queries.size() == 1) return queries.front();
  return {op, queries.begin(), queries.end()};
}

Xapian::Query phrase_of(const std::vector<std::string>& terms, std::string_view prefix) {
  std::vector<Xapian::Query> queries;
  for (const std::string& term : terms) queries.push_back(term_query(prefix, term));
  return combine(Xapian::Query::OP_PHRASE, queries);
}

std::size_t WordBudget::take(std::size_t words) {
  const std::size_t taken = std::min(words, left_);
  exceeded_ = exceeded_ || taken < words;
  left_ -= taken;
  return taken;
}

/// The words of a text, as many as the query may still have.
std::vector<WordChain> TextQueries::chains_of(const std::string& text) {
  std::vector<WordChain> chains = word_chains(text, vocabulary_.analyzer());
  for (std::size_t i = 0; i < chains.size(); ++i) {
    const std::size_t taken = budget_.take(chains[i].words.size());
    if (taken == chains[i].words.size()) continue;
    chains[i].words.resize(taken);
    chains.resize(taken > 0 ? i + 1 : i);
  }
  return chains;
}

MaybeQuery TextQueries::words(const query::Text& text, Matching matching, BuiltQuery& out) {
  std::vector<WordChain> chains = chains_of(text.text);
  drop_repeated(chains);
  if (chains.empty()) return std::nullopt;
  const std::string_view prefix = info(text.field).prefix;
  const auto together = matching == Matching::all ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
  const bool only_stop_words = std::ranges::all_of(chains, [](const WordChain& chain) { return is_stop_word(chain); });
  std::vector<WordQuery> required;
  for (std::size_t i = 0; i < chains.size(); ++i) {
    const std::size_t first = i;
    const WordChain& chain = chains[i];
    Xapian::Query query = chain_query(chain, prefix);
    const WordChain* next = i + 1 < chains.size() ? &chains[i + 1] : nullptr;
    if (next && is_stop_word(*next) && (is_stop_word(chain) || only_stop_words)) next = nullptr;
    if (next && text.field == Field::body) add_adjacency(chain, *next, out); // also `in vivo`, which vivo is not
    if (is_stop_word(chain) && !only_stop_words) {
      out.boosts.push_back(std::move(query));
      continue;
    }
    if (text.field == Field::body) add_boosts(chain, out);
    highlight(chain, out);
    if (next && is_stop_word(*next)) next = nullptr;
    if (const auto joined = next ? vocabulary_.joined(chain, *next, prefix) : std::nullopt) {
      // `cross licensing` also as `crosslicensing`
      if (text.field == Field::body) add_boosts(*next, out);
      highlight(*next, out);
      highlight(*joined, out);
      const Xapian::Query apart(together, query, chain_query(*next, prefix));
      query = Xapian::Query(Xapian::Query::OP_OR, apart, term_query(prefix, *joined));
      ++i;
    } else {
      add_if_missing(chain, prefix, out);
    }
    required.push_back({first, std::move(query)});
  }
  add_synonyms(chains, text.field, together, required, out);
  std::vector<Xapian::Query> queries;
  for (WordQuery& word : required) queries.push_back(std::move(word.query));
  return combine(together, queries);
}

/// Puts the words that have synonyms together with these.
void TextQueries::add_synonyms(const std::vector<WordChain>& chains, Field field, Xapian::Query::op together,
                               std::vector<WordQuery>& required, BuiltQuery& out) {
  if (synonyms_ == nullptr) return;
  for (SynonymQuery& other : synonym_queries(chains, field, k_title_boost, *synonyms_, vocabulary_, out)) {
    const auto is_before = [&](const WordQuery& word) { return word.chain < other.first; };
    const auto first = std::ranges::find_if_not(required, is_before);
    const auto end =
        std::find_if(first, required.end(), [&](const WordQuery& word) { return word.chain >= other.end; });
    if (first == end) continue; // its words are part of a joined one
    std::vector<Xapian::Query> as_typed;
    for (auto word = first; word != end; ++word) as_typed.push_back(std::move(word->query));
    first->query = Xapian::Query(Xapian::Query::OP_MAX, combine(together, as_typed), other.query);
    required.erase(first + 1, end);
  }
}

/// One word, or the parts of a hyphenated one as a phrase, or its joined form.
Xapian::Query TextQueries::chain_query(const WordChain& chain, std::string_view prefix) const {
  std::vector<Xapian::Query> spellings;
  if (chain.words.size() == 1) {
    spellings.push_back(stems_query(chain.words.front(), prefix));
    for (const auto& parts : vocabulary_.parts_of(chain.words.front(), prefix))
      spellings.push_back(phrase_of(parts, prefix));
  } else {
    for (const auto& terms : vocabulary_.stemmed(chain.words)) spellings.push_back(phrase_of(terms, prefix));
    if (!chain.joined.word.empty()) {
      for (const std::string& stem : vocabulary_.stems(chain.joined)) {
        if (vocabulary_.has(prefix, stem)) spellings.push_back(term_query(prefix, stem));
      }
    }
  }
  return combine(Xapian::Query::OP_MAX, spellings);
}

/// A word under its stems in the languages of the index; weighted as one term.
Xapian::Query TextQueries::stems_query(const text::Token& word, std::string_view prefix) const {
  std::vector<Xapian::Query> stems;
  for (const std::string& stem : vocabulary_.stems(word)) stems.push_back(term_query(prefix, stem));
  return combine(Xapian::Query::OP_SYNONYM, stems);
}

/// The word in the headline, and its capitals.
void TextQueries::add_boosts(const WordChain& chain, BuiltQuery& out) const {
  out.boosts.push_back(chain_query(chain, info(Field::title).prefix) * k_title_boost);
  for (const std::string& capitals : chain.acronyms)
    out.boosts.push_back(Xapian::Query(term_for(Field::acronym, capitals)) * k_acronym_boost);
}

void TextQueries::add_adjacency(const WordChain& first, const WordChain& second, BuiltQuery& out) {
  if (pairs_ == k_max_pairs) return;
  ++pairs_;
  std::vector<text::Token> both = first.words;
  both.insert(both.end(), second.words.begin(), second.words.end());
  for (const auto& terms : vocabulary_.stemmed(both)) out.boosts.push_back(phrase_of(terms, "") * k_adjacency_boost);
}

void TextQueries::add_if_missing(const WordChain& chain, std::string_view prefix, BuiltQuery& out) const {
  if (vocabulary_.can_match(chain, prefix) || std::ranges::find(out.missing, chain.written) != out.missing.end())
    return;
  out.missing.push_back(chain.written);
}

void TextQueries::highlight(const std::string& term, BuiltQuery& out) const {
  out.terms.terms.push_back({term, vocabulary_.idf(term)});
}

void TextQueries::highlight(const WordChain& chain, BuiltQuery& out) const {
  if (chain.words.size() == 1) {
    for (const std::string& stem : vocabulary_.stems(chain.words.front())) highlight(stem, out);
    for (const auto& parts : vocabulary_.parts_of(chain.words.front(), "")) highlight_phrase(parts, out);
    return;
  }
  for (const auto& terms : vocabulary_.stemmed(chain.words)) highlight_phrase(terms, out);
  if (!chain.joined.term.empty()) highlight(chain.joined.term, out);
}

void TextQueries::highlight_phrase(const std::vector<std::string>& terms, BuiltQuery& out) const {
  double weight = 0;
  for (const std::string& term : terms) weight += vocabulary_.idf(term);
  out.terms.phrases.push_back({terms, weight});
}

MaybeQuery TextQueries::phrase(const query::Phrase& phrase, BuiltQuery& out) {
  if (phrase.exact) return exact(phrase.text, phrase.field, out);
  if (!budget_.take_all(k_words_of_phrase)) return std::nullopt;
  const std::vector<WordChain> chains = chains_of(phrase.text);
  if (chains.empty()) return std::nullopt;
  const std::string_view prefix = info(phrase.field).prefix;
  std::vector<Xapian::Query> spellings;
  for (const auto& terms : vocabulary_.phrases(chains, prefix)) {
    spellings.push_back(phrase_of(terms, prefix));
    highlight_phrase(terms, out);
    if (phrase.field == Field::body) out.boosts.push_back(phrase_of(terms, info(Field::title).prefix) * k_title_boost);
  }
  if (spellings.size() == 1) // otherwise another spelling may have the words
    for (const WordChain& chain : chains) add_if_missing(chain, prefix, out);
  return combine(Xapian::Query::OP_MAX, spellings);
}

MaybeQuery TextQueries::exact(const std::string& text, Field field, BuiltQuery& out) {
  const std::vector<text::Token> tokens = vocabulary_.analyzer().analyze(text);
  std::vector<text::Token> written;
  std::ranges::copy_if(tokens, std::back_inserter(written), [](const text::Token& token) {
    return token.kind == text::TokenKind::word || token.kind == text::TokenKind::part;
  });
  if (written.empty() || !budget_.take_all(k_words_of_pattern)) return std::nullopt;
  written.resize(std::max<std::size_t>(1, budget_.take(written.size())));
  std::vector<Xapian::Query> candidates;
  for (const auto& terms : vocabulary_.stemmed(written)) candidates.push_back(phrase_of(terms, info(field).prefix));
  for (const text::Token& word : written) out.terms.exact_words.push_back({word.word, vocabulary_.idf(word.term)});
  return vocabulary_.written_exactly(combine(Xapian::Query::OP_MAX, candidates), written, field);
}

/// The terms that a wildcard stands for; notices say where these are not all or none.
Expansion TextQueries::expand(const query::Wildcard& wildcard, BuiltQuery& out) const {
  Expansion expansion = vocabulary_.expand(wildcard.pattern, info(wildcard.field).prefix);
  if (expansion.cut)
    out.notices.push_back(fmt::format("{} stands for more than {} words; the {} most frequent were taken.",
                                      wildcard.pattern, k_max_expansion, k_max_expansion));
  if (expansion.terms.empty()) out.missing.push_back(wildcard.pattern);
  return expansion;
}

MaybeQuery TextQueries::wildcard(const query::Wildcard& wildcard, BuiltQuery& out) {
  if (!budget_.take_all(k_words_of_pattern)) return std::nullopt;
  std::vector<Xapian::Query> queries;
  for (const std::string& term : expand(wildcard, out).terms) {
    queries.push_back(term_query(info(wildcard.field).prefix, term));
    highlight(term, out);
  }
  return combine(Xapian::Query::OP_SYNONYM, queries);
}

} // namespace pfind::searcher
