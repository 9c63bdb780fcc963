#include "searcher/query/filter_terms.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "common/entity/name_key.hpp"
#include "common/index_files.hpp"
#include "searcher/entity_names.hpp"
#include "searcher/query/lexer.hpp"
#include "searcher/query/pattern.hpp"
#include "searcher/suggestions.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_longest_value = 200;  // bytes of a value or path that a notice shows whole
constexpr std::size_t k_max_named_values = 5; // of those that a notice says a filter was read as

template <typename Value>
void add_once(std::vector<Value>& values, Value value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
}

/// Whether each word of `wanted` is among the words of `key`.
bool has_all_words(const std::string& key, std::string_view wanted) {
  const std::string words = ' ' + key + ' ';
  while (!wanted.empty()) {
    const std::size_t end = std::min(wanted.find(' '), wanted.size());
    if (words.find(fmt::format(" {} ", wanted.substr(0, end))) == std::string::npos) return false;
    wanted.remove_prefix(std::min(end + 1, wanted.size()));
  }
  return true;
}

/// Keys under which one value may be found: as written, and as names compare (without legal suffixes).
std::vector<std::string> spellings(Field field, const std::string& value) {
  std::vector<std::string> keys{facet_key(value)};
  if (const auto kind = entity_kind(info(field).name)) add_once(keys, facet_key(name_key(*kind, value)));
  return keys;
}

/// What `Hua*` looks for among facet keys.
std::string key_pattern(std::string_view value) {
  std::string pattern;
  for (;;) {
    const std::size_t star = std::min(value.find('*'), value.size());
    pattern += facet_key(value.substr(0, star));
    if (star == value.size()) return pattern;
    pattern += '*';
    value.remove_prefix(star + 1);
  }
}

std::string list_of(const std::vector<std::string>& names) {
  const auto shown = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), k_max_named_values));
  std::string list = fmt::format("{}", fmt::join(names.begin(), shown, ", "));
  if (shown != names.end()) list += fmt::format(" and {} more", names.end() - shown);
  return list;
}

class FacetLookup {
public:
  FacetLookup(Field field, Snapshot& index, std::size_t& searches, FilterTerms& out)
      : field_(field), kind_(entity_kind(info(field).name)), index_(index), searches_(searches), out_(out) {}

  void find(const std::string& value) {
    if (value.starts_with('*') || value.ends_with('*')) return search(value);
    for (const std::string& key : spellings(field_, value)) {
      if (kind_ ? add_entities(key) : add_if_present(key)) return;
    }
    search(value); // E*Trade is a name
  }

private:
  bool add_if_present(const std::string& key) {
    const std::string term = term_for(field_, key);
    if (key.empty() || !index_.database().term_exists(term)) return false;
    add_once(out_.terms, term);
    return true;
  }

  bool add_entities(const std::string& key) {
    bool found = false;
    for (const NameKey& entity : entities_named(*kind_, key, index_)) found = add_entity(entity) || found;
    return found;
  }

  bool add_entity(const NameKey& entity) {
    const std::vector<std::string> terms = entity_terms(entity, index_);
    for (const std::string& term : terms) add_once(out_.terms, term);
    return !terms.empty();
  }

  /// Looks through all values of the index.
  void search(const std::string& value) {
    if (searches_ == 0) {
      out_.notices.push_back(fmt::format("There are too many values to look through all names for {}:{}.",
                                         info(field_).name, query::excerpt(value, k_longest_value)));
      return;
    }
    --searches_;
    value.find('*') == std::string::npos ? find_by_words(value) : find_by_pattern(value);
  }

  void find_by_words(const std::string& value) {
    const std::string wanted = facet_key(value);
    const auto names = find_keys([&](const std::string& key) { return !wanted.empty() && has_all_words(key, wanted); });
    if (!names.empty())
      out_.notices.push_back(fmt::format("{}:{} was read as {}.", info(field_).name,
                                         query::excerpt(value, k_longest_value), list_of(names)));
    else
      note_absent(value, suggest_value(wanted, field_, index_));
  }

  void find_by_pattern(const std::string& value) {
    const std::string pattern = key_pattern(value);
    const bool is_any = pattern.find_first_not_of('*') == std::string::npos;
    if (is_any && !(kind_ && has_moved_values(*kind_, index_))) {
      out_.any_value = true;
    } else if (find_keys([&](const std::string& key) { return matches_pattern(key, pattern); }).empty()) {
      note_absent(value, "");
    }
  }

  /// Adds the values whose keys are wanted, and returns their names.
  template <typename Wanted>
  std::vector<std::string> find_keys(Wanted&& wanted) {
    std::vector<std::string> names;
    std::vector<NameKey> entities;
    const std::string prefix{info(field_).prefix};
    for (Terms terms = index_.database().terms(prefix); !terms.at_end(); ++terms) {
      const std::string key = (*terms).substr(prefix.size());
      if (!wanted(key)) continue;
      if (kind_) {
        add_meant({*kind_, key}, entities);
      } else {
        add_once(out_.terms, *terms);
        names.push_back(name_of(key));
      }
    }
    if (kind_) add_canonical(wanted, entities);
    for (const NameKey& entity : entities) {
      if (add_entity(entity)) names.push_back(display_name(entity, index_));
    }
    return names;
  }

  void add_meant(const NameKey& name, std::vector<NameKey>& entities) const {
    auto entity = canonical_name(name, index_);
    if (entity && entity->kind == *kind_) add_once(entities, std::move(*entity));
  }

