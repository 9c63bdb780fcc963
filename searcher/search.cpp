#include "searcher/search.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>

#include "common/stored_article.hpp"
#include "common/text/fold.hpp"
#include "searcher/deadline.hpp"
#include "searcher/entity_names.hpp"
#include "searcher/facets.hpp"
#include "searcher/first_articles.hpp"
#include "searcher/query/builder.hpp"
#include "searcher/query/filter_terms.hpp"
#include "searcher/query/lexer.hpp"
#include "searcher/query/matches.hpp"
#include "searcher/ranking/explanation.hpp"
#include "searcher/ranking/first_stage.hpp"
#include "searcher/ranking/ranker.hpp"
#include "searcher/ranking/recency.hpp"
#include "searcher/similar.hpp"
#include "searcher/snippets.hpp"
#include "searcher/suggestions.hpp"
#include "searcher/wanted_parts.hpp"

namespace pfind::searcher {
namespace {

/// Says which words no article has; the first of them, since a pasted text may have many.
std::string missing_notice(const std::vector<std::string>& words) {
  constexpr std::size_t k_named = 10;
  std::vector<std::string> named;
  for (std::size_t i = 0; i < std::min(words.size(), k_named); ++i) named.push_back(query::excerpt(words[i]));
  const std::string more = words.size() > k_named ? fmt::format(" and {} more", words.size() - k_named) : "";
  return fmt::format("No article has {}{}{}.", words.size() == 1 ? "" : "any of ", fmt::join(named, ", "), more);
}

/// `a + b`, or the largest number where it is larger: a limit may be that.
std::size_t sum_of(std::size_t a, std::size_t b) { return b > SIZE_MAX - a ? SIZE_MAX : a + b; }

/// The names in both.
std::vector<std::string> shared(const EntitySets& a, const EntitySets& b) {
  std::vector<std::string> names;
  for (std::size_t kind = 0; kind < a.size(); ++kind) {
    for (const std::string& name : a[kind]) {
      if (std::ranges::find(b[kind], name) != b[kind].end()) names.push_back(name);
    }
  }
  return names;
}

/// Words of a query up to which those that no article has, or one that is shown, are named though others were found; a
/// text always has such.
constexpr std::size_t k_words_named = 12;

/// How many results are shown with a snippet though the time is up.
constexpr std::size_t k_shown_late = 10;

/// What settling the best articles may cost where the limit was reached by those that are counted (see StoredText).
constexpr std::size_t k_spent_on_best = 70'000;

/// How many results the first page is filled up to with articles that lack words.
constexpr std::size_t k_filled_page = 10;

using Parts = std::vector<WantedPart>;

/// A built query with the order of what it finds.
struct Ranking {
  BuiltQuery query;
  std::unique_ptr<Ranker> ranker; ///< refers to `query`
  std::vector<RankedArticle> articles;
};

/// One search on one snapshot.
class Search {
public:
  Search(Snapshot& index, const SearchRequest& request, const Deadline& deadline = {})
      : index_(index), request_(request), deadline_(deadline), first_(index, request, deadline), tree_(request.tree),
        matching_(matching_of(request)) {}

  Results run() {
    results_.query = request_.query;
    results_.offset = request_.offset;
    full_.query = build(matching_);
    match();
    const bool is_cut_short = results_.timed_out;
    if (!is_late() && (is_empty_ || !request_.without_total)) suggest_and_correct();
    if (!is_late() && is_empty_) relax();
    describe();
    for (const Field facet : request_.facets)
      results_.facets.push_back(count_facet(index_, matched_, facet, request_.facet_limit));
    add_hits(full_);
    if (!is_late() && !is_empty_ && !results_.relaxed) add_partial();
    if (results_.timed_out) tell_lateness(is_cut_short);
    return std::move(results_);
  }

private:
  /// Whether the time is up, so that what was not begun yet is left out.
  bool is_late() {
    results_.timed_out = results_.timed_out || deadline_.has_passed();
    return results_.timed_out;
  }

