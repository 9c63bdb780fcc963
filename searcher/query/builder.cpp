#include "searcher/query/builder.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <variant>

#include "searcher/query/filter_terms.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/query/vocabulary.hpp"
#include "searcher/query/word_chains.hpp"

namespace pfind::searcher {
namespace {

using MaybeQuery = std::optional<Xapian::Query>; // nothing: asks for nothing, as "?!" does

constexpr double k_title_boost = 1.5;     // weight of a word in the headline beside the same word in the text
constexpr double k_acronym_boost = 0.5;   // of US written so, beside us
constexpr double k_adjacency_boost = 0.5; // of two words of the query standing together

Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries) {
  if (queries.size() == 1) return queries.front();
  return {op, queries.begin(), queries.end()};
}

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

class Builder {
public:
  Builder(Snapshot& index, Matching matching) : vocabulary_(index), index_(index), matching_(matching) {}

  BuiltQuery build(const query::Node& root) {
    const MaybeQuery match = build_node(root);
    built_.match = match.value_or(Xapian::Query::MatchNothing);
    if (!match) built_.notices.emplace_back("The query has no word to search for.");
    return std::move(built_);
  }

private:
  MaybeQuery build_node(const query::Node& node) {
    return std::visit(Overloaded{
                          [](const query::All&) -> MaybeQuery { return Xapian::Query::MatchAll; },
                          [&](const query::Text& text) { return words(text); },
                          [&](const query::Phrase& phrase) { return phrase_query(phrase); },
                          [&](const query::Exact& exact) { return exact_query(exact.word, exact.field); },
                          [&](const query::Wildcard& wildcard) -> MaybeQuery { return wildcard_query(wildcard); },
                          [&](const query::Near& near) { return near_query(near); },
                          [&](const query::And& all) { return and_query(all); },
                          [&](const query::Or& any) { return or_query(any); },
                          [&](const query::Not& without) { return not_query(without); },
                          [&](const query::Filter& filter) -> MaybeQuery { return filter_query(filter); },
                          [&](const query::Period& period) -> MaybeQuery { return period_query(period, index_); },
                      },
                      node.node);
  }

  static bool is_condition(const query::Node& node) {
    return std::holds_alternative<query::Filter>(node.node) || std::holds_alternative<query::Period>(node.node);
  }

  MaybeQuery and_query(const query::And& node) {
    std::vector<Xapian::Query> wanted;
    std::vector<Xapian::Query> conditions;
    std::vector<Xapian::Query> unwanted;
    for (const query::Node& operand : node.operands) {
      if (const auto* without = std::get_if<query::Not>(&operand.node)) {
        if (auto query = silent(without->operand.front())) unwanted.push_back(*query);
      } else if (auto query = build_node(operand)) {
        (is_condition(operand) ? conditions : wanted).push_back(is_condition(operand) ? scaled(0, *query) : *query);
      }
    }
    if (wanted.empty() && conditions.empty() && unwanted.empty()) return std::nullopt;
    std::vector<Xapian::Query> required = std::move(conditions);
    if (!wanted.empty()) {
      if (matching_ == Matching::any) wanted = {combine(Xapian::Query::OP_OR, wanted)};
      std::ranges::move(wanted, std::back_inserter(required));
    }
    Xapian::Query query = required.empty() ? Xapian::Query::MatchAll : combine(Xapian::Query::OP_AND, required);
    if (!unwanted.empty()) query = {Xapian::Query::OP_AND_NOT, query, combine(Xapian::Query::OP_OR, unwanted)};
    return query;
  }

  MaybeQuery or_query(const query::Or& node) {
    std::vector<Xapian::Query> any;
    for (const query::Node& operand : node.operands) {
      if (auto query = build_node(operand)) any.push_back(*query);
    }
    if (any.empty()) return std::nullopt;
    return combine(Xapian::Query::OP_OR, any);
  }

  MaybeQuery not_query(const query::Not& node) {
    const MaybeQuery without = silent(node.operand.front());
    if (!without) return std::nullopt;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, *without);
  }

