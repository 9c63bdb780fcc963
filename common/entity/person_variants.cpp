#include "common/entity/person_variants.hpp"

#include <algorithm>
#include <map>
#include <string>

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
void join_middles(const std::vector<Parts>& namesakes, Pairs& pairs) {
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
void join_initials(const std::vector<Parts>& family, Pairs& pairs) {
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

} // namespace

Pairs person_variants(std::span<const std::string_view> names) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Parts>> by_first_and_last;
  std::map<std::string_view, std::vector<Parts>> with_middle; // by family name
  for (std::size_t i = 0; i < names.size(); ++i) {
    Parts parts{.index = i};
    if (!parse(names[i], parts)) continue;
    if (!is_initial(parts.first)) by_first_and_last[{parts.first, parts.last}].push_back(parts);
    if (!parts.middle.empty()) with_middle[parts.last].push_back(parts);
  }
  Pairs pairs;
  for (const auto& [name, namesakes] : by_first_and_last) join_middles(namesakes, pairs);
  for (const auto& [name, family] : with_middle) join_initials(family, pairs);
  return pairs;
}

} // namespace pfind
