#include "searcher/query/builder.hpp"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <utility>
#include <variant>

#include "common/all_documents.hpp"
#include "searcher/query/filter_terms.hpp"
#include "searcher/query/text_queries.hpp"
#include "searcher/query/vocabulary.hpp"
#include "searcher/ranking/model.hpp"

namespace pfind::searcher {
namespace {

/// Plain words from which on a query is a pasted text: its quotation marks then only quote.
constexpr std::size_t k_words_of_text = 12;
constexpr std::size_t k_max_notices = 10;
constexpr std::size_t k_max_value_searches = 50; // of filters through all values of a field, some milliseconds each

/// Adds the wildcards of a tree to `wildcards`, no more than a query may have.
void collect_wildcards(const query::Node& node, std::vector<query::Wildcard>& wildcards) {
  if (wildcards.size() == k_max_words / k_words_of_pattern) return;
  if (const auto* wildcard = std::get_if<query::Wildcard>(&node.node)) wildcards.push_back(*wildcard);
  for (const query::Node& operand : query::operands_of(node)) collect_wildcards(operand, wildcards);
}

/// Whether a phrase has a word that would be a pattern by itself: `"patent licens*"`.
bool has_pattern(const query::Phrase& phrase) {
  const std::string text = ' ' + phrase.text + ' ';
  for (std::size_t at = text.find('*'); at != std::string::npos; at = text.find('*', at + 1)) {
    if ((text[at - 1] == ' ') != (text[at + 1] == ' ')) return true;
  }
  return false;
}

bool has_phrase_with_pattern(const query::Node& node) {
  const auto* phrase = std::get_if<query::Phrase>(&node.node);
  return (phrase != nullptr && has_pattern(*phrase)) ||
         std::ranges::any_of(query::operands_of(node), has_phrase_with_pattern);
}

/// An operand of a conjunction.
struct Operand {
  query::Node node;
  std::vector<text::Span> required; ///< of a Text: the words in it that AND says are needed
};

/// Adds the words of `text` to those of `run`.
void append_words(Operand& run, const query::Text& text) {
  auto& words = std::get<query::Text>(run.node.node);
  const std::size_t begin = words.text.empty() ? 0 : words.text.size() + 1;
  words.text += (words.text.empty() ? "" : " ") + text.text;
  if (text.required) run.required.push_back({begin, words.text.size()});
}

/// The operands of a conjunction with the words of the text as one run, whatever stands between them: that a filter
/// does must not change which words an article has to have.
std::vector<Operand> with_words_together(const std::vector<query::Node>& operands) {
  constexpr std::size_t k_none = SIZE_MAX;
  std::vector<Operand> together;
  std::size_t body = k_none; // the run of the text
  for (const query::Node& operand : operands) {
    const auto* text = std::get_if<query::Text>(&operand.node);
    if (text == nullptr) {
      together.push_back({operand, {}});
      continue;
    }
    const auto* last = together.empty() ? nullptr : std::get_if<query::Text>(&together.back().node.node);
    const bool is_body = text->field == Field::body;
    std::size_t run = is_body ? body : k_none;
    if (!is_body && last != nullptr && last->field == text->field) run = together.size() - 1;
    if (run == k_none) {
      run = together.size();
      together.push_back({{query::Text{"", text->field}}, {}});
    }
    append_words(together[run], *text);
    if (is_body) body = run;
  }
  return together;
}

/// Walks a tree: words are left to TextQueries, filters to filter_terms.
class Builder {
public:
  Builder(Snapshot& index, Matching matching, const Synonyms* synonyms)
      : vocabulary_(index), text_(vocabulary_, budget_, synonyms), index_(index), matching_(matching) {}