  /// Any article with a word of a long query is found where the best come first. Where all count alike, those with a
  /// few of its words would drown the others.
  static Matching matching_of(const SearchRequest& request) {
    const bool by_date = request.sort == SortOrder::newest || request.sort == SortOrder::oldest;
    const bool counts = request.limit == 0 || !request.facets.empty() || by_date;
    return request.matching == Matching::automatic && counts ? Matching::countable : request.matching;
  }

  BuiltQuery build(Matching matching) const {
    BuiltQuery built = build_query(tree_, index_, matching, request_.synonyms.get());
    if (request_.similar_to.empty()) return built;
    SimilarQuery similar = similar_to(request_.similar_to, index_, request_.model);
    built.match = {Xapian::Query::OP_FILTER, similar.match, built.match};
    built.words = std::move(similar.words);
    if (built.words.words.empty())
      built.notices.emplace_back("The article has no word that tells of it and that others have.");
    return built;
  }

  /// Finds in two passes: one takes every match from the posting lists and weighs nothing; the other, that ranks, may
  /// then leave out what cannot come among the first.
  void match() {
    if (!request_.without_total || request_.limit == 0 || !request_.facets.empty()) count();
    if (request_.limit > 0) rank(full_, request_.offset, request_.limit);
    is_empty_ = results_.total == 0 && found_ == 0;
  }

  void count() {
    results_.total = 0;
    matched_.clear();
    for (const Shard& shard : index_.shards()) {
      matched_.push_back(found_in(shard));
      results_.total += matched_.back().count();
    }
  }

  /// All that matches in a shard or, where the time is limited, what was found of it by then.
  DocumentBits found_in(const Shard& shard) {
    if (!deadline_.is_set()) return matches(full_.query.match, shard.lists);
    shard.lists.compare_lists(full_.query.match);
    Xapian::Enquire enquire(shard.database);
    enquire.set_query(full_.query.match);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    FoundArticles collector(deadline_);
    enquire.add_matchspy(&collector);
    try {
      enquire.get_mset(0, 0, shard.database.get_doccount());
    } catch (const TimeUp&) {
      results_.timed_out = true;
    }
    DocumentBits found(shard.database.get_lastdocid());
    for (const Xapian::docid article : collector.articles()) found.add(article);
    return found;
  }

  /// Keeps in `ranking` those from `offset` on, at most `limit`.
  void rank(Ranking& ranking, std::size_t offset, std::size_t limit) {
    const std::size_t candidates = by_relevance() ? request_.model.candidates : 0;
    const bool by_coverage = by_relevance() && goes_by_coverage(ranking);
    // Over several indexes Xapian prunes by bounds that are a rounding error too low for the sums of many weights, and
    // loses articles that weigh the same: then none may be pruned.
    const bool prunes = !by_coverage || index_.shards().size() == 1;
    const std::size_t wanted = prunes ? std::max(candidates, sum_of(offset, limit)) : index_.database().get_doccount();
    const Parts parts = by_coverage ? ranking.query.wanted : Parts{};
    const Coverage coverage(parts, ranking.query.is_short_question, request_.model, index_);
    const std::vector<WeighedArticle> found =
        first_.find(ranking.query.match, coverage, wanted, known_matches(ranking));
    results_.timed_out = results_.timed_out || first_.timed_out();
    found_ = found.size();
    RankingModel model = request_.similar_to.empty() ? request_.model : for_similar(request_.model);
    model.candidates = candidates;
    ranking.ranker = std::make_unique<Ranker>(index_, ranking.query.words, model);
    ranking.articles = ranking.ranker->rank(found, coverage.of(first_of(found)));
    if (request_.sort == SortOrder::recent) favour_recent(ranking.articles, index_, model);
    const auto begin = static_cast<std::ptrdiff_t>(std::min(offset, ranking.articles.size()));
    ranking.articles.erase(ranking.articles.begin(), ranking.articles.begin() + begin);
    ranking.articles.resize(std::min(ranking.articles.size(), limit));
    if (!by_coverage || &ranking == &full_) return;
    for (RankedArticle& article : ranking.articles) article.coverage -= coverage.whole(); // as others have all
  }

