#include "searcher/query/builder.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <variant>

#include "searcher/query/filter_terms.hpp"
#include "searcher/query/text_queries.hpp"
#include "searcher/query/vocabulary.hpp"

namespace pfind::searcher {
namespace {

/// Walks a tree: words are left to TextQueries, filters to filter_terms.
class Builder {
public:
  Builder(Snapshot& index, Matching matching, const Synonyms* synonyms)
      : vocabulary_(index), text_(vocabulary_, budget_, synonyms), index_(index), matching_(matching) {}

  BuiltQuery build(const query::Node& root) {
    const MaybeQuery match = std::visit(*this, root.node);
    built_.match = match.value_or(Xapian::Query::MatchNothing);
    if (!match) built_.notices.emplace_back("The query has no word to search for.");
    if (budget_.exceeded())
      built_.notices.push_back(fmt::format("The query is too long: only its first {} words count.", k_max_words));
    return std::move(built_);
  }

  MaybeQuery operator()(const query::All& /*all*/) { return Xapian::Query::MatchAll; }
  MaybeQuery operator()(const query::Text& text) { return text_.words(text, matching_, built_); }
  MaybeQuery operator()(const query::Phrase& phrase) { return text_.phrase(phrase, built_); }
  MaybeQuery operator()(const query::Exact& exact) { return text_.exact(exact.word, exact.field, built_); }
  MaybeQuery operator()(const query::Wildcard& wildcard) { return text_.wildcard(wildcard, built_); }
  MaybeQuery operator()(const query::Near& near) { return text_.near(near, built_); }
  MaybeQuery operator()(const query::Period& period) { return period_query(period, index_) * 0; }

  MaybeQuery operator()(const query::And& all) {
    std::vector<Xapian::Query> required;
    std::vector<Xapian::Query> words;
    std::vector<Xapian::Query> unwanted;
    for (const query::Node& operand : all.operands) {
      if (const auto* without = std::get_if<query::Not>(&operand.node)) {
        if (auto query = aside(without->operand.front())) unwanted.push_back(std::move(*query));
      } else if (auto query = std::visit(*this, operand.node)) {
        (is_condition(operand) ? required : words).push_back(std::move(*query));
      }
    }
    if (required.empty() && words.empty() && unwanted.empty()) return std::nullopt;
    if (matching_ == Matching::any && !words.empty()) words = {combine(Xapian::Query::OP_OR, words)};
    std::ranges::move(words, std::back_inserter(required));
    Xapian::Query query = required.empty() ? Xapian::Query::MatchAll : combine(Xapian::Query::OP_AND, required);
    if (unwanted.empty()) return query;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query, combine(Xapian::Query::OP_OR, unwanted));
  }

  MaybeQuery operator()(const query::Or& any) {
    std::vector<Xapian::Query> queries;
    for (const query::Node& operand : any.operands) {
      if (auto query = std::visit(*this, operand.node)) queries.push_back(std::move(*query));
    }
    if (queries.empty()) return std::nullopt;
    return combine(Xapian::Query::OP_OR, queries);
  }

  MaybeQuery operator()(const query::Not& without) {
    const MaybeQuery unwanted = aside(without.operand.front());
    if (!unwanted) return std::nullopt;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, Xapian::Query::MatchAll, *unwanted);
  }

  MaybeQuery operator()(const query::Filter& filter) {
    std::vector<std::string> values = filter.values;
    values.resize(budget_.take(values.size()));
    if (values.empty()) return std::nullopt;
    FilterTerms found = filter_terms(filter.field, values, index_);
    std::ranges::move(found.notices, std::back_inserter(built_.notices));
    std::vector<Xapian::Query> any;
    for (const std::string& term : found.terms) any.emplace_back(term);
    if (found.any_value)
      any = {Xapian::Query(Xapian::Query::OP_VALUE_GE, info(filter.field).slot, std::string(1, '\0'))};
    return combine(Xapian::Query::OP_OR, any) * 0;
  }

private:
  /// What an article must fulfil even where words are relaxed.
  static bool is_condition(const query::Node& node) {
    return std::holds_alternative<query::Filter>(node.node) || std::holds_alternative<query::Period>(node.node);
  }

  /// Builds what is not wanted: it neither boosts nor is highlighted, all its words count, and only they.
  MaybeQuery aside(const query::Node& node) {
    BuiltQuery kept = std::exchange(built_, {});
    const Matching matching = std::exchange(matching_, Matching::all);
    const Synonyms* synonyms = text_.use_synonyms(nullptr);
    MaybeQuery query = std::visit(*this, node.node);
    text_.use_synonyms(synonyms);
    matching_ = matching;
    std::ranges::move(built_.notices, std::back_inserter(kept.notices));
    built_ = std::move(kept);
    return query;
  }

  Vocabulary vocabulary_;
  WordBudget budget_;
  TextQueries text_;
  Snapshot& index_;
  Matching matching_;
  BuiltQuery built_;
};

} // namespace

Xapian::Query BuiltQuery::ranked() const {
  if (boosts.empty()) return match;
  return {Xapian::Query::OP_AND_MAYBE, match, combine(Xapian::Query::OP_OR, boosts)};
}

BuiltQuery build_query(const query::Node& root, Snapshot& index, Matching matching, const Synonyms* synonyms) {
  return Builder(index, matching, synonyms).build(root);
}

} // namespace pfind::searcher