  BuiltQuery build(const query::Node& root) {
    std::vector<query::Wildcard> wildcards;
    collect_wildcards(root, wildcards);
    vocabulary_.expand_together(wildcards);
    if (has_phrase_with_pattern(root))
      built_.notices.emplace_back("In a phrase * has no meaning; near takes patterns, as in patent near/1 licens*.");
    const MaybeQuery match = std::visit(*this, root.node);
    built_.text = vocabulary_.stored_text();
    built_.match = match.value_or(Xapian::Query::MatchNothing);
    const bool has_few = built_.plain_words > 0 && built_.plain_words <= RankingModel::k_all_words_up_to;
    built_.words.is_short = has_few && !built_.is_gist;
    if (match && built_.words.words.empty() && !names_.empty()) rank_by_names();
    if (!match) built_.notices.emplace_back("The query has no word to search for.");
    if (built_.notices.size() > k_max_notices) {
      const std::size_t more = built_.notices.size() - k_max_notices;
      built_.notices.resize(k_max_notices);
      built_.notices.push_back(fmt::format("There are {} more notices of this kind.", more));
    }
    if (budget_.exceeded())
      built_.notices.push_back(fmt::format("The query is too long: only its first {} words count.", k_max_words));
    return std::move(built_);
  }

  MaybeQuery operator()(const query::All& /*all*/) { return all_documents(); }
  MaybeQuery operator()(const query::Text& text) { return text_.words(text, matching_, built_); }
  MaybeQuery operator()(const query::Phrase& phrase) { return wanted(phrase, text_.phrase(phrase, built_)); }
  MaybeQuery operator()(const query::Exact& exact) {
    return wanted(exact, text_.exact(exact.word, exact.field, built_));
  }
  MaybeQuery operator()(const query::Wildcard& wildcard) { return wanted(wildcard, text_.wildcard(wildcard, built_)); }
  MaybeQuery operator()(const query::Near& near) { return wanted(near, text_.near(near, built_)); }
  MaybeQuery operator()(const query::Sentence& sentence) { return wanted(sentence, text_.sentence(sentence, built_)); }
  MaybeQuery operator()(const query::AtLeast& at_least) { return wanted(at_least, text_.at_least(at_least, built_)); }
  MaybeQuery operator()(const query::Period& period) {
    if (!budget_.take_all(k_words_of_phrase)) return std::nullopt;
    return period_query(period, index_) * 0;
  }

  MaybeQuery operator()(const query::And& all) {
    std::vector<Xapian::Query> required;
    std::vector<AskedPart> asked;
    std::vector<Xapian::Query> unwanted;
    for (const Operand& operand : with_words_together(all.operands)) {
      const query::Node& node = operand.node;
      const auto* text = std::get_if<query::Text>(&node.node);
      if (const auto* without = std::get_if<query::Not>(&node.node)) {
        if (auto query = aside(without->operand.front())) unwanted.push_back(std::move(*query));
      } else if (auto query = text != nullptr ? text_.words(*text, matching_, built_, operand.required)
                                              : std::visit(*this, node.node)) {
        if (is_condition(node))
          required.push_back(std::move(*query));
        else
          asked.push_back({std::move(*query), text != nullptr});
      }
    }
    if (required.empty() && asked.empty() && unwanted.empty()) return std::nullopt;
    std::vector<Xapian::Query> words = together(asked);
    built_.asks_for_all = built_.asks_for_all || words.size() > 1;
    std::ranges::move(words, std::back_inserter(required));
    Xapian::Query query = required.empty() ? all_documents() : combine(Xapian::Query::OP_AND, required);
    if (unwanted.empty()) return query;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query, combine(Xapian::Query::OP_OR, unwanted));
  }

  MaybeQuery operator()(const query::Or& any) {
    const std::size_t wanted_before = built_.wanted.size();
    std::vector<Xapian::Query> queries;
    for (const query::Node& operand : any.operands) {
      if (auto query = std::visit(*this, operand.node)) queries.push_back(std::move(*query));
    }
    built_.wanted.resize(wanted_before); // one of them is enough
    if (queries.empty()) return std::nullopt;
    return wanted(any, combine(Xapian::Query::OP_OR, queries));
  }

  MaybeQuery operator()(const query::Not& without) {
    const MaybeQuery unwanted = aside(without.operand.front());
    if (!unwanted) return std::nullopt;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, all_documents(), *unwanted);
  }