  /// All that the query of a ranking matches; null where that is not known. Where some of what was counted was not
  /// looked at, that is made up for with the best.
  const ArticleSet* known_matches(const Ranking& ranking) {
    const bool is_sure = !full_.query.text->limit_reached();
    if (!is_sure && first_.goes_by_lists()) full_.query.text->allow(k_spent_on_best);
    const bool is_known = &ranking == &full_ && !matched_.empty() && (is_sure || !first_.goes_by_lists());
    return is_known ? &matched_ : nullptr;
  }

  bool by_relevance() const { return is_by_relevance(request_.sort); }

  /// Whether articles that have more of the query come first: where few words are asked for, not all are needed, and
  /// results say which they lack. A list that says so reads better that way; a run is no better for it
  /// (docs/RANKING.md).
  bool goes_by_coverage(const Ranking& ranking) const {
    const bool is_relaxed = &ranking != &full_ || results_.relaxed;
    const bool is_asked =
        request_.matching == Matching::automatic && request_.similar_to.empty() && !request_.only_locations;
    return is_asked && (is_relaxed || ranking.query.is_short_question) &&
           ranking.query.wanted.size() <= k_words_named && ranking.query.wanted.size() > 1;
  }

  /// The candidates among what was found.
  std::vector<Xapian::docid> first_of(const std::vector<WeighedArticle>& found) const {
    const std::size_t candidates = std::min<std::size_t>(found.size(), request_.model.candidates);
    std::vector<Xapian::docid> articles;
    for (std::size_t i = 0; i < candidates; ++i) articles.push_back(found[i].article);
    return articles;
  }

  /// Says how the query is rather spelled. Where it finds nothing, and there is little doubt, asks that instead.
  void suggest_and_correct() {
    Suggestion suggestion = suggest({request_.tree, request_.query, full_.query.missing, results_.total}, index_);
    results_.suggestion = std::move(suggestion.query);
    if (!is_empty_ || suggestion.corrected.empty()) return;
    BuiltQuery as_typed = std::move(full_.query);
    tree_ = std::move(suggestion.tree);
    full_.query = build(matching_);
    match();
    if (is_empty_) {
      tree_ = request_.tree;
      full_.query = std::move(as_typed);
      return;
    }
    full_.query.notices.push_back(fmt::format("No article has {}{}: these are the results for \"{}\".",
                                              suggestion.replaced.size() > 1 ? "any of " : "",
                                              fmt::join(suggestion.replaced, ", "), suggestion.corrected));
    results_.corrected = std::move(suggestion.corrected);
    if (results_.suggestion == results_.corrected) results_.suggestion.clear();
  }

  /// Nothing has all the words: what has some of them? A request that says how many must match gets no fewer.
  void relax() {
    if (request_.matching != Matching::automatic) {
      if (!full_.query.missing.empty()) full_.query.notices.push_back(missing_notice(full_.query.missing));
      return;
    }
    const BuiltQuery strict = std::move(full_.query);
    full_.query = build(Matching::any);
    results_.relaxed = true; // ranked as such
    match();
    full_.query.notices = strict.notices;
    std::vector<std::string>& notices = full_.query.notices;
    if (!strict.missing.empty()) notices.push_back(missing_notice(strict.missing));
    results_.relaxed = !is_empty_;
    const bool lacks_most = matching_ == Matching::countable && strict.is_gist;
    if (results_.relaxed)
      notices.push_back(
          fmt::format("No article has {} the words; these have some of them.", lacks_most ? "most of" : "all"));
  }

  /// Where all that have every word are shown and there is room left: articles that have some.
  void add_partial() {
    const std::size_t limit =
        request_.partial == Partial::few ? std::min(request_.limit, k_filled_page) : request_.limit;
    const bool may_follow =
        request_.partial == Partial::all || (request_.partial == Partial::few && request_.offset == 0);
    if (!may_follow || !by_relevance() || !full_.query.asks_for_all || request_.matching != Matching::automatic) return;
    if (found_ >= sum_of(request_.offset, limit) || !request_.similar_to.empty()) return;
    Ranking some{.query = build(Matching::any)};
    some.query.match = {Xapian::Query::OP_AND_NOT, some.query.match, full_.query.match};
    const std::size_t before = found_;
    const std::size_t offset = request_.offset - std::min(request_.offset, before);
    rank(some, offset, limit - (before - std::min(before, request_.offset)));
    add_hits(some);
    results_.partial = some.articles.size();
  }

