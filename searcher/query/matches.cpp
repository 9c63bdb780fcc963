#include "searcher/query/matches.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "searcher/postings/at_once.hpp"
#include "searcher/postings/positions.hpp"
#include "searcher/query/operators.hpp"

namespace pfind::searcher {
namespace {

using Xapian::Query;

/// A posting list of more than so many articles for each that is asked for is leapt through: finding the place of one
/// costs as much as walking over so many.
constexpr std::size_t k_worth_leaping = 100;

/// The articles of a set as a posting list, without weight. The set outlives the search.
class BitsSource : public Xapian::PostingSource {
public:
  explicit BitsSource(const DocumentBits& articles) : articles_(articles), count_(articles.count()) {}

  BitsSource* clone() const override { return std::make_unique<BitsSource>(articles_).release(); } // Xapian takes it
  void init(const Xapian::Database& /*shard*/) override {
    document_ = 0;
    at_end_ = false;
  }
  Xapian::doccount get_termfreq_min() const override { return get_termfreq_est(); }
  Xapian::doccount get_termfreq_est() const override { return static_cast<Xapian::doccount>(count_); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_est(); }
  void next(double min_weight) override { skip_to(document_ + 1, min_weight); }
  void skip_to(Xapian::docid document, double /*min_weight*/) override {
    document_ = articles_.first_from(std::max(document, document_));
    at_end_ = document_ == 0;
  }
  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return document_; }
  std::string get_description() const override { return "BitsSource"; }

private:
  const DocumentBits& articles_;
  std::size_t count_;
  Xapian::docid document_ = 0;
  bool at_end_ = false;
};

/// Collects every article that matches.
class Collector : public Xapian::MatchSpy {
public:
  explicit Collector(DocumentBits& articles) : articles_(articles) {}
  void operator()(const Xapian::Document& document, double /*weight*/) override { articles_.add(document.get_docid()); }

private:
  DocumentBits& articles_;
};

bool is_any(Query::op type) { return type == Query::OP_OR || type == Query::OP_SYNONYM; }
bool is_all(Query::op type) { return type == Query::OP_AND || type == Query::OP_FILTER; }
bool is_positional(Query::op type) { return type == Query::OP_PHRASE || type == Query::OP_NEAR; }

/// Whether a query matches as its first part alone does.
bool is_first_alone(Query::op type) { return type == Query::OP_SCALE_WEIGHT || type == Query::OP_AND_MAYBE; }

/// Whether posting lists alone say what the query matches.
bool is_of_lists(const Query& query) {
  const Query::op type = query.get_type();
  switch (type) {
  case Query::LEAF_TERM:
  case Query::LEAF_MATCH_ALL:
  case Query::LEAF_MATCH_NOTHING: return true;
  default: break;
  }
  if (is_first_alone(type)) return is_of_lists(query.get_subquery(0));
  return (is_any(type) || is_all(type) || type == Query::OP_AND_NOT) &&
         std::ranges::all_of(parts_of(query), is_of_lists);
}

/// Adds to `conditions` what the query implies and posting lists say: for a phrase that each of its words is there.
void add_conditions(const Query& query, std::vector<Query>& conditions) {
  const Query::op type = query.get_type();
  if (is_of_lists(query))
    conditions.push_back(query);
  else if (is_all(type) || is_positional(type))
    for (const Query& part : parts_of(query)) add_conditions(part, conditions);
  else if (is_first_alone(type))
    add_conditions(query.get_subquery(0), conditions);
}

/// Walks the lists of one shard.
class Matches {
public:
  explicit Matches(const PostingLists& lists) : lists_(lists), shard_(lists.shard()) {}

