#include "searcher/entity_profile.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "common/entity/name_key.hpp"
#include "searcher/entity_names.hpp"
#include "searcher/facets.hpp"
#include "searcher/query/matches.hpp"
#include "searcher/suggestions.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_most_companions = 10; // per kind
constexpr Xapian::doccount k_most_newest = 5;
constexpr std::size_t k_most_suggestions = 3;

bool has_words(const std::string& key, const std::string& wanted) {
  return (' ' + key + ' ').find(' ' + wanted + ' ') != std::string::npos;
}

/// The forms of one spelling with the terms that find the articles which use it.
struct FormsOfKey {
  std::map<std::string, std::uint64_t> writings;
  std::vector<std::string> terms;

  const std::string& mostly() const {
    return std::ranges::max_element(writings, {}, [](const auto& writing) { return writing.second; })->first;
  }
};

class Profiler {
public:
  Profiler(Snapshot& index, NameKey entity)
      : index_(index), entity_(std::move(entity)), terms_(entity_terms(entity_, index)) {}

  bool is_there() const { return !terms_.empty(); }

  EntityProfile profile() {
    EntityProfile profile{.kind = entity_.kind, .name = display_name(entity_, index_)};
    const ArticleSet articles = articles_with(terms_);
    profile.articles = count(articles);
    profile.aliases = aliases();
    profile.years = count_facet(index_, articles, Field::year, SIZE_MAX).values;
    std::ranges::sort(profile.years, {}, &FacetCount::value);
    for (const EntityKind kind : k_entity_kinds) profile.named_with.push_back(named_with(articles, kind));
    profile.newest = newest();
    return profile;
  }

private:
  ArticleSet articles_with(const std::vector<std::string>& terms) const {
    ArticleSet articles;
    for (const Shard& shard : index_.shards()) {
      articles.push_back(matches({Xapian::Query::OP_OR, terms.begin(), terms.end()}, shard.lists));
    }
    return articles;
  }

  static std::uint64_t count(const ArticleSet& articles) {
    std::uint64_t count = 0;
    for (const auto& of_shard : articles) count += of_shard.count();
    return count;
  }

  std::vector<FacetCount> aliases() const {
    std::map<std::string, FormsOfKey> forms;
    for (const NameKey& name : names_leading_to(entity_, index_)) add_forms(name, forms);
    std::vector<FacetCount> aliases;
    for (const auto& [key, used] : forms) {
      if (key != entity_.key) aliases.push_back({used.mostly(), count(articles_with(used.terms))});
    }
    std::ranges::sort(aliases, [](const FacetCount& a, const FacetCount& b) {
      return a.count != b.count ? a.count > b.count : a.value < b.value;
    });
    return aliases;
  }

  void add_forms(const NameKey& name, std::map<std::string, FormsOfKey>& forms) const {
    const ComparedDatabase& database = index_.database();
    const std::string own = term_for(field_of(name.kind), name.key);
    std::uint64_t plain = database.get_termfreq(own);
    if (plain == 0) return;
    forms[name.key].terms.push_back(own);
    if (const auto prefix = form_prefix(name.kind, name.key)) {
      for (Terms terms = database.terms(*prefix); !terms.at_end(); ++terms) {
        const std::string text = (*terms).substr(prefix->size());
        const std::string key = facet_key(text);
        const Xapian::doccount articles = terms.frequency();
        FormsOfKey& used = forms[key];
        used.writings[text] += articles;
        if (key == name.key)
          plain -= std::min<std::uint64_t>(plain, articles);
        else
          used.terms.push_back(*terms);
      }
    }
    forms[name.key].writings[plain_writing(name.key)] += plain;
  }

  FacetCounts named_with(const ArticleSet& articles, EntityKind kind) {
    FacetCounts counts = count_facet(index_, articles, field_of(kind), k_most_companions + 1);
    std::erase_if(counts.values, [&](const FacetCount& value) {
      return kind == entity_.kind && facet_key(value.value) == entity_.key;
    });
    if (counts.values.size() > k_most_companions) counts.values.pop_back();
    return counts;
  }

  std::vector<Hit> newest() const {
    const Xapian::Query query(Xapian::Query::OP_OR, terms_.begin(), terms_.end());
    Xapian::Enquire enquire(index_.database().sorted_by(info(Field::date).slot, query));
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_value(info(Field::date).slot, true);
    std::vector<Hit> hits;
    const Xapian::MSet found = enquire.get_mset(0, k_most_newest);
    for (auto it = found.begin(); it != found.end(); ++it) {
      hits.push_back({.rank = hits.size() + 1, .article = index_.article(*it)});
    }
    return hits;
  }

  Snapshot& index_;
  NameKey entity_;
  std::vector<std::string> terms_;
};

/// Names of a kind that hold the wanted words, the most used first, else the one spelled most like them.
std::vector<std::string> suggestions_of(EntityKind kind, const std::string& key, Snapshot& index) {
  std::vector<std::pair<Xapian::doccount, std::string>> found;
  const std::string prefix{info(field_of(kind)).prefix};
  for (Terms terms = index.database().terms(prefix); !terms.at_end(); ++terms) {
    if (!has_words((*terms).substr(prefix.size()), key)) continue;
    const auto canonical = canonical_name({kind, (*terms).substr(prefix.size())}, index);
    if (canonical) found.emplace_back(terms.frequency(), display_name(*canonical, index));
  }
  std::ranges::sort(found, std::greater{});
  std::vector<std::string> names;
  for (const auto& [count, name] : found) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  if (!names.empty()) return names;
  const std::string near = suggest_value(key, field_of(kind), index);
  return near.empty() ? names : std::vector{near};
}

void add_suggestions(EntityKind kind, const std::string& key, Snapshot& index, std::vector<std::string>& suggestions) {
  for (const std::string& name : suggestions_of(kind, key, index)) {
    if (suggestions.size() < k_most_suggestions) suggestions.push_back(fmt::format("{} ({})", name, to_string(kind)));
  }
}

void add_profiles(EntityKind kind, const std::string& name, Snapshot& index, std::vector<EntityProfile>& profiles) {
  for (const std::string& key : {facet_key(name), facet_key(name_key(kind, name))}) {
    const std::size_t before = profiles.size();
    for (const NameKey& entity : entities_named(kind, key, index)) {
      if (Profiler profiler(index, entity); profiler.is_there()) profiles.push_back(profiler.profile());
    }
    if (profiles.size() > before) return;
  }
}

} // namespace

EntityAnswer look_up_entity(Index& index, std::optional<EntityKind> kind, const std::string& name) {
  return index.read([&](Snapshot& snapshot) {
    EntityAnswer answer;
    const auto for_kinds = [&](auto&& use) {
      for (const EntityKind each : k_entity_kinds) {
        if (!kind || *kind == each) use(each);
      }
    };
    for_kinds([&](EntityKind each) { add_profiles(each, name, snapshot, answer.entities); });
    const std::string key = facet_key(name);
    if (answer.entities.empty() && !key.empty())
      for_kinds([&](EntityKind each) { add_suggestions(each, key, snapshot, answer.suggestions); });
    return answer;
  });
}

} // namespace pfind::searcher
