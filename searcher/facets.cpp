#include "searcher/facets.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "searcher/facet_entries.hpp"

namespace pfind::searcher {
namespace {

/// How many articles have an entry of a facet.
struct Counted {
  std::uint32_t entry = 0;
  std::uint32_t count = 0;
};

/// Counts the entries of a facet; an article counts once for each, however many of its names it has.
class EntryCounter {
public:
  EntryCounter(Snapshot& index, FacetEntries& entries) : index_(index), entries_(entries) {}

  void count(std::size_t shard, const DocumentBits& articles) {
    if (const FacetColumn* const known = entries_.of_articles(shard))
      count_known(*known, articles);
    else
      count_unknown(shard, articles);
  }

  /// The entries that any article has.
  std::vector<Counted> counted() const {
    std::vector<Counted> all;
    for (std::size_t entry = 0; entry < counts_.size(); ++entry) {
      if (counts_[entry] > 0) all.push_back({static_cast<std::uint32_t>(entry), counts_[entry]});
    }
    return all;
  }

private:
  void count_known(const FacetColumn& entries, const DocumentBits& articles) {
    articles.for_each([&](Xapian::docid article) {
      for (const std::uint32_t entry : entries.values(article)) {
        if (entry >= counts_.size()) counts_.resize(2 * std::size_t{entry} + 1);
        ++counts_[entry];
      }
    });
  }

  void count_unknown(std::size_t shard, const DocumentBits& articles) {
    std::ranges::fill(latest_, 0); // shards number their articles apart
    std::vector<Source> sources;
    for (std::size_t i = 0; i < entries_.sources().size(); ++i)
      sources.push_back({index_.shards()[shard].column(entries_.sources()[i]), entries_.known(shard, i)});
    articles.for_each([&](Xapian::docid article) {
      for (std::size_t i = 0; i < sources.size(); ++i) {
        const Source& source = sources[i];
        for (const std::uint32_t value : source.column.values(article)) {
          std::uint32_t entry = source.known.empty() ? value : source.known[value];
          if (entry == FacetEntries::k_unasked) entry = entries_.ask(shard, i, value);
          count_one(entry, article);
        }
      }
    });
  }

  struct Source {
    const FacetColumn& column;
    std::span<const std::uint32_t> known; ///< entries, by value
  };

  void count_one(std::uint32_t entry, Xapian::docid article) {
    if (entry == FacetEntries::k_nobody) return;
    if (entry >= latest_.size()) latest_.resize(2 * std::size_t{entry} + 1);
    if (entry >= counts_.size()) counts_.resize(latest_.size());
    counts_[entry] += latest_[entry] != article;
    latest_[entry] = article;
  }

  Snapshot& index_;
  FacetEntries& entries_;
  std::vector<std::uint32_t> counts_; // by entry
  std::vector<Xapian::docid> latest_; // by entry: the article that was counted last
};

/// Leaves out those that cannot be among the `limit` most frequent, whatever their names.
void keep_candidates(std::vector<Counted>& counted, std::size_t limit) {
  if (limit >= counted.size()) return;
  if (limit == 0) return counted.clear();
  const auto last = counted.begin() + static_cast<std::ptrdiff_t>(limit - 1);
  std::ranges::nth_element(counted, last, std::greater{}, &Counted::count);
  std::erase_if(counted, [least = last->count](const Counted& one) { return one.count < least; });
}

bool is_more_frequent(const FacetCount& a, const FacetCount& b) {
  return a.count != b.count ? a.count > b.count : a.value < b.value;
}

} // namespace

FacetCounts count_facet(Snapshot& index, const ArticleSet& articles, Field facet, std::size_t limit) {
  FacetEntries& entries = index.facet_entries(facet);
  EntryCounter counter(index, entries);
  for (std::size_t shard = 0; shard < articles.size(); ++shard) counter.count(shard, articles[shard]);
  std::vector<Counted> counted = counter.counted();
  FacetCounts counts{.field = facet, .distinct = counted.size()};
  keep_candidates(counted, limit);
  for (const Counted& one : counted) counts.values.push_back({entries.name(one.entry), one.count});
  const auto kept = counts.values.begin() + static_cast<std::ptrdiff_t>(std::min(limit, counts.values.size()));
  std::partial_sort(counts.values.begin(), kept, counts.values.end(), is_more_frequent);
  counts.values.erase(kept, counts.values.end());
  return counts;
}

} // namespace pfind::searcher
