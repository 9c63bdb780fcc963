#include "corpus/reader/skipped.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <utility>

#include "common/terminal.hpp"

namespace pfind::corpus {
namespace {

// Reasons are few by nature; those that quote what they met are not, and must not fill the memory.
constexpr std::size_t k_most_reasons = 100;

} // namespace

void Skipped::add(std::string where, std::string reason) {
  const auto group_of = [&](std::string_view wanted) {
    return std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) { return group.reason == wanted; });
  };
  auto group = group_of(reason);
  if (group == groups_.end() && groups_.size() >= k_most_reasons) {
    reason = "holds no article, for yet another reason";
    group = group_of(reason);
  }
  if (group != groups_.end()) {
    ++group->records;
  } else {
    groups_.push_back({std::move(where), std::move(reason)});
  }
}

void Skipped::report(const std::string& path, const ReadEvents& events) const {
  for (const Group& group : groups_) {
    const std::size_t others = group.records - 1;
    events.problem({path, group.where,
                    others == 0 ? group.reason : fmt::format("{}; {} more likewise", group.reason, grouped(others))});
  }
}

} // namespace pfind::corpus
