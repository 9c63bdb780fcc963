#include "searcher/query/mentions.hpp"

#include <algorithm>

namespace pfind::searcher {
namespace {

using text::Token;
using text::TokenKind;
using Tokens = std::span<const Token>;

bool is_word(const Token& token) { return token.kind == TokenKind::word || token.kind == TokenKind::part; }

/// Whether the terms stand at consecutive positions from that of `tokens[at]` on. Tokens are in order of position.
bool terms_follow(const std::vector<std::string>& terms, Tokens tokens, std::size_t at) {
  std::size_t next = 0;
  const std::uint32_t first = tokens[at].position;
  for (; at < tokens.size() && next < terms.size() && tokens[at].position <= first + next; ++at) {
    if (tokens[at].kind == TokenKind::cased || tokens[at].position != first + next) continue;
    if (tokens[at].term == terms[next]) ++next;
  }
  return next == terms.size();
}

/// Whether the words stand from `tokens[at]` on, spelled exactly so: words that the query joins by a hyphen are joined
/// in the text. Words that are not looked for may be missing among the tokens.
bool words_follow(Tokens words, Tokens tokens, std::size_t at) {
  if (!is_word(tokens[at])) return false;
  const std::uint32_t first = tokens[at].position;
  std::size_t next = 0;
  for (; at < tokens.size() && next < words.size(); ++at) {
    if (!is_word(tokens[at])) continue;
    const bool same = tokens[at].position == first + next && tokens[at].word == words[next].word &&
                      (words[next].kind == TokenKind::word || tokens[at].kind == words[next].kind);
    if (!same) return false;
    ++next;
  }
  return next == words.size();
}

} // namespace

Mentions::Mentions(const std::vector<Spelling>& spellings) {
  for (const Spelling& spelling : spellings) {
    Words& words = spelling.field == Field::title ? headline_ : anywhere_;
    if (spelling.terms.size() == 1 && spelling.written.empty())
      words.single.insert(spelling.terms.front());
    else
      words.several.push_back(spelling);
  }
}

void Mentions::add_wanted(text::WantedWords& wanted) const {
  for (const Words* words : {&anywhere_, &headline_}) {
    for (const std::string& term : words->single) wanted.add_term(term);
    for (const Spelling& spelling : words->several) {
      if (spelling.written.empty()) {
        for (const std::string& term : spelling.terms) wanted.add_term(term);
      } else {
        for (const Token& word : spelling.written) wanted.add_word(word.word);
      }
    }
  }
}

bool Mentions::begin_at(const Words& words, Tokens tokens, std::size_t at) {
  if (words.single.contains(tokens[at].term)) return true;
  return std::ranges::any_of(words.several, [&](const Spelling& spelling) {
    return spelling.written.empty() ? terms_follow(spelling.terms, tokens, at)
                                    : words_follow(spelling.written, tokens, at);
  });
}

std::size_t Mentions::count(Tokens tokens, bool is_headline, std::size_t enough) const {
  std::size_t found = 0;
  std::uint32_t last = 0; // position where a spelling was found; a joined word and its first part share one
  for (std::size_t at = 0; at < tokens.size() && found < enough; ++at) {
    if (tokens[at].kind == TokenKind::cased || tokens[at].position == last) continue;
    if (!begin_at(anywhere_, tokens, at) && !(is_headline && begin_at(headline_, tokens, at))) continue;
    last = tokens[at].position;
    ++found;
  }
  return found;
}

bool Mentions::are_in(StoredText& text, std::size_t wanted) const {
  const std::size_t found = count(text.headline(), true, wanted);
  const bool in_headline_only = anywhere_.single.empty() && anywhere_.several.empty();
  if (found >= wanted || in_headline_only) return found >= wanted;
  return found + count(text.body(), false, wanted - found) >= wanted;
}

} // namespace pfind::searcher
