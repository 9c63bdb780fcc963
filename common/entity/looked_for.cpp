#include "common/entity/looked_for.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "common/entity/name_key.hpp"

namespace pfind {
namespace {

/// A shipped name of some kind and where it stands.
struct ShippedName {
  const NamesEntry* entry;
  const ListedName* name;
};

/// Chooses from the user's entries.
class Choice {
public:
  explicit Choice(std::span<const NamesEntry> shipped) {
    for (const NamesEntry& entry : shipped) {
      for (const ListedName& name : entry.names) shipped_[spelling_key(name.text)].push_back({&entry, &name});
    }
  }

  void add(const NamesEntry& entry) {
    for (const ListedName& name : entry.names) add(entry, name);
  }

  std::vector<NamesEntry> take() && { return std::move(chosen_); }

private:
  void add(const NamesEntry& entry, const ListedName& name) {
    const EntityKind kind = name.found_as.value_or(entry.kind);
    const bool only_arranged = entry.forbidden || name.found_as;
    NamesEntry chosen{.kind = kind, .names = {name}};
    chosen.names.front().found_as.reset();
    bool is_shipped = false;
    bool matters = false;
    for (const ShippedName& known : names_like(name)) {
      if (known.entry->kind != kind) {
        matters = matters || !only_arranged; // of two readings the user's is preferred
        continue;
      }
      is_shipped = true;
      const bool split = loses(*known.entry, name, entry);
      matters = matters || split || (!only_arranged && is_written_otherwise(name, *known.name));
      if (!split && known.name->text != name.text) chosen.names.push_back(*known.name); // found as it was, too
    }
    if (!is_shipped) matters = !only_arranged && !name.filter_only;
    if (matters) choose(std::move(chosen));
  }

  /// Entries are one per spelling: what the user writes in two ways is found in both.
  void choose(NamesEntry entry) {
    const std::string key = spelling_key(entry.names.front().text);
    const auto [place, is_new] = places_.try_emplace({entry.kind, key}, chosen_.size());
    if (is_new) return chosen_.push_back(std::move(entry));
    std::vector<ListedName>& names = chosen_[place->second].names;
    for (ListedName& name : entry.names) {
      if (std::ranges::find(names, name.text, &ListedName::text) == names.end()) names.push_back(std::move(name));
    }
  }

  static bool is_written_otherwise(const ListedName& a, const ListedName& b) {
    return a.text != b.text || a.ambiguous != b.ambiguous || a.filter_only != b.filter_only;
  }

  std::vector<ShippedName> names_like(const ListedName& name) const {
    const auto found = shipped_.find(spelling_key(name.text));
    return found == shipped_.end() ? std::vector<ShippedName>{} : found->second;
  }

  /// Whether the name leaves a shipped entity that the user's entry does not take as a whole.
  static bool loses(const NamesEntry& shipped, const ListedName& name, const NamesEntry& entry) {
    const std::string canonical = spelling_key(shipped.names.front().text);
    if (spelling_key(name.text) == canonical) return false;
    return std::ranges::none_of(entry.names, [&](const ListedName& other) {
      return other.found_as.value_or(entry.kind) == shipped.kind && spelling_key(other.text) == canonical;
    });
  }

  std::unordered_map<std::string, std::vector<ShippedName>> shipped_; ///< by spelling
  std::map<std::pair<EntityKind, std::string>, std::size_t> places_;  ///< in chosen_, by kind and spelling
  std::vector<NamesEntry> chosen_;
};

/// How a name is found: kind, text, markers, what it is taken for, whether it is preferred.
using Pattern = std::tuple<EntityKind, std::string, bool, std::string, bool>;

std::set<Pattern> patterns_of(const Catalog& catalog) {
  std::set<Pattern> patterns;
  for (const CatalogEntity& entity : catalog.entities()) {
    for (const ListedName& name : entity.names) {
      if (!name.filter_only) patterns.emplace(entity.kind, name.text, name.ambiguous, entity.name(), entity.from_user);
    }
  }
  return patterns;
}

} // namespace

std::vector<NamesEntry> looked_for(std::span<const NamesEntry> shipped, std::span<const NamesEntry> user) {
  Choice choice(shipped);
  for (const NamesEntry& entry : user) choice.add(entry);
  std::vector<NamesEntry> chosen = std::move(choice).take();
  std::ranges::sort(chosen, {}, [](const NamesEntry& e) { return std::pair(e.kind, e.names.front().text); });
  return chosen;
}

std::string to_names_file(std::span<const NamesEntry> entries) {
  std::string text;
  for (const NamesEntry& entry : entries) {
    text += to_string(entry.kind);
    for (const ListedName& name : entry.names) {
      const bool first = &name == &entry.names.front();
      const bool second = !first && &name == &entry.names.front() + 1;
      text += first || second ? "\t" : "|";
      text += fmt::format("{}{}{}", name.ambiguous ? "?" : "", name.filter_only ? "~" : "", name.text);
    }
    text += '\n';
  }
  return text;
}

std::vector<NamesEntry> found_differently(const Catalog& a, const Catalog& b) {
  const std::set<Pattern> in_a = patterns_of(a);
  const std::set<Pattern> in_b = patterns_of(b);
  std::vector<Pattern> differing;
  std::ranges::set_symmetric_difference(in_a, in_b, std::back_inserter(differing));
  std::vector<NamesEntry> names;
  for (const Pattern& pattern : differing)
    names.push_back({.kind = std::get<0>(pattern), .names = {{std::get<1>(pattern)}}});
  return names;
}

} // namespace pfind
