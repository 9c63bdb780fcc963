#include "searcher/matcher.hpp"

#include <algorithm>

namespace pfind::searcher {
namespace {

using text::Token;
using text::TokenKind;

// The tokens of one term, in order of position.
using Occurrences = std::vector<const Token*>;

Match match_of(const Token& token, std::size_t concept_id) {
  return {{token.begin, token.end}, token.position, concept_id};
}

const Token* at_position(const Occurrences& occurrences, std::uint32_t position) {
  const auto it = std::ranges::lower_bound(occurrences, position, {}, &Token::position);
  return it != occurrences.end() && (*it)->position == position ? *it : nullptr;
}

void find_phrase(const std::vector<const Occurrences*>& terms, std::size_t concept_id, std::vector<Match>& out) {
  if (terms.empty()) return;
  for (const Token* first : *terms.front()) {
    Match match = match_of(*first, concept_id);
    bool complete = true;
    for (std::size_t i = 1; complete && i < terms.size(); ++i) {
      const Token* next = at_position(*terms[i], first->position + static_cast<std::uint32_t>(i));
      complete = next != nullptr;
      if (complete) match.bytes.end = std::max<std::size_t>(match.bytes.end, next->end);
    }
    if (complete) out.push_back(match);
  }
}

struct NearOccurrence {
  const Token* token;
  std::size_t term; // of the group
};

// Slides a window over all occurrences of the group's terms and takes those in windows that hold every term.
void find_near(const std::vector<const Occurrences*>& terms, std::uint32_t window, std::size_t concept_id,
               std::vector<Match>& out) {
  std::vector<NearOccurrence> all;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (const Token* token : *terms[i]) all.push_back({token, i});
  }
  std::ranges::stable_sort(all, {}, [](const NearOccurrence& o) { return o.token->position; });
  std::vector<std::size_t> held(terms.size(), 0);
  std::size_t missing = terms.size();
  std::size_t begin = 0;
  std::size_t taken = 0; // occurrences before this one are in `out` or never will be
  for (std::size_t end = 0; end < all.size(); ++end) {
    if (held[all[end].term]++ == 0) --missing;
    for (; all[end].token->position - all[begin].token->position >= window; ++begin) {
      if (--held[all[begin].term] == 0) ++missing;
    }
    if (missing > 0) continue;
    for (taken = std::max(taken, begin); taken <= end; ++taken) out.push_back(match_of(*all[taken].token, concept_id));
  }
}

bool in_order(const Match& a, const Match& b) {
  if (a.bytes.begin != b.bytes.begin) return a.bytes.begin < b.bytes.begin;
  return a.bytes.end != b.bytes.end ? a.bytes.end < b.bytes.end : a.concept_id < b.concept_id;
}

// Adds a match for every compound whose parts all match, so that it is shown as a whole. `out` is sorted.
void complete_compounds(const std::vector<Token>& tokens, std::vector<Match>& out) {
  std::vector<Match> wholes;
  for (std::size_t i = 0; i < tokens.size() && !out.empty(); ++i) {
    if (tokens[i].kind != TokenKind::joined) continue;
    const text::Span whole{tokens[i].begin, tokens[i].end};
    bool all = true;
    std::size_t concept_id = 0;
    const auto is_within = [&](const Token& t) { return t.begin >= whole.begin && t.end <= whole.end; };
    std::size_t k = i;
    while (k > 0 && is_within(tokens[k - 1])) --k;
    for (; all && k < tokens.size() && tokens[k].begin < whole.end; ++k) {
      if (tokens[k].kind != TokenKind::part) continue;
      const auto it =
          std::ranges::lower_bound(out, std::size_t{tokens[k].begin}, {}, [](const Match& m) { return m.bytes.begin; });
      all = it != out.end() && it->bytes.begin == tokens[k].begin;
      if (all) concept_id = it->concept_id;
    }
    if (all) wholes.push_back({whole, tokens[i].position, concept_id});
  }
  out.insert(out.end(), wholes.begin(), wholes.end());
}

} // namespace

