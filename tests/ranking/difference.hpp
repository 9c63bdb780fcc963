#pragma once

#include <string>
#include <vector>

#include "tests/ranking/judgements.hpp"
#include "tests/ranking/rankings.hpp"

namespace pfind::tests {

/// What changed from one set of rankings to another, to be read by people: per query that changed its nDCG@10 before
/// and after, and every article that moved with its place before, its place now and its grade; the mean over all
/// queries first. Empty where nothing changed.
std::string difference(const Rankings& before, const Rankings& after, const std::vector<JudgedQuery>& judged);

} // namespace pfind::tests