  /// Builds what is not wanted: it neither boosts nor is highlighted, and all its words count.
  MaybeQuery silent(const query::Node& node) {
    BuiltQuery kept = built_;
    const Matching matching = std::exchange(matching_, Matching::all);
    MaybeQuery query = build_node(node);
    matching_ = matching;
    kept.notices = std::move(built_.notices);
    built_ = std::move(kept);
    return query;
  }

  static Xapian::Query scaled(double factor, const Xapian::Query& query) { return query * factor; }

  // --- words ---

  /// A run of words: all of them (stop words only where there is nothing else), each in any spelling.
  MaybeQuery words(const query::Text& text) {
    const auto chains = word_chains(text.text, vocabulary_.analyzer());
    if (chains.empty()) return std::nullopt;
    const std::string_view prefix = info(text.field).prefix;
    const bool all_stop = std::ranges::all_of(chains, [](const WordChain& chain) { return is_stop_word(chain); });
    std::vector<Xapian::Query> required;
    for (std::size_t i = 0; i < chains.size(); ++i) {
      const WordChain& chain = chains[i];
      add_boosts(chain, prefix);
      if (is_stop_word(chain) && !all_stop) {
        built_.boosts.push_back(chain_query(chain, prefix));
        continue;
      }
      note_word(chain, prefix);
      Xapian::Query query = chain_query(chain, prefix);
      highlight(chain);
      if (i + 1 < chains.size() && !is_stop_word(chains[i + 1])) {
        add_adjacency(chain, chains[i + 1], prefix);
        if (const auto joined = vocabulary_.joined(chain, chains[i + 1], prefix)) {
          note_word(chains[i + 1], prefix);
          highlight(chains[i + 1]);
          add_boosts(chains[i + 1], prefix);
          query = joined_pair(query, chain_query(chains[i + 1], prefix), *joined, prefix);
          ++i;
        }
      }
      required.push_back(std::move(query));
    }
    return combine(matching_ == Matching::all ? Xapian::Query::OP_AND : Xapian::Query::OP_OR, required);
  }

  /// `cross licensing` also as `crosslicensing`.
  Xapian::Query joined_pair(const Xapian::Query& first, const Xapian::Query& second, const std::string& joined,
                            std::string_view prefix) {
    built_.terms.terms.push_back({joined, vocabulary_.idf(joined)});
    const auto both = matching_ == Matching::all ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
    return {Xapian::Query::OP_OR, Xapian::Query(both, first, second), Xapian::Query(std::string(prefix) + joined)};
  }

  /// One word, or the parts of a hyphenated one as a phrase, or its joined form.
  Xapian::Query chain_query(const WordChain& chain, std::string_view prefix) const {
    std::vector<Xapian::Query> spellings;
    if (chain.words.size() == 1) {
      spellings.push_back(stems_query(chain.words.front(), prefix));
      for (const auto& parts : vocabulary_.parts_of(chain.words.front(), prefix))
        spellings.push_back(phrase_of(parts, prefix));
    } else {
      for (const auto& terms : vocabulary_.stemmed(chain.words)) spellings.push_back(phrase_of(terms, prefix));
      if (!chain.joined.word.empty()) {
        for (const std::string& stem : vocabulary_.stems(chain.joined)) {
          if (vocabulary_.has(prefix, stem)) spellings.emplace_back(std::string(prefix) + stem);
        }
      }
    }
    return combine(Xapian::Query::OP_MAX, spellings);
  }

  /// A word under its stems in the languages of the index; weighted as one term.
  Xapian::Query stems_query(const text::Token& word, std::string_view prefix) const {
    std::vector<Xapian::Query> stems;
    for (const std::string& stem : vocabulary_.stems(word)) stems.emplace_back(std::string(prefix) + stem);
    return combine(Xapian::Query::OP_SYNONYM, stems);
  }

  static Xapian::Query phrase_of(const std::vector<std::string>& terms, std::string_view prefix) {
    std::vector<Xapian::Query> queries;
    for (const std::string& term : terms) queries.emplace_back(std::string(prefix) + term);
    return combine(Xapian::Query::OP_PHRASE, queries);
  }

  void add_boosts(const WordChain& chain, std::string_view prefix) {
    if (!prefix.empty()) return;
    const Xapian::Query title = chain_query(chain, info(Field::title).prefix);
    if (!is_stop_word(chain)) built_.boosts.push_back(scaled(k_title_boost, title));
    for (const std::string& capitals : chain.acronyms)
      built_.boosts.push_back(scaled(k_acronym_boost, Xapian::Query(term_for(Field::acronym, capitals))));
  }