  MaybeQuery operator()(const query::Filter& filter) {
    std::vector<std::string> values = filter.values;
    values.resize(budget_.take(values.size()));
    if (values.empty()) return std::nullopt;
    FilterTerms found = filter_terms(filter.field, values, index_, searches_);
    std::ranges::move(found.notices, std::back_inserter(built_.notices));
    std::vector<Xapian::Query> any;
    for (const std::string& term : found.terms) any.emplace_back(term);
    if (found.any_value) {
      const Xapian::valueno slot = info(filter.field).slot;
      for (const Shard& shard : index_.shards()) shard.lists.compare_values(slot);
      any = {Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, std::string(1, '\0'))};
    }
    if (entity_kind(info(filter.field).name) && !is_aside_) std::ranges::move(values, std::back_inserter(names_));
    return combine(Xapian::Query::OP_OR, any) * 0;
  }

private:
  /// Where nothing but filters is asked for, articles that speak most of what these name come first.
  void rank_by_names() {
    BuiltQuery names;
    std::vector<Xapian::Query> any;
    for (const std::string& name : names_) {
      if (auto query = text_.words({name}, Matching::any, names)) any.push_back(std::move(*query));
    }
    if (any.empty()) return;
    built_.words = std::move(names.words);
    built_.match = {Xapian::Query::OP_AND_MAYBE, built_.match, combine(Xapian::Query::OP_OR, any)};
  }

  /// Notes a part that an article should have, as the query language writes it.
  template <typename Part>
  MaybeQuery wanted(const Part& part, MaybeQuery query) {
    if (query) built_.wanted.push_back({query::to_query({part}), *query});
    return query;
  }

  /// Plain words, or what is in quotes or the like.
  struct AskedPart {
    Xapian::Query query;
    bool is_plain;
  };

  /// What an article must have: each part, unless any will do. In a text quotation marks only quote.
  std::vector<Xapian::Query> together(const std::vector<AskedPart>& asked) const {
    const bool is_text = built_.plain_words > k_words_of_text;
    const bool are_most = matching_ == Matching::countable && is_text;
    std::vector<Xapian::Query> words;
    std::vector<Xapian::Query> quoted;
    for (const AskedPart& part : asked) (part.is_plain || !are_most ? words : quoted).push_back(part.query);
    if (words.empty()) return quoted;
    if (matching_ == Matching::any || (matching_ == Matching::automatic && is_text))
      return {combine(Xapian::Query::OP_OR, words)};
    if (!quoted.empty())
      return {Xapian::Query(Xapian::Query::OP_AND_MAYBE, combine(Xapian::Query::OP_AND, words),
                            combine(Xapian::Query::OP_OR, quoted))};
    return words;
  }

  /// What an article must fulfil even where words are relaxed.
  static bool is_condition(const query::Node& node) {
    return std::holds_alternative<query::Filter>(node.node) || std::holds_alternative<query::Period>(node.node);
  }

  /// Builds what is not wanted: it neither ranks nor is highlighted, all its words count, and only they.
  MaybeQuery aside(const query::Node& node) {
    BuiltQuery kept = std::exchange(built_, {});
    const Matching matching = std::exchange(matching_, Matching::all);
    const bool was_aside = std::exchange(is_aside_, true);
    const Synonyms* synonyms = text_.use_synonyms(nullptr);
    MaybeQuery query = std::visit(*this, node.node);
    text_.use_synonyms(synonyms);
    matching_ = matching;
    is_aside_ = was_aside;
    std::ranges::move(built_.notices, std::back_inserter(kept.notices));
    built_ = std::move(kept);
    return query;
  }

  Vocabulary vocabulary_;
  WordBudget budget_;
  TextQueries text_;
  Snapshot& index_;
  Matching matching_;
  bool is_aside_ = false;          // in what is not wanted
  std::vector<std::string> names_; // that filters ask for
  std::size_t searches_ = k_max_value_searches;
  BuiltQuery built_;
};

} // namespace

BuiltQuery build_query(const query::Node& root, Snapshot& index, Matching matching, const Synonyms* synonyms) {
  return Builder(index, matching, synonyms).build(query::without_repetitions(root));
}

} // namespace pfind::searcher
