#include <algorithm>
#include <span>

#include "searcher/query/text_queries.hpp"

namespace pfind::searcher {
namespace {

/// Whether a sentence, or the headline, has all the operands.
bool is_in_one_sentence(const std::vector<Mentions>& operands, bool headline_only, StoredText& text) {
  const auto has_all = [&](std::span<const text::Token> tokens, bool is_headline) {
    return std::ranges::all_of(operands, [&](const Mentions& m) { return m.count(tokens, is_headline, 1) > 0; });
  };
  if (has_all(text.headline(), true)) return true;
  if (headline_only || !has_all(text.body(), false)) return false;
  auto left = std::span(text.body());
  for (const text::Span sentence : text.sentences()) {
    const auto is_within = [&](const text::Token& token) { return token.begin < sentence.end; };
    const auto end = std::ranges::find_if_not(left, is_within);
    const auto size = static_cast<std::size_t>(end - left.begin());
    if (has_all(left.first(size), false)) return true;
    left = left.subspan(size);
  }
  return false;
}

bool is_in_headline(const Spelling& spelling) { return spelling.field == Field::title; }

} // namespace

MaybeQuery TextQueries::sentence(const query::Sentence& sentence, BuiltQuery& out) {
  std::vector<Xapian::Query> candidates;
  std::vector<Mentions> operands;
  bool headline_only = false;
  for (const query::Node& operand : sentence.operands) {
    const MaybeSpellings spellings = spellings_of(operand, out);
    if (!spellings) continue; // asks for nothing
    candidates.push_back(any_spelling(*spellings));
    operands.emplace_back(*spellings);
    operands.back().add_wanted(vocabulary_.stored_text()->wanted());
    headline_only = headline_only || std::ranges::all_of(*spellings, is_in_headline);
  }
  if (candidates.empty()) return std::nullopt;
  const Xapian::Query all = combine(Xapian::Query::OP_AND, candidates);
  const auto accept = [operands = std::move(operands), headline_only](StoredText& text) {
    return is_in_one_sentence(operands, headline_only, text);
  };
  return restricted(all, accept, vocabulary_.stored_text(), vocabulary_.index());
}

} // namespace pfind::searcher