  void add_adjacency(const WordChain& first, const WordChain& second, std::string_view prefix) {
    if (!prefix.empty()) return;
    std::vector<text::Token> both = first.words;
    both.insert(both.end(), second.words.begin(), second.words.end());
    for (const auto& terms : vocabulary_.stemmed(both))
      built_.boosts.push_back(scaled(k_adjacency_boost, phrase_of(terms, prefix)));
  }

  void note_word(const WordChain& chain, std::string_view prefix) {
    built_.words.push_back(chain.written);
    if (!vocabulary_.can_match(chain, prefix)) built_.missing.push_back(chain.written);
  }

  void highlight(const WordChain& chain) {
    if (chain.words.size() == 1) {
      for (const std::string& stem : vocabulary_.stems(chain.words.front()))
        built_.terms.terms.push_back({stem, vocabulary_.idf(stem)});
      for (const auto& parts : vocabulary_.parts_of(chain.words.front(), "")) add_highlighted_phrase(parts);
      return;
    }
    for (const auto& terms : vocabulary_.stemmed(chain.words)) add_highlighted_phrase(terms);
    if (!chain.joined.term.empty())
      built_.terms.terms.push_back({chain.joined.term, vocabulary_.idf(chain.joined.term)});
  }

  void add_highlighted_phrase(const std::vector<std::string>& terms) {
    double weight = 0;
    for (const std::string& term : terms) weight += vocabulary_.idf(term);
    built_.terms.phrases.push_back({terms, weight});
  }

  // --- phrases, exact words, wildcards, nearness ---

  MaybeQuery phrase_query(const query::Phrase& phrase) {
    if (phrase.exact) return exact_query(phrase.text, phrase.field);
    const auto chains = word_chains(phrase.text, vocabulary_.analyzer());
    if (chains.empty()) return std::nullopt;
    const std::string_view prefix = info(phrase.field).prefix;
    built_.words.push_back('"' + phrase.text + '"');
    std::vector<Xapian::Query> spellings;
    for (const auto& terms : vocabulary_.phrases(chains, prefix)) {
      spellings.push_back(phrase_of(terms, prefix));
      add_highlighted_phrase(terms);
      if (prefix.empty()) built_.boosts.push_back(scaled(k_title_boost, phrase_of(terms, info(Field::title).prefix)));
    }
    return combine(Xapian::Query::OP_MAX, spellings);
  }

  /// Words in exactly this spelling: candidates by their stems, settled on the stored text.
  MaybeQuery exact_query(const std::string& text, Field field) {
    const std::vector<text::Token> tokens = vocabulary_.analyzer().analyze(text);
    std::vector<text::Token> written;
    std::ranges::copy_if(tokens, std::back_inserter(written), [](const text::Token& token) {
      return token.kind == text::TokenKind::word || token.kind == text::TokenKind::part;
    });
    if (written.empty()) return std::nullopt;
    built_.words.push_back('=' + text);
    std::vector<Xapian::Query> candidates;
    for (const auto& terms : vocabulary_.stemmed(written)) candidates.push_back(phrase_of(terms, info(field).prefix));
    for (const text::Token& word : written) built_.terms.exact_words.push_back({word.word, vocabulary_.idf(word.term)});
    return vocabulary_.written_exactly(combine(Xapian::Query::OP_MAX, candidates), written, field);
  }

  Xapian::Query wildcard_query(const query::Wildcard& wildcard) {
    const std::string_view prefix = info(wildcard.field).prefix;
    const Expansion expansion = vocabulary_.expand(wildcard.pattern, prefix);
    built_.words.push_back(wildcard.pattern);
    if (expansion.cut)
      built_.notices.push_back(fmt::format("{} stands for more than {} words; the {} most frequent were taken.",
                                           wildcard.pattern, k_max_expansion, k_max_expansion));
    if (expansion.terms.empty()) {
      built_.missing.push_back(wildcard.pattern);
      return Xapian::Query::MatchNothing;
    }
    std::vector<Xapian::Query> queries;
    for (const std::string& term : expansion.terms) {
      queries.emplace_back(std::string(prefix) + term);
      built_.terms.terms.push_back({term, vocabulary_.idf(term)});
    }
    return combine(Xapian::Query::OP_SYNONYM, queries);
  }

