#include <algorithm>
#include <map>

#include "searcher/query/text_queries.hpp"

namespace pfind::searcher {

Xapian::Query any_spelling(const std::vector<Spelling>& spellings) {
  std::vector<Xapian::Query> any;
  std::map<std::string_view, std::vector<Xapian::Query>> words; // by prefix; weighted as one term
  for (const Spelling& spelling : spellings) {
    const std::string_view prefix = info(spelling.field).prefix;
    if (spelling.terms.size() == 1)
      words[prefix].push_back(phrase_of(spelling.terms, prefix));
    else
      any.push_back(phrase_of(spelling.terms, prefix));
  }
  for (const auto& [prefix, terms] : words) any.push_back(combine(Xapian::Query::OP_SYNONYM, terms));
  return combine(Xapian::Query::OP_SYNONYM, any);
}

MaybeSpellings TextQueries::spellings_of(const query::Node& operand, BuiltQuery& out) {
  if (const auto* any = std::get_if<query::Or>(&operand.node)) return any_spelling_of(*any, out);
  if (!budget_.take_all(k_words_of_pattern)) return std::nullopt;
  if (const auto* pattern = std::get_if<query::Wildcard>(&operand.node)) return pattern_spellings(*pattern, out);
  if (const auto* exact = std::get_if<query::Exact>(&operand.node))
    return exact_spellings(exact->word, exact->field, out);
  if (const auto* word = std::get_if<query::Text>(&operand.node)) return word_spellings(word->text, word->field, out);
  const auto* phrase = std::get_if<query::Phrase>(&operand.node);
  if (phrase == nullptr) return std::nullopt;
  return phrase->exact ? exact_spellings(phrase->text, phrase->field, out)
                       : word_spellings(phrase->text, phrase->field, out);
}

MaybeSpellings TextQueries::any_spelling_of(const query::Or& any, BuiltQuery& out) {
  MaybeSpellings all;
  for (const query::Node& one : any.operands) {
    MaybeSpellings some = spellings_of(one, out);
    if (!some) continue;
    if (!all) all.emplace();
    std::ranges::move(*some, std::back_inserter(*all));
  }
  return all;
}

MaybeSpellings TextQueries::pattern_spellings(const query::Wildcard& pattern, BuiltQuery& out) const {
  std::vector<Spelling> spellings;
  for (std::string& term : expand(pattern, out).terms) {
    highlight(term, out);
    spellings.push_back({.field = pattern.field, .terms = {std::move(term)}});
  }
  return spellings;
}

MaybeSpellings TextQueries::word_spellings(const std::string& text, Field field, BuiltQuery& out) {
  const std::vector<WordChain> chains = chains_of(text);
  if (chains.empty()) return std::nullopt;
  const std::string_view prefix = info(field).prefix;
  std::vector<Spelling> spellings;
  for (auto& terms : vocabulary_.phrases(chains, prefix)) {
    if (terms.size() == 1)
      highlight(terms.front(), out);
    else
      highlight_phrase(terms, out);
    spellings.push_back({.field = field, .terms = std::move(terms)});
  }
  if (spellings.size() == 1) // otherwise another spelling may have the words
    for (const WordChain& chain : chains) add_if_missing(chain, prefix, out);
  return spellings;
}

MaybeSpellings TextQueries::exact_spellings(const std::string& text, Field field, BuiltQuery& out) {
  std::vector<text::Token> written = vocabulary_.analyzer().analyze(text);
  std::erase_if(written, [](const text::Token& token) {
    return token.kind != text::TokenKind::word && token.kind != text::TokenKind::part;
  });
  written.resize(budget_.take(written.size()));
  if (written.empty()) return std::nullopt;
  for (const text::Token& word : written) out.terms.exact_words.push_back({word.word, vocabulary_.idf(word.term)});
  std::vector<Spelling> spellings;
  for (auto& terms : vocabulary_.stemmed(written))
    spellings.push_back({.field = field, .terms = std::move(terms), .written = written});
  return spellings;
}

} // namespace pfind::searcher
