#include "tests/ranking/difference.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>

namespace pfind::tests {

namespace {

using Names = std::vector<std::string>;

const Ranking* find(const Rankings& rankings, const std::string& query) {
  const auto found = std::ranges::find(rankings, query, &Ranking::query);
  return found == rankings.end() ? nullptr : &*found;
}

/// `-` where it has none.
std::string place_in(const Names& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? "-" : std::to_string(found - names.begin() + 1);
}

std::string grade_in(const std::vector<JudgedQuery>& judged, const std::string& query, const std::string& name) {
  const auto found = std::ranges::find(judged, query, [](const JudgedQuery& one) { return label(one.query); });
  const auto grade = found == judged.end() ? std::nullopt : found->grade_of(name);
  return grade ? std::to_string(*grade) : "-";
}

/// Those of both, in the order of `after`, then those that fell out.
Names union_of(const Names& before, const Names& after) {
  Names all = after;
  for (const std::string& name : before)
    if (std::ranges::find(after, name) == after.end()) all.push_back(name);
  return all;
}

std::string moves(const Ranking& before, const Ranking& after, const std::vector<JudgedQuery>& judged) {
  std::string text;
  for (const std::string& name : union_of(before.names, after.names)) {
    const std::string was = place_in(before.names, name);
    const std::string is = place_in(after.names, name);
    if (was != is) text += fmt::format("  {:>3} {:>3} {:>6}  {}\n", was, is, grade_in(judged, after.query, name), name);
  }
  return text.empty() ? "  no article moved, the judgements changed\n" : "  was  is  grade\n" + text;
}

std::string changed(const Ranking& before, const Ranking& after, const std::vector<JudgedQuery>& judged) {
  if (before == after) return {};
  return fmt::format("\n{}\n  nDCG@10 {:.3f} -> {:.3f}\n{}", after.query, before.ndcg, after.ndcg,
                     moves(before, after, judged));
}

std::string added(const Ranking& after, const std::vector<JudgedQuery>& judged) {
  return fmt::format("\n{}\n  a new query, nDCG@10 {:.3f}\n{}", after.query, after.ndcg, moves({}, after, judged));
}

} // namespace

std::string difference(const Rankings& before, const Rankings& after, const std::vector<JudgedQuery>& judged) {
  std::string text;
  for (const Ranking& now : after) {
    const Ranking* was = find(before, now.query);
    text += was != nullptr ? changed(*was, now, judged) : added(now, judged);
  }
  for (const Ranking& was : before)
    if (find(after, was.query) == nullptr) text += fmt::format("\n{}\n  no longer asked\n", was.query);
  if (text.empty()) return {};
  return fmt::format("mean nDCG@10 {:.3f} -> {:.3f}\n", mean_ndcg(before), mean_ndcg(after)) + text;
}

} // namespace pfind::tests
