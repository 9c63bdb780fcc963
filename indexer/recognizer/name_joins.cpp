#include "indexer/recognizer/name_joins.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

// Names of an article that share a word: where there are more, it is a list, and the first of them will do.
constexpr std::size_t k_most_looked_at = 64;

using Words64 = std::vector<std::uint64_t>;

bool starts_with(const Words64& longer, const Words64& shorter) {
  return shorter.size() < longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

bool ends_with(const Words64& longer, const Words64& shorter) {
  return shorter.size() < longer.size() && std::equal(shorter.rbegin(), shorter.rend(), longer.rbegin());
}

bool is_acronym(const std::string& name) {
  return name.size() >= 2 && std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || c == '&'; });
}

/// The initials of a name: of all its words, and of those with a capital.
std::array<std::string, 2> initials_of(const std::string& name) {
  std::array<std::string, 2> initials;
  bool start = true;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z', letter = capital || (c >= 'a' && c <= 'z');
    if (letter && start) {
      initials[0] += static_cast<char>(c & ~0x20);
      if (capital) initials[1] += c;
    }
    start = !letter && c != '\'' && c != '.';
  }
  return initials;
}

/// What the names of a firm's units add to its own: `United Technologies Credit`, `IBM Deutschland`.
bool names_unit(std::uint64_t word) {
  static const std::unordered_set<std::uint64_t> words = [] {
    std::unordered_set<std::uint64_t> keys;
    for (const std::string_view name :
         {"acceptance", "credit", "finance",    "financial", "capital",     "leasing",  "realty",   "bank",   "trust",
          "insurance",  "life",   "securities", "ventures",  "deutschland", "america",  "americas", "europe", "asia",
          "pacific",    "north",  "south",      "usa",       "us",          "uk",       "canada",   "japan",  "china",
          "india",      "france", "germany",    "italia",    "espana",      "overseas", "mobile",   "media",  "music",
          "pictures",   "games",  "energy",     "airlines",  "motors"})
      keys.insert(word_key(name));
    return keys;
  }();
  return words.contains(word);
}

class Joiner {
public:
  explicit Joiner(std::vector<NameGroup>& groups) : groups_(groups) {}

  void run() {
    index();
    for (std::size_t i = 0; i < groups_.size(); ++i) join_person(i);
    for (std::size_t i = 0; i < groups_.size(); ++i) join_firm(i);
    for (std::size_t i = 0; i < groups_.size(); ++i) join_technology(i);
    for (std::size_t i = 0; i < groups_.size(); ++i) join_legal_name(i);
    join_listed();
  }

private:
  using Index = std::unordered_map<std::uint64_t, std::vector<std::size_t>>;

