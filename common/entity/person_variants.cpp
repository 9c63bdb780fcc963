#include "common/entity/person_variants.hpp"

#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

namespace pfind {
namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// A name of two or three words.
struct Parts {
  std::size_t index = 0;
  std::string_view first, middle, last;
};

bool is_initial(std::string_view word) { return word.size() == 1; }

/// Whether one may be the initial of the other, or they are equal.
bool agree(std::string_view a, std::string_view b) {
  return a == b || (a.front() == b.front() && (is_initial(a) || is_initial(b)));
}

bool parse(std::string_view name, Parts& parts) {
  const std::size_t first = name.find(' '), last = name.rfind(' ');
  if (first == std::string_view::npos) return false;
  parts.first = name.substr(0, first);
  parts.last = name.substr(last + 1);
  parts.middle = first == last ? std::string_view{} : name.substr(first + 1, last - first - 1);
  return parts.last.size() > 1 && parts.middle.find(' ') == std::string_view::npos && !parts.first.empty();
}

/// Those with the same first and last name are one where all middle names can be one and some article gives it as an
/// initial: `John Smith`, `John A Smith`, `John Albert Smith`.
void join_middles(std::span<const Parts> namesakes, Pairs& pairs) {
  std::string_view middle; // the fullest
  bool has_initial = false;
  for (const Parts& name : namesakes) {
    if (name.middle.empty()) continue;
    if (!middle.empty() && !agree(middle, name.middle)) return;
    if (name.middle.size() > middle.size()) middle = name.middle;
    has_initial = has_initial || is_initial(name.middle);
  }
  if (!has_initial) return;
  for (std::size_t i = 1; i < namesakes.size(); ++i) pairs.emplace_back(namesakes[0].index, namesakes[i].index);
}

/// `F L Smith` is the one whose first two names begin so.
void join_initials(std::span<const Parts> family, Pairs& pairs) {
  for (const Parts& name : family) {
    if (!is_initial(name.first) || !is_initial(name.middle)) continue;
    const Parts* only = nullptr;
    bool several = false;
    for (const Parts& other : family) {
      const bool fuller = !other.middle.empty() && !(is_initial(other.first) && is_initial(other.middle));
      if (!fuller || !agree(name.first, other.first) || !agree(name.middle, other.middle)) continue;
      several = several || (only != nullptr && !(agree(only->first, other.first) && agree(only->middle, other.middle)));
      only = &other;
    }
    if (only != nullptr && !several) pairs.emplace_back(only->index, name.index);
  }
}

/// Calls `use` with all that have the same key, in the order of the keys and of the names.
template <typename Key, typename Use>
void for_each_run(std::vector<Parts>& names, Key&& key, Use&& use) {
  std::ranges::stable_sort(names, {}, key);
  for (auto begin = names.begin(); begin != names.end();) {
    const auto end = std::find_if(begin, names.end(), [&](const Parts& name) { return key(name) != key(*begin); });
    use(std::span<const Parts>(begin, end));
    begin = end;
  }
}

} // namespace

Pairs person_variants(std::span<const std::string_view> names) {
  std::vector<Parts> with_first, with_middle;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Parts parts{.index = i};
    if (!parse(names[i], parts)) continue;
    if (!is_initial(parts.first)) with_first.push_back(parts);
    if (!parts.middle.empty()) with_middle.push_back(parts);
  }
  Pairs pairs;
  for_each_run(
      with_first, [](const Parts& name) { return std::tie(name.first, name.last); },
      [&](std::span<const Parts> namesakes) { join_middles(namesakes, pairs); });
  for_each_run(
      with_middle, [](const Parts& name) { return std::tie(name.last); },
      [&](std::span<const Parts> family) { join_initials(family, pairs); });
  return pairs;
}

} // namespace pfind