  /// Canonical names need not be among the terms.
  template <typename Wanted>
  void add_canonical(Wanted&& wanted, std::vector<NameKey>& entities) const {
    const std::string prefix = fmt::format("{}{}/", metadata::k_member, info(field_).name);
    for (const Shard& shard : index_.shards()) {
      for (const std::string& entry : shard.metadata_keys(prefix)) {
        const std::string key = entry.substr(prefix.size());
        if (wanted(key)) add_meant({*kind_, key}, entities);
      }
    }
  }

  /// A value as displayed.
  std::string name_of(const std::string& key) {
    for (Shard& shard : index_.shards()) {
      const FacetDictionary& names = shard.dictionary(field_);
      if (const std::uint32_t number = names.find(key); number < names.size()) return names.name(number);
    }
    return key; // of a name too long for a term
  }

  void note_absent(const std::string& value, const std::string& suggestion) {
    std::string notice =
        fmt::format("No article has the {} {}.", info(field_).name, query::quoted_excerpt(value, k_longest_value));
    if (!suggestion.empty()) notice += fmt::format(" Did you mean {}?", suggestion);
    out_.notices.push_back(std::move(notice));
  }

  Field field_;
  std::optional<EntityKind> kind_; // of the entities that are its values
  Snapshot& index_;
  std::size_t& searches_;
  FilterTerms& out_;
};

/// An article's path, the file that holds it, or a folder above it.
std::vector<std::string> terms_of_path(const std::string& value, const Snapshot& index) {
  std::vector<std::string> terms;
  for (const Field field : {Field::location, Field::file}) {
    if (std::string term = term_for(field, value); index.database().term_exists(term)) terms.push_back(std::move(term));
  }
  if (!terms.empty()) return terms;
  const std::string folder = term_for(Field::file, value.ends_with('/') ? value : value + '/');
  for (Terms below = index.database().terms(folder); !below.at_end(); ++below) terms.push_back(*below);
  return terms;
}

void find_path(const std::string& value, const Snapshot& index, FilterTerms& out) {
  std::vector<std::string> terms = terms_of_path(value, index);
  if (terms.empty())
    out.notices.push_back(fmt::format("No article lies at {}.", query::quoted_excerpt(value, k_longest_value)));
  std::ranges::move(terms, std::back_inserter(out.terms));
}

// --- periods ---

using Day = std::chrono::sys_days;

Day day_of(const Date& date) {
  using namespace std::chrono;
  return year{date.year} / month{static_cast<unsigned>(date.month)} / day{static_cast<unsigned>(date.day)};
}

/// The terms of whole years, months and days that make up `first`..`last`.
std::vector<std::string> terms_of_days(Day first, Day last) {
  using namespace std::chrono;
  std::vector<std::string> terms;
  while (first <= last) {
    const year_month_day at{first};
    const int y = static_cast<int>(at.year());
    const unsigned m = static_cast<unsigned>(at.month());
    const unsigned d = static_cast<unsigned>(at.day());
    const Day next_year = (at.year() + years{1}) / January / 1;
    const Day next_month = (at.year() / at.month() + months{1}) / 1;
    if (m == 1 && d == 1 && next_year - days{1} <= last) {
      terms.push_back(term_for(Field::year, fmt::format("{:04}", y)));
      first = next_year;
    } else if (d == 1 && next_month - days{1} <= last) {
      terms.push_back(term_for(Field::month, fmt::format("{:04}-{:02}", y, m)));
      first = next_month;
    } else {
      terms.push_back(term_for(Field::day, fmt::format("{:04}-{:02}-{:02}", y, m, d)));
      first += days{1};
    }
  }
  return terms;
}

} // namespace

FilterTerms filter_terms(Field field, const std::vector<std::string>& values, Snapshot& index, std::size_t& searches) {
  FilterTerms out;
  for (const std::string& value : values) {
    if (field == Field::location || field == Field::file) {
      find_path(value, index, out);
    } else if (info(field).use == FieldUse::id) {
      out.terms.push_back(term_for(field, value));
    } else {
      FacetLookup(field, index, searches, out).find(value);
    }
  }
  return out;
}

std::vector<std::string> terms_of_name(const std::string& name, Snapshot& index) {
  std::vector<std::string> terms;
  const std::string key = facet_key(name);
  if (key.empty()) return terms;
  for (const EntityKind kind : k_entity_kinds) {
    for (const NameKey& entity : entities_named(kind, key, index)) {
      for (std::string& term : entity_terms(entity, index)) add_once(terms, std::move(term));
    }
  }
  return terms;
}

Xapian::Query period_query(const query::Period& period, Snapshot& index) {
  // Years at an open end: those that the index has.
  const std::string prefix{info(Field::year).prefix};
  std::vector<std::string> years;
  for (Terms terms = index.database().terms(prefix); !terms.at_end(); ++terms) years.push_back(*terms);
  if (years.empty()) return Xapian::Query::MatchNothing;
  const auto year = [&](const std::string& term) { return std::stoi(term.substr(prefix.size())); };
  const Day earliest = day_of({year(years.front()), 1, 1});
  const Day latest = day_of({year(years.back()), 12, 31});
  const auto terms = terms_of_days(std::max(earliest, period.from ? day_of(*period.from) : earliest),
                                   std::min(latest, period.to ? day_of(*period.to) : latest));
  if (terms.empty()) return Xapian::Query::MatchNothing;
  return {Xapian::Query::OP_OR, terms.begin(), terms.end()};
}

} // namespace pfind::searcher
