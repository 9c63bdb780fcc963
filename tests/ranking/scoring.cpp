#include "tests/ranking/scoring.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <functional>

namespace pfind::tests {

namespace {

using Names = std::vector<std::string>;

constexpr std::size_t k_depth = 10;

/// Of grades in the order of a ranking.
double discounted_gain(const std::vector<int>& grades) {
  double sum = 0;
  for (std::size_t i = 0; i < std::min(k_depth, grades.size()); ++i)
    sum += (std::exp2(grades[i]) - 1) / std::log2(static_cast<double>(i) + 2);
  return sum;
}

std::vector<int> best_grades(const JudgedQuery& judged) {
  std::vector<int> grades;
  for (const auto& [name, grade] : judged.grades) grades.push_back(grade);
  std::ranges::sort(grades, std::greater{});
  return grades;
}

std::size_t place_of(const std::string& name, const Names& ranking) {
  return static_cast<std::size_t>(std::ranges::find(ranking, name) - ranking.begin()) + 1;
}

std::string described(const std::string& name, const Names& ranking) {
  const std::size_t place = place_of(name, ranking);
  return place > ranking.size() ? name + " (not found)" : fmt::format("{} (place {})", name, place);
}

Names near_misses_above(const JudgedQuery& judged, const Names& ranking, const std::string& relevant) {
  Names lines;
  for (const auto& [name, grade] : judged.grades)
    if (grade == k_near_miss && place_of(name, ranking) < place_of(relevant, ranking))
      lines.push_back(fmt::format("{}: the near miss {} stands above {}, grade {}", label(judged.query),
                                  described(name, ranking), described(relevant, ranking), judged.grades.at(relevant)));
  return lines;
}

bool answer_exists(const JudgedQuery& judged) {
  return std::ranges::any_of(judged.grades, [](const auto& judgement) { return judgement.second == k_answer; });
}

bool begins_with_relevant(const JudgedQuery& judged, const Names& ranking) {
  return !ranking.empty() && judged.grade_of(ranking.front()).value_or(k_near_miss) >= k_relevant;
}

} // namespace

double ndcg(const JudgedQuery& judged, const Names& ranking) {
  std::vector<int> grades;
  for (const std::string& name : ranking) grades.push_back(judged.grade_of(name).value_or(k_near_miss));
  return discounted_gain(grades) / discounted_gain(best_grades(judged));
}

Names failings(const JudgedQuery& judged, const Names& ranking) {
  Names lines;
  for (const auto& [name, grade] : judged.grades)
    if (grade >= k_relevant) std::ranges::copy(near_misses_above(judged, ranking, name), std::back_inserter(lines));
  if (answer_exists(judged) && !begins_with_relevant(judged, ranking))
    lines.push_back(fmt::format("{}: the first result is {}", label(judged.query),
                                ranking.empty() ? "missing" : "not relevant, " + ranking.front()));
  return lines;
}

} // namespace pfind::tests