  void tell_lateness(bool is_cut_short) {
    results_.notices.insert(results_.notices.begin(),
                            is_cut_short
                                ? "Time was up before all articles were looked at: there may be more, and better ones."
                                : "Time was up before all was shown: passages, suggestions or articles that have only "
                                  "some of the words may be missing.");
  }

  void describe() {
    results_.notices = full_.query.notices;
    if (matching_ == Matching::countable && full_.query.is_gist && !results_.relaxed && !is_empty_)
      results_.notices.emplace_back(
          "The query is a question or a longer text: only articles with most of its words count "
          "here (--match any takes those with any).");
    const bool has_named_missing = results_.relaxed || is_empty_;
    if (!has_named_missing && !full_.query.missing.empty() && full_.query.plain_words <= k_words_named)
      results_.notices.push_back(missing_notice(full_.query.missing));
    if (full_.query.text->limit_reached())
      results_.notices.emplace_back("Too many articles to read them all, so some were counted unread: exact spellings, "
                                    "sentences and numbers of mentions may not hold in them.");
    if (!request_.explain) return;
    std::istringstream tree(query::to_string(tree_));
    for (std::string line; std::getline(tree, line);) results_.explained.push_back(line);
    for (const NamedEntity& entity : full_.query.words.entities) {
      if (!entity.has_other_names) continue;
      results_.explained.push_back(fmt::format("{} is also looked for under its other names", entity.written));
    }
    std::ranges::copy(full_.query.readings, std::back_inserter(results_.explained));
    if (!request_.similar_to.empty()) results_.explained.push_back(telling_line(full_.query.words));
    results_.xapian_query = full_.query.match.get_description();
  }

  void add_hits(const Ranking& ranking) {
    const bool lacks_words = results_.relaxed || &ranking != &full_ || may_lack_words();
    const std::size_t first = results_.hits.size();
    if (request_.only_locations)
      add_locations(ranking);
    else
      add_texts(ranking);
    if (lacks_words) note_missing(first, ranking.articles);
  }

  /// Whether what is found need not have all the words of the query, and these are few enough to be told.
  bool may_lack_words() const {
    const bool are_optional =
        request_.matching == Matching::automatic ? full_.query.is_gist : request_.matching != Matching::all;
    return are_optional && full_.query.wanted.size() <= k_words_named;
  }

  std::size_t next_rank() const { return request_.offset + results_.hits.size() + 1; }

  void add_texts(const Ranking& ranking) {
    SnippetMaker snippets(ranking.query.terms);
    if (request_.explain) note_found(ranking);
    for (const RankedArticle& article : ranking.articles) {
      Hit hit = read_hit(article.article);
      hit.rank = next_rank();
      hit.score = article.score();
      text::Analyzer& analyzer = index_.analyzer(hit.article.language);
      if (results_.hits.size() < k_shown_late || !is_late())
        hit.snippet = snippets.snippet(hit.article.body, hit.article.title, analyzer);
      hit.title = snippets.highlight(title_of(hit.article), analyzer);
      if (request_.explain) hit.explanation = explanation_of(article, hit, ranking, analyzer);
      results_.hits.push_back(std::move(hit));
    }
  }

  std::vector<std::string> explanation_of(const RankedArticle& article, const Hit& hit, const Ranking& ranking,
                                          text::Analyzer& analyzer) {
    if (!request_.similar_to.empty())
      return explain_likeness(article, ranking.query.words, shared(hit.entities, original()), *ranking.ranker);
    std::vector<text::Token> tokens = analyzer.analyze(hit.article.title);
    std::ranges::move(analyzer.analyze(hit.article.body), std::back_inserter(tokens));
    return explain(article, ranking.query.words, found_parts_[article.article], *ranking.ranker, tokens);
  }

