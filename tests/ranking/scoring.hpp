#pragma once

#include <string>
#include <vector>

#include "tests/ranking/judgements.hpp"

namespace pfind::tests {

/// Normalized discounted cumulative gain of the first ten of a ranking (Järvelin and Kekäläinen 2002; gains as in
/// Burges et al. 2005): the sum of (2^grade - 1) / log2(place + 1), divided by that of the best possible ranking. 0
/// to 1.
double ndcg(const JudgedQuery& judged, const std::vector<std::string>& ranking);

/// What is wrong with a whole ranking beyond any taste, a line each: a near miss above a relevant article (one that is
/// not found stands below all that are), a first result that is not relevant though an answer exists.
std::vector<std::string> failings(const JudgedQuery& judged, const std::vector<std::string>& ranking);

} // namespace pfind::tests