  DocumentBits find(const Query& query, const DocumentBits* within) const {
    DocumentBits found(shard_.get_lastdocid());
    add(query, within, found);
    return found;
  }

private:
  /// Adds what matches among `within`, or anywhere where that is null.
  void add(const Query& query, const DocumentBits* within, DocumentBits& found) const {
    const Query::op type = query.get_type();
    if (type == Query::LEAF_MATCH_NOTHING) return;
    if (type == Query::LEAF_TERM) return add_term(*query.get_terms_begin(), within, found);
    if (type == Query::LEAF_MATCH_ALL) return within != nullptr ? void(found |= *within) : add_term("", nullptr, found);
    if (is_first_alone(type)) return add(query.get_subquery(0), within, found);
    if (is_any(type)) {
      for (const Query& part : parts_of(query)) add(part, within, found);
    } else if (is_all(type)) {
      add_all(query, within, found);
    } else if (type == Query::OP_AND_NOT) {
      add_without(query, within, found);
    } else if (lists_.positions() != nullptr && is_side_by_side(query)) {
      add_phrase(query, within, found);
    } else {
      add_matched(query, within, found);
    }
  }

  void add_term(const std::string& term, const DocumentBits* within, DocumentBits& found) const {
    PostingList list(lists_, term);
    if (within == nullptr) {
      do {
        for (const Xapian::docid article : list.articles()) found.add(article);
      } while (list.next());
    } else if (within->count() * k_worth_leaping < lists_.frequency(term)) {
      leap(list, *within, found);
    } else {
      do {
        for (const Xapian::docid article : list.articles()) found.add_if(article, *within);
      } while (list.next());
    }
  }

  /// Looks up each article of a few.
  static void leap(PostingList& list, const DocumentBits& within, DocumentBits& found) {
    for (Xapian::docid next = within.first_from(1); next != 0 && list.skip_to(next);) {
      const auto place = std::ranges::lower_bound(list.articles(), next);
      if (*place == next) found.add(next);
      next = within.first_from(*place == next ? next + 1 : *place);
    }
  }

  /// First what lists say, the rarest ahead; then the rest, asked of articles that fulfil that.
  void add_all(const Query& query, const DocumentBits* within, DocumentBits& found) const {
    const std::vector<Query> parts = parts_of(query);
    std::vector<Query> lists;
    for (const Query& part : parts) add_conditions(part, lists);
    std::ranges::stable_sort(lists, {}, [&](const Query& part) { return at_most(part); });
    DocumentBits left;
    for (const Query& part : lists) {
      left = find(part, within);
      within = &left;
    }
    for (const Query& part : parts) {
      if (is_of_lists(part)) continue;
      if (within != nullptr && within->empty()) return;
      left = find(part, within);
      within = &left;
    }
    found |= left;
  }

  void add_without(const Query& query, const DocumentBits* within, DocumentBits& found) const {
    const std::vector<Query> parts = parts_of(query);
    DocumentBits left = find(parts.front(), within);
    for (std::size_t i = 1; i < parts.size() && !left.empty(); ++i) left -= find(parts[i], &left);
    found |= left;
  }

  /// Articles that have all the words, where they stand side by side.
  void add_phrase(const Query& query, const DocumentBits* within, DocumentBits& found) const {
    const std::vector<std::string> terms = terms_of(query);
    DocumentBits candidates(shard_.get_lastdocid());
    add_all({Query::OP_AND, terms.begin(), terms.end()}, within, candidates);
    KnownPhrase& known = lists_.known_phrase(terms);
    const std::vector<PhraseWord> words = rarest_first(terms, lists_);
    std::vector<Xapian::docid> open;
    candidates.for_each([&](Xapian::docid article) {
      if (!known.looked_at.has(article)) open.push_back(article);
    });
    const auto look = [&](std::span<const Xapian::docid> articles, const PostingLists& lists) {
      PhraseFinder phrase(*lists.positions(), words);
      std::vector<Xapian::docid> having;
      std::ranges::copy_if(articles, std::back_inserter(having),
                           [&](Xapian::docid article) { return phrase.is_in(article); });
      return having;
    };
    for (const std::vector<Xapian::docid>& having : in_ranges(open, lists_, look)) {
      for (const Xapian::docid article : having) known.found.add(article);
    }
    for (const Xapian::docid article : open) known.looked_at.add(article);
    candidates &= known.found;
    found |= candidates;
  }

