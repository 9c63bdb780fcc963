#include "searcher/query/text_queries.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "searcher/query/lexer.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/query/word_run.hpp"

namespace pfind::searcher {
namespace {

Xapian::Query term_query(std::string_view prefix, const std::string& term) {
  return Xapian::Query(std::string(prefix) + term);
}

} // namespace

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

MaybeQuery TextQueries::words(const query::Text& text, Matching matching, BuiltQuery& out,
                              const std::vector<text::Span>& required) {
  const std::vector<WordChain> chains = chains_of(text.text);
  if (chains.empty()) return std::nullopt;
  return WordRun(*this, chains, text.field, required, out).build(matching);
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
  return combine(Xapian::Query::OP_SYNONYM, spellings);
}

/// Where not all words must match, the parts of a hyphenated one need not stand together either.
Xapian::Query TextQueries::loose_query(const WordChain& chain, std::string_view prefix) const {
  if (chain.words.size() == 1) return chain_query(chain, prefix);
  std::vector<Xapian::Query> words;
  for (const text::Token& word : chain.words) words.push_back(stems_query(word, prefix));
  if (!chain.joined.word.empty()) {
    for (const std::string& stem : vocabulary_.stems(chain.joined)) {
      if (vocabulary_.has(prefix, stem)) words.push_back(joined_query(stem, chain.words, prefix) * k_loosely_joined);
    }
  }
  return combine(Xapian::Query::OP_OR, words);
}

/// The joined spelling of some words, which weighs no more than they do: it is rarer, but says no more.
Xapian::Query TextQueries::joined_query(const std::string& joined, const std::vector<text::Token>& words,
                                        std::string_view prefix) const {
  double apart = 0;
  for (const text::Token& word : words) apart += vocabulary_.idf(word.term);
  const double idf = vocabulary_.idf(joined);
  const Xapian::Query query = term_query(prefix, joined);
  return idf > apart ? query * (apart / idf) : query;
}

/// A word under its stems in the languages of the index; weighted as one term.
Xapian::Query TextQueries::stems_query(const text::Token& word, std::string_view prefix) const {
  std::vector<Xapian::Query> stems;
  for (const std::string& stem : vocabulary_.stems(word)) stems.push_back(term_query(prefix, stem));
  return combine(Xapian::Query::OP_SYNONYM, stems);
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
  }
  add_words(chains, out);
  if (spellings.size() == 1) // otherwise another spelling may have the words
    for (const WordChain& chain : chains) add_if_missing(chain, prefix, out);
  return combine(Xapian::Query::OP_SYNONYM, spellings);
}

/// The words of a phrase speak for an article like others.
void TextQueries::add_words(const std::vector<WordChain>& chains, BuiltQuery& out) const {
  std::optional<std::size_t> last;
  for (const WordChain& chain : chains) {
    for (const text::Token& word : chain.words) {
      const std::size_t added =
          out.words.add({.written = word.word, .word = word.word, .terms = vocabulary_.stems(word)});
      if (last) out.words.add_neighbours(*last, added);
      last = added;
    }
  }
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
  return vocabulary_.written_exactly(combine(Xapian::Query::OP_SYNONYM, candidates), written, field);
}

/// The terms that a wildcard stands for; notices say where these are not all or none.
Expansion TextQueries::expand(const query::Wildcard& wildcard, BuiltQuery& out) const {
  Expansion expansion = vocabulary_.expand(wildcard);
  if (expansion.cut) {
    std::string notice = fmt::format("{} stands for more than {} words; the {} most frequent were taken.",
                                     query::excerpt(wildcard.pattern), expansion.terms.size(), expansion.terms.size());
    if (std::ranges::find(out.notices, notice) == out.notices.end()) out.notices.push_back(std::move(notice));
  }
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
