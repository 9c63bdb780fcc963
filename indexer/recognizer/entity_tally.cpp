#include "indexer/recognizer/entity_tally.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace pfind::indexer {
namespace {

/// Names are written across the ends of lines.
std::string with_single_spaces(std::string_view text) {
  std::string form;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) form += c;
    if (space && !form.ends_with(' ')) form += ' ';
  }
  return form;
}

/// The keys, most mentioned first, ties in order of first mention.
template <typename Counts, typename Count>
std::vector<std::string> by_mentions(const Counts& counts, Count&& count_of) {
  std::vector<std::string> names;
  for (const auto& [name, counted] : counts) names.push_back(name);
  std::ranges::sort(names, [&](const std::string& a, const std::string& b) {
    const auto& x = count_of(counts.at(a));
    const auto& y = count_of(counts.at(b));
    return x.mentions != y.mentions ? x.mentions > y.mentions : x.first < y.first;
  });
  return names;
}

} // namespace

void EntityTally::add(const EntityMention& mention, std::string_view text) {
  auto& entity = entities_[static_cast<std::size_t>(mention.kind)][mention.name];
  const std::string form = with_single_spaces(text.substr(mention.begin, mention.end - mention.begin));
  for (Count* count : {&entity.count, &entity.forms[form]}) {
    if (count->mentions++ == 0) count->first = mentions_;
  }
  ++mentions_;
}

ArticleEntities EntityTally::take() {
  ArticleEntities taken;
  for (std::size_t kind = 0; kind < entities_.size(); ++kind) {
    for (const std::string& name : by_mentions(
             entities_[kind], [](const Entity& e) -> auto& { return e.count; })) {
      std::vector<std::string> forms = by_mentions(
          entities_[kind].at(name).forms, [](const Count& count) -> auto& { return count; });
      std::erase(forms, name);
      taken[kind].push_back({name, std::move(forms)});
    }
  }
  *this = {};
  return taken;
}

} // namespace pfind::indexer
