#include "searcher/search.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <sstream>

#include "common/stored_article.hpp"
#include "common/text/fold.hpp"
#include "searcher/facets.hpp"
#include "searcher/query/builder.hpp"
#include "searcher/query/filter_terms.hpp"
#include "searcher/similar.hpp"
#include "searcher/snippets.hpp"
#include "searcher/suggestions.hpp"

namespace pfind::searcher {
namespace {

/// Collects every article that matches.
class Collector : public Xapian::MatchSpy {
public:
  void operator()(const Xapian::Document& document, double /*weight*/) override {
    articles.push_back(document.get_docid());
  }
  std::vector<Xapian::docid> articles;
};

/// One search on one snapshot.
class Search {
public:
  Search(Snapshot& index, const SearchRequest& request) : index_(index), request_(request), tree_(request.tree) {}

  Results run() {
    results_.query = request_.query;
    results_.offset = request_.offset;
    build(Matching::all);
    match();
    suggest_and_correct();
    if (results_.total == 0) relax();
    describe();
    for (const Field facet : request_.facets)
      results_.facets.push_back(count_facet(index_, matched_, facet, request_.facet_limit));
    add_hits();
    return std::move(results_);
  }

private:
  void build(Matching matching) {
    built_ = build_query(tree_, index_, matching, request_.synonyms.get());
    found_query_ = built_.match;
    query_ = built_.ranked();
    if (request_.similar_to.empty()) return;
    const Xapian::Query similar = similar_to(request_.similar_to, index_);
    found_query_ = query_ = {Xapian::Query::OP_FILTER, similar, built_.match};
  }

  /// Finds in two passes: one counts every match and weighs nothing; the other, that ranks, may then leave out what
  /// cannot come among the first. Together they take a fifth of the time of one pass that weighs every match.
  void match() {
    count();
    if (request_.limit > 0) rank();
  }

  /// Shard by shard, since Xapian tells a spy the numbers that documents have in their shards.
  void count() {
    results_.total = 0;
    matched_.clear();
    for (const Shard& shard : index_.shards()) {
      Xapian::Enquire enquire(shard.database);
      enquire.set_query(found_query_);
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      Collector collector;
      if (!request_.facets.empty()) enquire.add_matchspy(&collector);
      const Xapian::MSet found = enquire.get_mset(0, 0, shard.database.get_doccount());
      results_.total += found.get_matches_estimated(); // exact, since all are checked
      matched_.push_back(std::move(collector.articles));
    }
  }

  void rank() {
    const Xapian::Database& database = index_.database();
    Xapian::Enquire enquire(database);
    enquire.set_query(query_);
    Xapian::MultiValueKeyMaker by_date;
    if (request_.sort == SortOrder::newest) enquire.set_sort_by_value_then_relevance(info(Field::date).slot, true);
    if (request_.sort == SortOrder::oldest) { // articles without a date come last here too
      by_date.add_value(info(Field::date).slot, false, "~");
      enquire.set_sort_by_key_then_relevance(&by_date, false);
    }
    const auto offset = static_cast<Xapian::doccount>(std::min<std::size_t>(request_.offset, database.get_doccount()));
    const auto limit = static_cast<Xapian::doccount>(std::min<std::size_t>(request_.limit, database.get_doccount()));
    ranked_ = enquire.get_mset(offset, limit);
  }

  /// Says how the query is rather spelled. Where it finds nothing, and there is little doubt, asks that instead.
  void suggest_and_correct() {
    Suggestion suggestion = suggest({request_.tree, request_.query, built_.missing, results_.total}, index_);
    results_.suggestion = std::move(suggestion.query);
    if (results_.total > 0 || suggestion.corrected.empty()) return;
    BuiltQuery as_typed = std::move(built_);
    tree_ = std::move(suggestion.tree);
    build(Matching::all);
    match();
    if (results_.total > 0) {
      built_.notices.push_back(fmt::format("No article has {}{}: these are the results for \"{}\".",
                                           suggestion.replaced.size() > 1 ? "any of " : "",
                                           fmt::join(suggestion.replaced, ", "), suggestion.corrected));
      results_.corrected = std::move(suggestion.corrected);
      if (results_.suggestion == results_.corrected) results_.suggestion.clear();
    } else {
      tree_ = request_.tree;
      built_ = std::move(as_typed);
    }
  }

  /// Nothing has all the words: what has some of them?
  void relax() {
    BuiltQuery strict = std::move(built_);
    build(Matching::any);
    match();
    built_.notices = std::move(strict.notices);
    if (strict.missing.size() == 1) built_.notices.push_back(fmt::format("No article has {}.", strict.missing.front()));
    if (strict.missing.size() > 1)
      built_.notices.push_back(fmt::format("No article has any of {}.", fmt::join(strict.missing, ", ")));
    results_.relaxed = results_.total > 0;
    if (results_.relaxed) built_.notices.emplace_back("No article has all the words; these have some of them.");
  }

