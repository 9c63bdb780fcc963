#include "searcher/ranking/recency.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

namespace pfind::searcher {
namespace {

/// The day of a date's value: YYYYMMDD, maybe followed by the time.
std::optional<std::chrono::sys_days> day_of(std::string_view value) {
  unsigned number = 0;
  if (value.size() < 8 || std::from_chars(value.data(), value.data() + 8, number).ptr != value.data() + 8)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(number / 10000)},
                                         std::chrono::month{number / 100 % 100}, std::chrono::day{number % 100}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

} // namespace

void favour_recent(std::vector<RankedArticle>& articles, Snapshot& index, const RankingModel& model) {
  const Xapian::valueno slot = info(Field::date).slot;
  const auto newest = day_of(index.database().get_value_upper_bound(slot));
  if (!newest) return;
  const auto count = std::min(articles.size(), model.candidates);
  for (std::size_t i = 0; i < count; ++i) {
    RankedArticle& article = articles[i];
    const auto day = day_of(index.database().value(article.article, slot));
    const double freshness =
        day ? std::exp2(-static_cast<double>((*newest - *day).count()) / model.recency_half_life) : 0;
    article.age = -model.recency * (1 - freshness) * article.score();
  }
  // The rest is behind them as if it were as old as can be, so that scores never increase.
  for (std::size_t i = count; i < articles.size(); ++i) articles[i].age = -model.recency * articles[i].score();
  const auto end = articles.begin() + static_cast<std::ptrdiff_t>(count);
  std::stable_sort(articles.begin(), end, [](const auto& a, const auto& b) { return a.score() > b.score(); });
}

} // namespace pfind::searcher