  MaybeQuery near_query(const query::Near& near) {
    // Every choice of one alternative per operand is a window of its own; the number of choices is bounded.
    constexpr std::size_t max_choices = 64;
    std::vector<std::vector<std::string>> choices{{}};
    std::vector<Xapian::Query> also; // what a window cannot say: that the words of a phrase stand in order
    for (const query::Node& operand : near.operands) {
      const auto alternatives = near_alternatives(operand, also);
      if (alternatives.empty()) continue;
      std::vector<std::vector<std::string>> longer;
      for (const auto& choice : choices) {
        for (const auto& terms : alternatives) {
          if (longer.size() == max_choices) break;
          longer.push_back(choice);
          longer.back().insert(longer.back().end(), terms.begin(), terms.end());
        }
      }
      choices = std::move(longer);
    }
    if (choices.front().empty()) return std::nullopt;
    std::vector<Xapian::Query> windows;
    for (const auto& terms : choices) {
      const auto window = static_cast<Xapian::termcount>(static_cast<std::size_t>(near.distance) + terms.size() - 1);
      windows.emplace_back(Xapian::Query::OP_NEAR, terms.begin(), terms.end(), window);
      built_.terms.near_groups.push_back({terms, window, 1});
      for (const std::string& term : terms) built_.terms.terms.push_back({term, vocabulary_.idf(term)});
    }
    also.push_back(combine(Xapian::Query::OP_OR, windows));
    return combine(Xapian::Query::OP_AND, also);
  }

  /// The term sequences that an operand of `near` can stand for.
  std::vector<std::vector<std::string>> near_alternatives(const query::Node& operand,
                                                          std::vector<Xapian::Query>& also) {
    if (const auto* any = std::get_if<query::Or>(&operand.node)) {
      std::vector<std::vector<std::string>> all;
      for (const query::Node& one : any->operands)
        std::ranges::move(near_alternatives(one, also), std::back_inserter(all));
      return all;
    }
    if (const auto* wildcard = std::get_if<query::Wildcard>(&operand.node)) {
      std::vector<std::vector<std::string>> all;
      for (std::string& term : vocabulary_.expand(wildcard->pattern, "").terms) all.push_back({std::move(term)});
      return all;
    }
    std::string text;
    if (const auto* run = std::get_if<query::Text>(&operand.node)) text = run->text;
    if (const auto* phrase = std::get_if<query::Phrase>(&operand.node)) text = phrase->text;
    if (const auto* exact = std::get_if<query::Exact>(&operand.node)) text = exact->word;
    built_.words.push_back(text);
    auto sequences = vocabulary_.phrases(word_chains(text, vocabulary_.analyzer()), "");
    if (std::ranges::any_of(sequences, [](const auto& terms) { return terms.size() > 1; })) {
      std::vector<Xapian::Query> phrases;
      for (const auto& terms : sequences) phrases.push_back(phrase_of(terms, ""));
      also.push_back(combine(Xapian::Query::OP_OR, phrases));
    }
    return sequences;
  }

  Xapian::Query filter_query(const query::Filter& filter) {
    FilterTerms found = filter_terms(filter.field, filter.values, index_);
    std::ranges::move(found.notices, std::back_inserter(built_.notices));
    if (found.terms.empty()) return Xapian::Query::MatchNothing;
    return {Xapian::Query::OP_OR, found.terms.begin(), found.terms.end()};
  }

  Vocabulary vocabulary_;
  Snapshot& index_;
  Matching matching_;
  BuiltQuery built_;
};

} // namespace

Xapian::Query BuiltQuery::ranked() const {
  if (boosts.empty()) return match;
  return {Xapian::Query::OP_AND_MAYBE, match, combine(Xapian::Query::OP_OR, boosts)};
}

BuiltQuery build_query(const query::Node& root, Snapshot& index, Matching matching) {
  return Builder(index, matching).build(root);
}

} // namespace pfind::searcher
