#include "searcher/query/word_chains.hpp"

#include "common/text/words.hpp"

namespace pfind::searcher {
namespace {

/// Whether that is all that stands between the parts of one word: a dash, or the full stop or underscore of a name.
bool is_joiner(std::string_view between) {
  return between == "." || between == "_" || (!between.empty() && text::dash_length(between, 0) == between.size());
}

/// Whether the word `next` belongs to the chain that ends with `last`: parts of one hyphenated word, or words that only
/// a dictionary can tell apart.
bool continues(std::string_view text, const text::Token& last, const text::Token& next) {
  const std::string_view between = text.substr(last.end, next.begin - last.end);
  if (last.kind == text::TokenKind::part && next.kind == text::TokenKind::part) return is_joiner(between);
  return between.empty() && static_cast<unsigned char>(text[next.begin]) >= 0x80;
}

} // namespace

std::vector<WordChain> word_chains(std::string_view text, text::Analyzer& analyzer) {
  std::vector<text::Token> tokens;
  analyzer.analyze(text, tokens);
  std::vector<WordChain> chains;
  for (text::Token& token : tokens) {
    switch (token.kind) {
    case text::TokenKind::cased: chains.back().acronyms.push_back(std::move(token.term)); break;
    case text::TokenKind::joined: chains.back().joined = std::move(token); break;
    case text::TokenKind::word:
    case text::TokenKind::part:
      if (chains.empty() || !continues(text, chains.back().words.back(), token)) chains.emplace_back();
      chains.back().words.push_back(std::move(token));
      break;
    }
  }
  for (WordChain& chain : chains) {
    const std::size_t begin = chain.words.front().begin;
    chain.written = text.substr(begin, chain.words.back().end - begin);
  }
  return chains;
}

} // namespace pfind::searcher