  /// What of the query each of the articles has.
  void note_found(const Ranking& ranking) {
    const std::vector<std::set<Xapian::docid>> all = having(ranking.query.wanted, numbers_of(ranking.articles), index_);
    for (std::size_t part = 0; part < all.size(); ++part) {
      for (const Xapian::docid article : all[part]) found_parts_[article].push_back(&ranking.query.wanted[part]);
    }
  }

  static std::vector<Xapian::docid> numbers_of(const std::vector<RankedArticle>& articles) {
    std::vector<Xapian::docid> numbers;
    for (const RankedArticle& article : articles) numbers.push_back(article.article);
    return numbers;
  }

  /// The entities of the article that others are to be like.
  const EntitySets& original() {
    if (!original_) {
      const Xapian::docid number = document_at(request_.similar_to, index_).value();
      original_ = read_hit(number).entities;
    }
    return *original_;
  }

  void add_locations(const Ranking& ranking) {
    for (const RankedArticle& article : ranking.articles) {
      Identity identity = index_.identity_of(article.article);
      results_.hits.push_back({.rank = next_rank(),
                               .score = article.score(),
                               .article = std::move(identity.article),
                               .copies = std::move(identity.copies)});
    }
  }

  /// What of the query each of the hits from `first` on lacks.
  void note_missing(std::size_t first, const std::vector<RankedArticle>& articles) {
    if (request_.only_locations || articles.empty()) return;
    const std::vector<std::set<Xapian::docid>> all = having(full_.query.wanted, numbers_of(articles), index_);
    for (std::size_t part = 0; part < all.size(); ++part) {
      for (std::size_t i = 0; i < articles.size(); ++i) {
        if (!all[part].contains(articles[i].article))
          results_.hits[first + i].missing.push_back(full_.query.wanted[part].written);
      }
    }
  }

public:
  /// The article and its entities, without anything that depends on a query.
  Hit read_hit(Xapian::docid number) {
    return {.article = index_.article(number),
            .copies = decode_appearances(index_.database().value(number, info(Field::copies).slot)),
            .entities = entities_of(number, index_)};
  }

  static std::string title_of(const Article& article) {
    return article.title.empty() ? std::filesystem::path(article.path).filename().string() : article.title;
  }

private:
  Snapshot& index_;
  const SearchRequest& request_;
  const Deadline& deadline_;
  FirstArticles first_;
  query::Node tree_;                                // as asked for, or corrected
  const Matching matching_;                         // automatic or countable, as the request needs, or as asked for
  Ranking full_;                                    // has what the query asks for
  std::size_t found_ = 0;                           // by the last ranking, at most as many as it asked for
  bool is_empty_ = false;                           // nothing was found
  ArticleSet matched_;                              // every article found, where they are counted
  std::optional<EntitySets> original_;              // see original()
  std::map<Xapian::docid, FoundParts> found_parts_; // of the articles shown, where that is to be explained
  Results results_;
};

/// Whether a name, or a word of it, begins with `beginning`; both as facet keys.
bool begins(const std::string& key, const std::string& beginning) {
  return key.starts_with(beginning) || key.find(' ' + beginning) != std::string::npos;
}

} // namespace

Results search(Index& index, const SearchRequest& request) {
  const Deadline deadline(request.time_limit); // however often a writer makes it begin anew
  return index.read([&](Snapshot& snapshot) {
    snapshot.forget_if_much();
    for (const Shard& shard : snapshot.shards()) shard.lists.forget_phrases();
    return Search(snapshot, request, deadline).run();
  });
}

std::vector<FacetCount> list_values(Index& index, Field facet, const std::string& beginning, SearchRequest within,
                                    bool* timed_out) {
  within.facets = {facet};
  within.facet_limit = SIZE_MAX;
  within.limit = 0;
  Results results = search(index, within);
  if (timed_out != nullptr) *timed_out = results.timed_out;
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
    Hit hit = Search(snapshot, {}).read_hit(*number);
    hit.title.text = Search::title_of(hit.article);
    return hit;
  });
}

} // namespace pfind::searcher
