#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/ranking/judgements.hpp"

namespace pfind::tests {

/// The first ten results of a query, as the golden file keeps them.
struct Ranking {
  std::string query; ///< its label
  double ndcg = 0;   ///< of the first ten, in whole thousandths, so that it is read as it was written
  std::vector<std::string> names;

  bool operator==(const Ranking&) const = default;
};

using Rankings = std::vector<Ranking>;

/// The part of a whole ranking that is kept.
Ranking ranking_of(const JudgedQuery& judged, const std::vector<std::string>& whole);

/// 0 where there are none.
double mean_ndcg(const Rankings& rankings);

/// The text of the golden file.
std::string print_rankings(const Rankings& rankings);

/// Reads what print_rankings wrote. Throws std::runtime_error with the number of a line that it cannot have written.
Rankings parse_rankings(std::string_view text);

} // namespace pfind::tests
