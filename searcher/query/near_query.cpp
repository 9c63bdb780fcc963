#include <algorithm>

#include "searcher/query/text_queries.hpp"

namespace pfind::searcher {
namespace {

/// What may stand at one position: any of some terms of a field.
struct Slot {
  std::string_view prefix;
  std::vector<std::string> terms; ///< without prefix
};

/// One thing that an operand, or all operands together, can stand for.
struct Choice {
  std::vector<Slot> slots;
  std::vector<Xapian::Query> conditions; ///< what a window cannot say: that the words of a phrase stand in order

  void append(const Choice& other) {
    slots.insert(slots.end(), other.slots.begin(), other.slots.end());
    conditions.insert(conditions.end(), other.conditions.begin(), other.conditions.end());
  }
  bool is_one_word() const { return slots.size() == 1 && conditions.empty(); }
};

constexpr std::size_t k_max_choices = 64; // of alternatives for the operands of one window

/// Words by themselves that stand for each other share one slot, so that they multiply nothing.
void merge_words(std::vector<Choice>& choices) {
  std::vector<Choice> merged;
  for (Choice& choice : choices) {
    const auto same = std::ranges::find_if(merged, [&](const Choice& other) {
      return choice.is_one_word() && other.is_one_word() && other.slots.front().prefix == choice.slots.front().prefix;
    });
    if (same == merged.end()) {
      merged.push_back(std::move(choice));
      continue;
    }
    for (std::string& term : choice.slots.front().terms) {
      std::vector<std::string>& terms = same->slots.front().terms;
      if (std::ranges::find(terms, term) == terms.end()) terms.push_back(std::move(term));
    }
  }
  choices = std::move(merged);
}

/// Every choice for the operands so far with every one for the next operand.
std::vector<Choice> multiplied(const std::vector<Choice>& first, const std::vector<Choice>& second) {
  std::vector<Choice> product;
  for (const Choice& a : first) {
    for (const Choice& b : second) {
      if (product.size() == k_max_choices) return product;
      product.push_back(a);
      product.back().append(b);
    }
  }
  return product;
}

Xapian::Query slot_query(const Slot& slot) {
  std::vector<Xapian::Query> terms;
  for (const std::string& term : slot.terms) terms.emplace_back(std::string(slot.prefix) + term);
  return combine(Xapian::Query::OP_OR, terms); // the only operator that Xapian takes inside a window
}

} // namespace

/// Translates one `near`.
class NearQuery {
public:
  NearQuery(TextQueries& text, BuiltQuery& out) : text_(text), out_(out) {}

  MaybeQuery build(const query::Near& near) {
    std::vector<Choice> choices{{}};
    for (const query::Node& operand : near.operands) {
      std::vector<Choice> alternatives = alternatives_of(operand);
      if (alternatives.empty()) continue; // asks for nothing
      merge_words(alternatives);
      choices = multiplied(choices, alternatives);
    }
    if (choices.front().slots.empty()) return std::nullopt;
    std::vector<Xapian::Query> any;
    for (const Choice& choice : choices) any.push_back(choice_query(choice, near.distance));
    return combine(Xapian::Query::OP_OR, any);
  }

private:
  Xapian::Query choice_query(const Choice& choice, int distance) {
    std::vector<Xapian::Query> positions;
    for (const Slot& slot : choice.slots) {
      if (slot.terms.empty()) return Xapian::Query::MatchNothing;
      positions.push_back(slot_query(slot));
    }
    const auto window = static_cast<Xapian::termcount>(static_cast<std::size_t>(distance) + positions.size() - 1);
    highlight(choice, window);
    std::vector<Xapian::Query> all = choice.conditions;
    all.push_back(positions.size() == 1
                      ? positions.front()
                      : Xapian::Query(Xapian::Query::OP_NEAR, positions.begin(), positions.end(), window));
    return combine(Xapian::Query::OP_AND, all);
  }

  /// Where each position has one term, only what stands near each other is shown; else every one of the terms.
  void highlight(const Choice& choice, Xapian::termcount window) {
    NearGroup group{.window = window, .weight = 1};
    for (const Slot& slot : choice.slots) group.terms.push_back(slot.terms.front());
    if (group.terms.size() > 1 &&
        std::ranges::all_of(choice.slots, [](const Slot& s) { return s.terms.size() == 1; })) {
      out_.terms.near_groups.push_back(std::move(group));
      return;
    }
    for (const Slot& slot : choice.slots) {
      for (const std::string& term : slot.terms) text_.highlight(term, out_);
    }
  }

  /// What an operand can stand for; nothing where it has no word.
  std::vector<Choice> alternatives_of(const query::Node& operand) {
    if (const auto* any = std::get_if<query::Or>(&operand.node)) return any_of(*any);
    if (!text_.budget_.take_all(k_words_of_pattern)) return {};
    if (const auto* pattern = std::get_if<query::Wildcard>(&operand.node)) return words_of(*pattern);
    if (const auto* exact = std::get_if<query::Exact>(&operand.node))
      return sequences_of(exact->word, exact->field, true);
    if (const auto* phrase = std::get_if<query::Phrase>(&operand.node))
      return sequences_of(phrase->text, phrase->field, phrase->exact);
    if (const auto* word = std::get_if<query::Text>(&operand.node)) return sequences_of(word->text, word->field, false);
    return {};
  }

  std::vector<Choice> any_of(const query::Or& any) {
    std::vector<Choice> all;
    for (const query::Node& one : any.operands) std::ranges::move(alternatives_of(one), std::back_inserter(all));
    return all;
  }

  std::vector<Choice> words_of(const query::Wildcard& pattern) {
    Slot slot{info(pattern.field).prefix, text_.expand(pattern, out_).terms};
    return {Choice{.slots = {std::move(slot)}}};
  }

  std::vector<Choice> sequences_of(const std::string& text, Field field, bool exact) {
    const std::vector<WordChain> chains = text_.chains_of(text);
    const std::string_view prefix = info(field).prefix;
    for (const WordChain& chain : chains) text_.add_if_missing(chain, prefix, out_);
    std::vector<Xapian::Query> conditions;
    if (exact) {
      if (auto query = text_.exact(text, field, out_)) conditions.push_back(std::move(*query));
    }
    std::vector<Choice> choices;
    for (const auto& terms : text_.vocabulary_.phrases(chains, prefix)) {
      Choice& choice = choices.emplace_back(Choice{.conditions = conditions});
      for (const std::string& term : terms) choice.slots.push_back({prefix, {term}});
      if (terms.size() > 1) choice.conditions.push_back(phrase_of(terms, prefix));
    }
    return choices;
  }

  TextQueries& text_;
  BuiltQuery& out_;
};

MaybeQuery TextQueries::near(const query::Near& near, BuiltQuery& out) { return NearQuery(*this, out).build(near); }

} // namespace pfind::searcher
