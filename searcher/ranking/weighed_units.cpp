#include "searcher/ranking/weighed_units.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <queue>
#include <string_view>

#include "searcher/query/operators.hpp"

namespace pfind::searcher {
namespace {

using Xapian::Query;

/// Whether it is a word that counts once.
bool is_term(const Query& query) { return query.get_type() == Query::LEAF_TERM && query.get_length() == 1; }

/// The factor of a scaled query, which Xapian only tells where it describes a query; nothing where it is not sure.
std::optional<double> factor_of(const Query& scaled) {
  const Query part = scaled.get_subquery(0);
  const std::string serialised = scaled.serialise();
  if (serialised == (part * 0).serialise()) return 0; // filters, which may be long to describe
  constexpr std::string_view k_before = "Query(";
  const std::string description = scaled.get_description();
  if (!description.starts_with(k_before)) return std::nullopt;
  double factor = 0;
  std::from_chars(description.data() + k_before.size(), description.data() + description.size(), factor);
  if (factor < 0 || serialised != (part * factor).serialise()) return std::nullopt;
  return factor;
}

/// As Xapian rounds.
Xapian::doccount rounded(double number) { return static_cast<Xapian::doccount>(std::floor(number + 0.5)); }

/// Xapian's estimate of how many articles have any of what so many have: as if these were independent, the rarest two
/// joined first, rounded each time.
Xapian::doccount any_of(const std::vector<Xapian::doccount>& frequencies, double all) {
  std::priority_queue left(std::greater<Xapian::doccount>(), frequencies);
  while (left.size() > 1) {
    const double a = left.top();
    left.pop();
    const double b = left.top();
    left.pop();
    left.push(rounded(a + b - a * b / all));
  }
  return left.top();
}

/// Takes a query apart.
class Parting {
public:
  Parting(const PostingLists& lists, const RankingModel& model, const DocumentBits* among, Phrases phrases)
      : lists_(lists), shard_(lists.shard()), model_(model), among_(among), phrases_(phrases),
        all_(shard_.get_doccount()) {}

  std::optional<WeighedUnits> run(const Query& query) {
    found_.match_alone = true;
    if (!add(query, 1, true) || found_.units.empty()) return std::nullopt;
    return std::move(found_);
  }

private:
  /// Adds the units of a query; false where its weight is no sum of theirs. `whole`: an article that matches all
  /// matches this, too, so that it has what this needs.
  bool add(const Query& query, double factor, bool whole) {
    const Query::op type = query.get_type();
    if (is_term(query)) {
      const std::string term = *query.get_terms_begin();
      return add_unit({.terms = {term}}, frequency(term), factor);
    }
    if (type == Query::OP_SYNONYM) return add_synonym(query, factor);
    if (type == Query::LEAF_MATCH_NOTHING) return true;
    if (type == Query::OP_SCALE_WEIGHT) return add_scaled(query, factor, whole);
    const std::vector<Query> parts = parts_of(query);
    if (type == Query::OP_OR)
      return std::ranges::all_of(parts, [&](const Query& part) { return add(part, factor, false); });
    found_.match_alone = false;
    if (!whole) return false;
    switch (type) {
    case Query::OP_AND: return std::ranges::all_of(parts, [&](const Query& part) { return add(part, factor, true); });
    case Query::OP_PHRASE:
    case Query::OP_NEAR:
      return std::ranges::all_of(parts, [&](const Query& part) { return is_term(part) && add(part, factor, true); });
    case Query::OP_FILTER:
    case Query::OP_AND_NOT: return add(parts.front(), factor, true);
    case Query::OP_AND_MAYBE:
      return add(parts.front(), factor, true) &&
             std::all_of(parts.begin() + 1, parts.end(), [&](const Query& part) { return add(part, factor, false); });
    default: return false;
    }
  }

  /// What has no weight only matches.
  bool add_scaled(const Query& query, double factor, bool whole) {
    const std::optional<double> own = factor_of(query);
    if (!own) return false;
    if (*own > 0) return add(query.get_subquery(0), factor * *own, whole);
    found_.match_alone = false;
    return true;
  }

  /// Spellings that are words or phrases.
  bool add_synonym(const Query& query, double factor) {
    WeighedUnit unit;
    std::vector<Xapian::doccount> frequencies;
    for (const Query& part : parts_of(query)) {
      if (is_term(part)) {
        unit.terms.push_back(*part.get_terms_begin());
        frequencies.push_back(frequency(unit.terms.back()));
      } else if (is_side_by_side(part)) {
        unit.phrases.push_back(places_of(part));
        frequencies.push_back(frequency_of_phrase(part));
      } else {
        return false;
      }
    }
    return !frequencies.empty() && add_unit(std::move(unit), any_of(frequencies, all_), factor);
  }

  bool add_unit(WeighedUnit unit, Xapian::doccount articles, double factor) {
    const double having = articles;
    const double odds = (all_ - having + 0.5) / (having + 0.5);
    unit.weight = std::log(odds < 2 ? odds * 0.5 + 1 : odds) * factor * (model_.k1 + 1);
    found_.units.push_back(std::move(unit));
    return true;
  }

  Xapian::doccount frequency(const std::string& term) const { return lists_.frequency(term); }

  /// As Xapian estimates it: a quarter of the articles that would have all of its words.
  Xapian::doccount frequency_of_phrase(const Query& phrase) const {
    std::vector<Xapian::doccount> words;
    for (const std::string& term : terms_of(phrase)) words.push_back(frequency(term));
    std::ranges::sort(words);
    double together = words.front();
    for (std::size_t i = 1; i < words.size(); ++i) together = together * words[i] / all_;
    return rounded(together) / 4;
  }

  PhrasePlaces places_of(const Query& phrase) const {
    const Query wanted = phrases_ == Phrases::by_words ? loosened(phrase).query : phrase;
    const DocumentBits found = among_ != nullptr ? matches(wanted, lists_, *among_) : matches(wanted, lists_);
    return places_of_phrase(terms_of(phrase), lists_, found);
  }

  const PostingLists& lists_;
  const Xapian::Database& shard_;
  const RankingModel& model_;
  const DocumentBits* among_;
  Phrases phrases_;
  double all_;
  WeighedUnits found_;
};

} // namespace

std::optional<WeighedUnits> weighed_units(const Query& query, const PostingLists& lists, const RankingModel& model,
                                          const DocumentBits* among, Phrases phrases) {
  return Parting(lists, model, among, phrases).run(query);
}

} // namespace pfind::searcher
