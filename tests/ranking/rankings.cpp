#include "tests/ranking/rankings.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <sstream>
#include <stdexcept>

#include "tests/ranking/scoring.hpp"

namespace pfind::tests {

namespace {

constexpr std::string_view k_mean_line = "mean nDCG@10 ";
constexpr std::string_view k_ndcg_line = "  nDCG@10 ";
constexpr std::size_t k_name_column = 5; // after the place, as in `   1 text/...`
constexpr std::size_t k_kept = 10;

double rounded(double ndcg) { return std::round(ndcg * 1000) / 1000; }

/// False where the line is none of a ranking's.
bool take_line(Ranking& ranking, std::string_view line) {
  if (!line.starts_with(k_ndcg_line)) {
    if (line.size() <= k_name_column || line[k_name_column - 1] != ' ') return false;
    ranking.names.emplace_back(line.substr(k_name_column));
    return true;
  }
  line.remove_prefix(k_ndcg_line.size());
  return std::from_chars(line.data(), line.data() + line.size(), ranking.ndcg).ec == std::errc{};
}

} // namespace

Ranking ranking_of(const JudgedQuery& judged, const std::vector<std::string>& whole) {
  const auto kept = static_cast<std::ptrdiff_t>(std::min(k_kept, whole.size()));
  return {label(judged.query), rounded(ndcg(judged, whole)), {whole.begin(), whole.begin() + kept}};
}

double mean_ndcg(const Rankings& rankings) {
  if (rankings.empty()) return 0;
  double sum = 0;
  for (const Ranking& ranking : rankings) sum += ranking.ndcg;
  return sum / static_cast<double>(rankings.size());
}

std::string print_rankings(const Rankings& rankings) {
  std::string text = fmt::format("{}{:.3f}\n", k_mean_line, mean_ndcg(rankings));
  for (const Ranking& ranking : rankings) {
    text += fmt::format("\n{}\n{}{:.3f}\n", ranking.query, k_ndcg_line, ranking.ndcg);
    for (std::size_t i = 0; i < ranking.names.size(); ++i) text += fmt::format("  {:2} {}\n", i + 1, ranking.names[i]);
  }
  return text;
}

Rankings parse_rankings(std::string_view text) {
  Rankings rankings;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line.starts_with(k_mean_line)) continue;
    if (!line.starts_with("  "))
      rankings.push_back({line, 0, {}});
    else if (rankings.empty() || !take_line(rankings.back(), line))
      throw std::runtime_error(fmt::format("rankings, line {}: not of a ranking: {}", number, line));
  }
  return rankings;
}

} // namespace pfind::tests