  /// Finds names of several words by their first and last word, and by initials.
  void index() {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const NameGroup& group = groups_[i];
      if (group.words.size() < 2) continue;
      by_first_[group.words.front()].push_back(i);
      by_last_[group.words.back()].push_back(i);
      if (!group.is_firm() && group.kind() != EntityKind::technology) continue;
      for (const auto& [form, count] : group.form_counts) {
        for (std::string& initials : initials_of(form)) by_initials_[std::move(initials)].push_back(i);
      }
    }
  }

  template <typename Map, typename Key>
  static std::span<const std::size_t> entries(const Map& map, const Key& key) {
    const auto found = map.find(key);
    if (found == map.end()) return {};
    return std::span<const std::size_t>(found->second).first(std::min(found->second.size(), k_most_looked_at));
  }

  /// The first mentioned of `candidates` that fits, but not `self`.
  template <typename Fits>
  std::optional<std::size_t> first_of(std::span<const std::size_t> candidates, std::size_t self, Fits&& fits) const {
    std::optional<std::size_t> best;
    for (const std::size_t i : candidates) {
      if (i == self || groups_[i].mentions == 0 || !fits(groups_[i])) continue;
      if (!best || groups_[i].first < groups_[*best].first) best = i;
    }
    return best;
  }

  void join_person(std::size_t index) {
    const NameGroup& group = groups_[index];
    const auto kind = group.kind();
    const bool is_person = kind == EntityKind::person;
    if (group.mentions == 0 || (group.clear && !is_person)) return;
    const auto whole_person = [](const NameGroup& other) { return other.kind() == EntityKind::person; };
    auto whole = first_of(entries(by_last_, group.words.back()), index, [&](const NameGroup& other) {
      if (!whole_person(other)) return false;
      const bool without_middle =
          group.words.size() == 2 && other.words.size() > 2 && other.words.front() == group.words.front();
      return ends_with(other.words, group.words) || without_middle;
    });
    if (!whole && is_person) {
      whole = first_of(entries(by_first_, group.words.front()), index, [&](const NameGroup& other) {
        return whole_person(other) && starts_with(other.words, group.words);
      });
    }
    if (!whole && is_person && group.words.size() == 2) {
      whole = first_of(entries(by_last_, group.words.front()), index, [&](const NameGroup& other) {
        return whole_person(other) && other.words.size() == 2 && other.words.front() == group.words.back() &&
               other.first < group.first;
      });
    }
    if (whole) join(*whole, index);
  }

  void join_firm(std::size_t index) {
    const NameGroup& group = groups_[index];
    if (group.mentions == 0 || group.form_counts.empty()) return;
    const auto fits = [&](const NameGroup& other) {
      return other.is_firm() && !(other.entity != nullptr && group.entity != nullptr && other.clear && group.clear);
    };
    std::optional<std::size_t> whole;
    const std::string& form = group.form_counts.begin()->first;
    if (group.words.size() == 1 && is_acronym(form) && !(group.clear && !group.is_firm()))
      whole = first_of(entries(by_initials_, form), index, fits);
    // `Apple Inc` is not short for `Apple Records`.
    if (!whole && !group.clear && !group.suffixed && group.kind() != EntityKind::place) {
      whole = first_of(entries(by_first_, group.words.front()), index,
                       [&](const NameGroup& other) { return fits(other) && starts_with(other.words, group.words); });
    }
    if (!whole && !group.clear && group.head_alone) {
      whole = first_of(entries(by_last_, group.words.back()), index,
                       [&](const NameGroup& other) { return fits(other) && ends_with(other.words, group.words); });
    }
    if (whole) join(*whole, index);
  }

  /// The acronym of a technology that the article spells out.
  void join_technology(std::size_t index) {
    const NameGroup& group = groups_[index];
    if (group.mentions == 0 || group.words.size() != 1 || group.form_counts.empty()) return;
    if (group.kind() != EntityKind::technology) return;
    std::string letters = group.form_counts.begin()->first;
    if (letters.ends_with('s')) letters.pop_back();
    const auto whole = first_of(entries(by_initials_, letters), index, [](const NameGroup& other) {
      return other.kind() == EntityKind::technology && other.entity == nullptr;
    });
    if (whole) join(*whole, index);
  }

  /// The legal name of a listed company, where it is the only longer name that begins with the short one.
  void join_legal_name(std::size_t index) {
    const NameGroup& listed = groups_[index];
    if (listed.mentions == 0 || !listed.clear || listed.kind() != EntityKind::company) return;
    std::optional<std::size_t> only;
    for (const std::size_t i : entries(by_first_, listed.words.front())) {
      const NameGroup& longer = groups_[i];
      if (i == index || longer.mentions == 0 || !starts_with(longer.words, listed.words)) continue;
      if (only) return;
      only = i;
    }
    if (!only) return;
    const NameGroup& longer = groups_[*only];
    const auto extra = std::span(longer.words).subspan(listed.words.size());
    if (longer.entity == nullptr && longer.suffixed && std::ranges::none_of(extra, names_unit)) join(index, *only);
  }

  void join_listed() {
    std::map<const CatalogEntity*, std::size_t> first;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const NameGroup& group = groups_[i];
      if (group.mentions == 0 || group.entity == nullptr || group.kind() != group.listed_kind) continue;
      const auto [found, is_new] = first.try_emplace(group.entity, i);
      if (!is_new) join(found->second, i);
    }
  }

  void join(std::size_t into, std::size_t from) {
    NameGroup& a = groups_[into];
    NameGroup& b = groups_[from];
    for (const auto& [form, count] : b.form_counts) a.form_counts[form] += count;
    for (std::size_t k = 0; k < a.votes.size(); ++k) a.votes[k] += b.votes[k];
    a.mentions += b.mentions;
    a.first = std::min(a.first, b.first);
    a.suffixed = a.suffixed || b.suffixed;
    a.proven = a.proven || (b.proven && (a.entity == nullptr || a.entity == b.entity));
    if (a.entity == nullptr) {
      a.entity = b.entity;
      a.listed_kind = b.listed_kind;
      a.clear = b.clear;
    }
    b.mentions = 0;
  }

  std::vector<NameGroup>& groups_;
  Index by_first_, by_last_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_initials_;
};

} // namespace

void join_names(std::vector<NameGroup>& groups) { Joiner(groups).run(); }

} // namespace pfind::indexer
