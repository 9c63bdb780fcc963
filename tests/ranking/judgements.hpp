#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pfind::tests {

inline constexpr int k_near_miss = 0;
inline constexpr int k_relevant = 2; ///< and better
inline constexpr int k_answer = 3;

/// A query and the grades (0 to 3, see judgements.txt) of the articles that were judged for it, by name.
struct JudgedQuery {
  std::string query;
  std::map<std::string, int> grades;

  std::optional<int> grade_of(const std::string& name) const;
};

/// What a query is called in the golden file and in messages: itself, or its beginning where it is long.
std::string label(const std::string& query);

/// Reads judgements in the format that judgements.txt explains. Throws std::runtime_error with the number of the line
/// where something else is found, a query is judged twice or nothing is relevant to it.
std::vector<JudgedQuery> parse_judgements(std::string_view text);

} // namespace pfind::tests
