#include "searcher/first_articles.hpp"

#include <algorithm>

#include "searcher/first_days.hpp"
#include "searcher/query/document_set.hpp"
#include "searcher/query/matches.hpp"

namespace pfind::searcher {
namespace {

/// Articles by date of which, where time is up, so many are put in order.
constexpr std::size_t k_kept_by_date = 20'000;

} // namespace

bool FirstArticles::goes_by_lists() const {
  return is_by_relevance(request_.sort) && !deadline_.is_set() && index_.shards().size() == 1;
}

std::vector<WeighedArticle> FirstArticles::find(const Xapian::Query& query, const Coverage& coverage,
                                                std::size_t wanted, const ArticleSet* matched) {
  if (goes_by_lists()) {
    Shard& shard = index_.shards().front();
    const DocumentBits* const known = matched != nullptr ? &matched->front() : nullptr;
    if (auto best = best_articles(query, wanted, shard.lists, shard.lengths(), request_.model, known,
                                  coverage.constant_weights()))
      return *std::move(best);
  }
  const Xapian::MSet found = find_by_xapian(coverage.added_to(query), wanted, matched);
  std::vector<WeighedArticle> articles;
  for (auto it = found.begin(); it != found.end(); ++it) articles.push_back({*it, it.get_weight()});
  return articles;
}

Xapian::MSet FirstArticles::find_by_xapian(const Xapian::Query& query, std::size_t wanted, const ArticleSet* matched) {
  const bool by_relevance = is_by_relevance(request_.sort);
  const Xapian::Database& database =
      by_relevance ? index_.database().for_query(query) : index_.database().sorted_by(info(Field::date).slot, query);
  Xapian::Enquire enquire(database);
  const std::optional<DocumentBits> days = first_days(wanted, matched);
  enquire.set_query(days ? Xapian::Query(Xapian::Query::OP_FILTER, query, query_of(*days)) : query);
  enquire.set_weighting_scheme(request_.model.first_stage());
  Xapian::MultiValueKeyMaker by_date;
  if (request_.sort == SortOrder::newest) enquire.set_sort_by_value_then_relevance(info(Field::date).slot, true);
  if (request_.sort == SortOrder::oldest) { // articles without a date come last here too
    by_date.add_value(info(Field::date).slot, false, "~");
    enquire.set_sort_by_key_then_relevance(&by_date, false);
  }
  const auto most = static_cast<Xapian::doccount>(std::min<std::size_t>(wanted, database.get_doccount()));
  if (!deadline_.is_set()) return enquire.get_mset(0, most);
  FoundArticles found(deadline_, by_relevance ? std::max<std::size_t>(wanted, 1) : k_kept_by_date);
  enquire.add_matchspy(&found);
  try {
    return enquire.get_mset(0, most);
  } catch (const TimeUp&) {
    timed_out_ = true;
  }
  enquire.clear_matchspies();
  enquire.set_query({Xapian::Query::OP_FILTER, query, among(found.articles())});
  return enquire.get_mset(0, most);
}

/// The articles of these numbers in any shard: Xapian does not say which shard one belongs to.
Xapian::Query FirstArticles::among(std::vector<Xapian::docid> articles) {
  std::ranges::sort(articles);
  return documents(index_, [&](const PostingLists&) { return articles; });
}

/// Where results go by date: the articles among which the first `wanted` are, if they are not all to be compared.
std::optional<DocumentBits> FirstArticles::first_days(std::size_t wanted, const ArticleSet* matched) const {
  if (is_by_relevance(request_.sort) || matched == nullptr || matched->size() != 1) return std::nullopt;
  return articles_of_first_days(matched->front(), request_.sort == SortOrder::newest, wanted,
                                index_.shards().front().lists);
}

} // namespace pfind::searcher