  /// By Xapian's matcher.
  void add_matched(const Query& query, const DocumentBits* within, DocumentBits& found) const {
    if (within != nullptr && within->empty()) return;
    lists_.compare_lists(query);
    Xapian::Enquire enquire(shard_);
    enquire.set_query(within != nullptr ? Query(Query::OP_FILTER, query, query_of(*within)) : query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    Collector collector(found);
    enquire.add_matchspy(&collector);
    enquire.get_mset(0, 0, shard_.get_doccount());
  }

  /// How many articles match, at most.
  std::size_t at_most(const Query& query) const {
    const Query::op type = query.get_type();
    if (type == Query::LEAF_TERM) return lists_.frequency(*query.get_terms_begin());
    if (type == Query::LEAF_MATCH_NOTHING) return 0;
    if (is_first_alone(type) || type == Query::OP_AND_NOT) return at_most(query.get_subquery(0));
    std::size_t most = is_any(type) ? 0 : shard_.get_doccount();
    for (const Query& part : parts_of(query)) {
      if (is_any(type)) most += at_most(part);
      if (is_all(type)) most = std::min(most, at_most(part));
    }
    return most;
  }

  const PostingLists& lists_;
  const Xapian::Database& shard_;
};

} // namespace

DocumentBits matches(const Query& query, const PostingLists& lists) { return Matches(lists).find(query, nullptr); }

DocumentBits matches(const Query& query, const PostingLists& lists, const DocumentBits& within) {
  return Matches(lists).find(query, &within);
}

PhrasePlaces places_of_phrase(const std::vector<std::string>& terms, const PostingLists& lists,
                              const DocumentBits& articles) {
  PhrasePlaces places;
  articles.for_each([&](Xapian::docid article) { places.articles.push_back(article); });
  places.counts.assign(places.articles.size(), UINT32_MAX);
  for (const std::string& term : terms) {
    PostingList list(lists, term);
    std::size_t at = 0; // in what is at hand of the list
    for (std::size_t i = 0; i < places.articles.size(); ++i) {
      const Xapian::docid article = places.articles[i];
      if (at >= list.articles().size() || list.articles().back() < article) {
        if (!list.skip_to(article)) break;
        at = 0;
      }
      at = place_from(list.articles(), at, article);
      places.counts[i] = std::min(places.counts[i], list.counts()[at]);
    }
  }
  return places;
}

bool is_side_by_side(const Query& query) {
  if (query.get_type() != Query::OP_PHRASE) return false;
  const std::vector<Query> words = parts_of(query);
  if (!std::ranges::all_of(words, [](const Query& word) { return word.get_type() == Query::LEAF_TERM; })) return false;
  const Query strict(Query::OP_PHRASE, words.begin(), words.end());
  return query.serialise() == strict.serialise();
}

LooseQuery loosened(const Query& query) {
  if (is_of_lists(query)) return {query};
  const Query::op type = query.get_type();
  if (is_first_alone(type)) return loosened(query.get_subquery(0));
  std::vector<Query> parts;
  bool is_exact = true;
  for (const Query& part : parts_of(query)) {
    LooseQuery loose = loosened(part);
    is_exact = is_exact && loose.is_exact;
    parts.push_back(std::move(loose.query));
  }
  if (is_any(type)) return {{Query::OP_OR, parts.begin(), parts.end()}, is_exact};
  if (is_all(type)) return {{Query::OP_AND, parts.begin(), parts.end()}, is_exact};
  if (is_positional(type)) return {{Query::OP_AND, parts.begin(), parts.end()}, false};
  if (type == Query::OP_AND_NOT && is_of_lists(query.get_subquery(1)))
    return {{Query::OP_AND_NOT, parts.front(), query.get_subquery(1)}, is_exact};
  return {type == Query::OP_AND_NOT ? parts.front() : Query(std::string()), false};
}

Query query_of(const DocumentBits& articles) {
  return Query(std::make_unique<BitsSource>(articles).release()->release());
}

} // namespace pfind::searcher