Matcher::Matcher(QueryTerms terms) : query_(std::move(terms)) {
  for (const WeightedTerm& t : query_.terms) {
    concept_of_term_.try_emplace(t.term, weights_.size());
    add_concept(t.weight);
  }
  for (const WeightedTerm& t : query_.exact_words) {
    concept_of_word_.try_emplace(t.term, weights_.size());
    add_concept(t.weight);
  }
  for (const Phrase& phrase : query_.phrases) add_concept(phrase.weight);
  for (const NearGroup& group : query_.near_groups) add_concept(group.weight);
  for (const TokenPattern& pattern : query_.patterns) add_concept(pattern.weight);
  number_terms();
  for (const auto& [term, number] : concept_of_term_) want_term(term);
  for (const auto& [term, slot] : slot_of_term_) want_term(term);
  for (const auto& [word, number] : concept_of_word_) {
    sizes_.add(word);
    wanted_.add_word(word);
  }
}

void Matcher::want_term(std::string_view term) {
  sizes_.add(term);
  wanted_.add_term(term);
}

void Matcher::number_terms() {
  const auto number = [this](const std::vector<std::string>& terms) {
    for (const std::string& term : terms) slot_of_term_.try_emplace(term, slot_of_term_.size());
  };
  for (const Phrase& phrase : query_.phrases) number(phrase.terms);
  for (const NearGroup& group : query_.near_groups) number(group.terms);
}

std::vector<Match> Matcher::find(const std::vector<Token>& tokens, text::Analyzer& analyzer) const {
  std::vector<Match> out;
  std::vector<Occurrences> occurrences(slot_of_term_.size());
  find_tokens(tokens, occurrences, out);
  find_compounds(tokens, analyzer, out);
  find_groups(occurrences, out);
  std::ranges::sort(out, in_order);
  complete_compounds(tokens, out);
  std::ranges::sort(out, in_order);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void Matcher::find_tokens(const std::vector<Token>& tokens, std::vector<Occurrences>& occurrences,
                          std::vector<Match>& out) const {
  const std::size_t first_pattern = weights_.size() - query_.patterns.size();
  for (const Token& token : tokens) {
    if (sizes_.may_have(token.term)) {
      if (const auto it = concept_of_term_.find(token.term); it != concept_of_term_.end())
        out.push_back(match_of(token, it->second));
      if (const auto it = slot_of_term_.find(token.term); it != slot_of_term_.end())
        occurrences[it->second].push_back(&token);
    }
    if (sizes_.may_have(token.word)) {
      if (const auto it = concept_of_word_.find(token.word); it != concept_of_word_.end())
        out.push_back(match_of(token, it->second));
    }
    for (std::size_t i = 0; i < query_.patterns.size(); ++i) {
      if (query_.patterns[i].matches(token)) out.push_back(match_of(token, first_pattern + i));
    }
  }
}

// Two words standing apart that the query has as one: `cross licensing` for `crosslicensing`.
void Matcher::find_compounds(const std::vector<Token>& tokens, text::Analyzer& analyzer,
                             std::vector<Match>& out) const {
  const auto begins_term = [this](const Token& first) {
    return std::ranges::any_of(query_.terms, [&](const WeightedTerm& t) {
      return t.term.size() > first.word.size() && t.term.starts_with(first.word);
    });
  };
  const Token* previous = nullptr;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word && token.kind != TokenKind::part) continue;
    if (previous != nullptr && previous->position + 1 == token.position && begins_term(*previous)) {
      const auto it = concept_of_term_.find(analyzer.stem(previous->word + token.word));
      if (it != concept_of_term_.end()) out.push_back({{previous->begin, token.end}, previous->position, it->second});
    }
    previous = &token;
  }
}

void Matcher::find_groups(const std::vector<Occurrences>& occurrences, std::vector<Match>& out) const {
  const auto terms_of = [&](const std::vector<std::string>& terms) {
    std::vector<const Occurrences*> lists;
    for (const std::string& term : terms) lists.push_back(&occurrences[slot_of_term_.find(term)->second]);
    return lists;
  };
  std::size_t concept_id = query_.terms.size() + query_.exact_words.size();
  for (const Phrase& phrase : query_.phrases) find_phrase(terms_of(phrase.terms), concept_id++, out);
  for (const NearGroup& group : query_.near_groups) find_near(terms_of(group.terms), group.window, concept_id++, out);
}

} // namespace pfind::searcher
