#include "searcher/facets.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

namespace pfind::searcher {

std::string display_value(const FacetDictionary& names, std::uint32_t number) {
  switch (names.field()) {
  case Field::year: return fmt::format("{:04}", number);
  case Field::month: return fmt::format("{:04}-{:02}", number / 100, number % 100);
  default: return names.name(number);
  }
}

FacetCounts count_facet(Snapshot& index, const ArticleSet& articles, Field facet, std::size_t limit) {
  // Shards number their values apart; names bring them together, under the key that the filter uses.
  std::unordered_map<std::string, FacetCount> by_key;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    Shard& shard = index.shards()[i];
    const FacetColumn& column = shard.column(facet);
    std::unordered_map<std::uint32_t, std::uint64_t> by_number;
    for (const Xapian::docid article : articles[i]) {
      for (const std::uint32_t value : column.values(article)) ++by_number[value];
    }
    for (const auto& [number, count] : by_number) {
      const std::string value = display_value(shard.dictionary(facet), number);
      by_key.try_emplace(facet_key(value), FacetCount{value, 0}).first->second.count += count;
    }
  }
  FacetCounts counts{.field = facet, .distinct = by_key.size()};
  for (auto& [key, counted] : by_key) counts.values.push_back(std::move(counted));
  const auto more_frequent = [](const FacetCount& a, const FacetCount& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  };
  const auto kept = counts.values.begin() + static_cast<std::ptrdiff_t>(std::min(limit, counts.values.size()));
  std::partial_sort(counts.values.begin(), kept, counts.values.end(), more_frequent);
  counts.values.erase(kept, counts.values.end());
  return counts;
}

} // namespace pfind::searcher