  void describe() {
    results_.notices = built_.notices;
    if (!request_.explain) return;
    std::istringstream tree(query::to_string(tree_));
    for (std::string line; std::getline(tree, line);) results_.explained.push_back(line);
    std::ranges::copy(built_.readings, std::back_inserter(results_.explained));
    results_.explained.push_back(query_.get_description());
  }

  void add_hits() {
    SnippetMaker snippets(built_.terms);
    std::size_t rank = request_.offset;
    for (auto it = ranked_.begin(); it != ranked_.end(); ++it) {
      Hit hit = read_hit(it.get_document(), *it);
      hit.rank = ++rank;
      hit.score = it.get_weight();
      text::Analyzer& analyzer = analyzers_.try_emplace(hit.article.language, hit.article.language).first->second;
      hit.snippet = snippets.snippet(hit.article.body, hit.article.title, analyzer);
      hit.title = snippets.highlight(title_of(hit.article), analyzer);
      if (request_.explain) explain(it, hit);
      results_.hits.push_back(std::move(hit));
    }
  }

public:
  /// The article and its entities, without anything that depends on a query.
  Hit read_hit(const Xapian::Document& document, Xapian::docid number) {
    Hit hit{.article = decode_article(document.get_data())};
    Shard& shard = index_.shard_of(number);
    for (const EntityKind kind : k_entity_kinds)
      hit.entities[static_cast<std::size_t>(kind)] = shard.values_of(document, field_of(kind));
    return hit;
  }

  static std::string title_of(const Article& article) {
    return article.title.empty() ? std::filesystem::path(article.path).filename().string() : article.title;
  }

private:
  /// Which terms of the query the article has, and how often.
  void explain(const Xapian::MSetIterator& it, Hit& hit) const {
    const Xapian::Document document = it.get_document();
    std::map<std::string, Xapian::termcount> counts;
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) counts[*term] = term.get_wdf();
    Xapian::Enquire enquire(index_.database());
    enquire.set_query(query_);
    for (auto term = enquire.get_matching_terms_begin(*it); term != enquire.get_matching_terms_end(*it); ++term)
      hit.explanation.push_back(explain_term(*term, counts[*term]));
    hit.explanation.push_back(fmt::format("score {:.3f}", it.get_weight()));
  }

  /// Terms are stems, which `forms of` says: `forms of licens in the text, 3 times (in 12 articles)`.
  std::string explain_term(const std::string& term, Xapian::termcount count) const {
    const FieldInfo& field = field_of_term(term);
    const std::string value = term.substr(field.prefix.size());
    const std::string articles = fmt::format("(in {} articles)", index_.database().get_termfreq(term));
    if (field.field == Field::acronym) return fmt::format("{} in capitals {}", value, articles);
    if (field.use != FieldUse::text) return fmt::format("{}:{} {}", field.name, value, articles);
    const std::string_view place = field.field == Field::title ? "headline" : "text";
    return fmt::format("forms of {} in the {}, {} times {}", value, place, count, articles);
  }

  static const FieldInfo& field_of_term(const std::string& term) {
    for (const FieldInfo& field : fields()) {
      if (!field.prefix.empty() && term.starts_with(field.prefix)) return field;
    }
    return info(Field::body);
  }

  Snapshot& index_;
  const SearchRequest& request_;
  query::Node tree_; // as asked for, or corrected
  BuiltQuery built_;
  Xapian::Query found_query_; // decides what is found
  Xapian::Query query_;       // finds the same and ranks it
  Xapian::MSet ranked_;
  ArticleSet matched_; // every article found, where facets are asked for
  std::map<std::string, text::Analyzer> analyzers_;
  Results results_;
};

/// Whether a name, or a word of it, begins with `beginning`; both as facet keys.
bool begins(const std::string& key, const std::string& beginning) {
  return key.starts_with(beginning) || key.find(' ' + beginning) != std::string::npos;
}

} // namespace

Results search(Index& index, const SearchRequest& request) {
  return index.read([&](Snapshot& snapshot) { return Search(snapshot, request).run(); });
}

std::vector<FacetCount> list_values(Index& index, Field facet, const std::string& beginning, SearchRequest within) {
  within.facets = {facet};
  within.facet_limit = SIZE_MAX;
  within.limit = 0;
  Results results = search(index, within);
  if (results.relaxed || !results.corrected.empty()) return {};
  std::vector<FacetCount> values = std::move(results.facets.front().values);
  const std::string key = facet_key(beginning);
  std::erase_if(values, [&](const FacetCount& value) { return !begins(facet_key(value.value), key); });
  return values;
}

std::optional<Hit> find_article(Index& index, const std::string& path) {
  return index.read([&](Snapshot& snapshot) -> std::optional<Hit> {
    const auto number = document_at(path, snapshot);
    if (!number) return std::nullopt;
    Hit hit = Search(snapshot, {}).read_hit(snapshot.database().get_document(*number), *number);
    hit.title.text = Search::title_of(hit.article);
    return hit;
  });
}

} // namespace pfind::searcher
