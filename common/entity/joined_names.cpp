#include "common/entity/joined_names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "common/entity/joined_entities.hpp"
#include "common/entity/key_table.hpp"
#include "common/entity/name_graph.hpp"
#include "common/entity/name_key.hpp"
#include "common/entity/name_relations.hpp"
#include "common/entity/person_variants.hpp"
#include "common/entity/plain_key.hpp"
#include "common/schema.hpp"

namespace pfind {
namespace {

// Shares are in percent. What is chosen errs towards two values for one entity: a user's file joins what is apart, but
// nobody notices what is wrongly one.
constexpr std::uint64_t k_acronym_share = 80; // of the articles that use an acronym for any name
constexpr std::uint64_t k_acronym_proof = 5;  // of the articles indexed under the acronym alone, that introduce it
constexpr std::uint64_t k_short_share = 90;   // as for acronyms
constexpr std::uint64_t k_short_proof = 10;   //
constexpr std::uint64_t k_rival_weight = 25;  // of the longer name's articles: a rival with as many is comparable

using Node = NameGraph::Node;
constexpr Node k_none = NameGraph::k_none;

class Joiner {
public:
  Joiner(NameGraph& names, const Catalog& listed) : names_(names), listed_(listed) {}

  void run() {
    join_listed();
    join_spellings();
    join_people();
    for (const EntityKind kind : k_entity_kinds) join_forms(kind);
    join_canonicals();
  }

private:
  Node root(Node node) { return names_.root(node); }

  /// Whether a rule, rather than a list, may join two.
  bool may_join(Node a, Node b) {
    a = root(a);
    b = root(b);
    if (names_.is_apart(a) || names_.is_apart(b)) return false;
    const CatalogEntity* const x = names_.owner(a);
    const CatalogEntity* const y = names_.owner(b);
    if ((x != nullptr && x->from_user) || (y != nullptr && y->from_user)) return false;
    return x == nullptr || y == nullptr || x == y;
  }

  bool join(Node a, Node b) {
    if (!may_join(a, b)) return false;
    names_.unite(a, b);
    return true;
  }

  void join_listed() {
    std::vector<Catalog::Meaning> meanings(names_.size());
    names_.each_kind([&](EntityKind kind) {
      for (Node node = names_.begin(kind); node < names_.end(kind); ++node) meanings[node] = meaning_of(node);
    });
    std::unordered_map<const CatalogEntity*, Node> first;
    for (Node node = 0; node < names_.size(); ++node) {
      const Catalog::Meaning& meaning = meanings[node];
      if (is_forbidden(node, meaning.owner)) {
        names_.set_nobody(node);
      } else if (meaning.owner != nullptr) {
        names_.set_owner(node, meaning.owner);
        const auto [it, is_new] = first.emplace(meaning.owner, node);
        if (!is_new) names_.unite(it->second, node);
      } else if (meaning.is_known) {
        names_.set_apart(node); // it is unclear which of them it is
      }
    }
  }

  Catalog::Meaning meaning_of(Node node) const {
    const std::string_view key = names_.key(node);
    if (is_plain_key(key)) return listed_.meaning(names_.kind(node), key, names_.name_key(node));
    return listed_.meaning(names_.kind(node), spelling_key(key), names_.name_key(node));
  }

  bool is_forbidden(Node node, const CatalogEntity* owner) const {
    return listed_.is_forbidden(names_.kind(node), names_.key(node)) ||
           (owner != nullptr && listed_.is_forbidden(owner->kind, owner->name()));
  }

  void join_spellings() {
    for (const EntityKind kind : k_entity_kinds) {
      KeyTable first;
      TextPool texts;
      for (Node node = names_.begin(kind); node < names_.end(kind); ++node) {
        if (names_.is_apart(node)) continue;
        std::string_view key = names_.name_key(node);
        if (kind == EntityKind::company && has_foreign_form(names_.key(node)) && has_american(key))
          key = texts.keep(std::string(key) + " abroad");
        const auto [namesake, is_new] = first.emplace(key, node);
        if (!is_new) join(namesake, node);
        if (kind == EntityKind::person) join_other_order(node);
      }
    }
  }

  void join_other_order(Node node) {
    const std::string key = other_order(names_.key(node));
    if (key.empty()) return;
    const Node other = names_.find(EntityKind::person, key);
    if (other != k_none && !names_.is_apart(other)) join(node, other);
  }

  /// Whether the collection has `Salomon Inc` or `Salomon Corp`, so that `Salomon SA` is another firm.
  bool has_american(std::string_view key) const {
    return std::ranges::any_of(k_american_forms, [&](std::string_view form) {
      return names_.find(EntityKind::company, fmt::format("{} {}", key, form)) != k_none;
    });
  }

  /// Names of one person with and without middle names; the lists know better whom they hold.
  void join_people() {
    std::vector<Node> nodes;
    std::vector<std::string_view> keys;
    for (Node node = names_.begin(EntityKind::person); node < names_.end(EntityKind::person); ++node) {
      if (names_.is_apart(node)) continue;
      nodes.push_back(node);
      keys.push_back(names_.key(node));
    }
    for (const auto& [a, b] : person_variants(keys)) join(nodes[a], nodes[b]);
  }

  // --- acronyms and short forms ---

  /// A name in use that articles also use as a form of others: of which, and in how many articles.
  struct Candidate {
    Node node = k_none;
    std::vector<std::pair<Node, std::uint64_t>> uses;
  };

  void join_forms(EntityKind kind) {
    std::vector<Candidate> candidates = candidates_of(kind);
    if (candidates.empty()) return;
    // The longest first: what is short for a name may have others that are short for it.
    const auto words = [&](const Candidate& c) { return std::ranges::count(names_.key(c.node), ' '); };
    std::ranges::stable_sort(candidates, std::greater{}, words);
    const bool has_short_forms = kind != EntityKind::person && kind != EntityKind::place;
    const auto rivals = has_short_forms ? rivals_of(kind, candidates) : Rivals{};
    const auto bearers = has_short_forms ? bearers_of(kind, candidates) : Rivals{};
    for (const Candidate& candidate : candidates) join_form(candidate, rivals, bearers);
  }

  std::vector<Candidate> candidates_of(EntityKind kind) {
    std::map<Node, std::vector<std::pair<Node, std::uint64_t>>> uses;
    for (Node node = names_.begin(kind); node < names_.end(kind); ++node) {
      if (names_.is_apart(node)) continue;
      const auto form_keys = names_.form_keys(node);
      for (std::size_t i = 0; i < form_keys.size(); ++i) {
        if (form_keys[i] == names_.key(node)) continue;
        if (const Node shorter = names_.find(kind, form_keys[i]); shorter != k_none && !names_.is_apart(shorter))
          uses[shorter].emplace_back(node, names_.name(node).forms[i].articles);
      }
    }
    std::vector<Candidate> candidates;
    for (auto& [node, found] : uses) candidates.push_back({node, std::move(found)});
    return candidates;
  }

  using Rivals = std::unordered_map<Node, std::vector<Node>>; ///< by candidate: the longer names it may be short for

  Rivals rivals_of(EntityKind kind, const std::vector<Candidate>& candidates) {
    KeyTable first_words;
    std::vector<std::vector<Node>> by_first_word;
    for (const Candidate& c : candidates) {
      const std::string_view key = names_.key(c.node);
      const auto number = static_cast<std::uint32_t>(by_first_word.size());
      const auto [word, is_new] = first_words.emplace(key.substr(0, key.find(' ')), number);
      if (is_new) by_first_word.emplace_back();
      by_first_word[word].push_back(c.node);
    }
    Rivals rivals;
    std::set<Node> held;
    for (Node node = names_.begin(kind); node < names_.end(kind); ++node) {
      const std::string_view key = names_.key(node);
      for_each_word(key, [&](std::string_view word) {
        const std::uint32_t number = first_words.find(word);
        if (number == KeyTable::k_none) return;
        for (const Node candidate : by_first_word[number]) {
          if (candidate != node && has_run(key, names_.key(candidate))) held.insert(candidate);
        }
      });
      for (const Node candidate : held) rivals[candidate].push_back(node);
      held.clear();
    }
    return rivals;
  }

  /// The names whose words begin with the letters of a candidate compete for it: CBC.
  Rivals bearers_of(EntityKind kind, const std::vector<Candidate>& candidates) const {
    Rivals bearers;
    KeyTable by_key;
    for (const Candidate& c : candidates) by_key.emplace(names_.key(c.node), c.node);
    std::string initials;
    for (Node node = names_.begin(kind); node < names_.end(kind); ++node) {
      initials.clear();
      for_each_word(names_.key(node), [&](std::string_view word) { initials += word.front(); });
      const Node candidate = by_key.find(initials);
      if (candidate != k_none && candidate != node) bearers[candidate].push_back(node);
    }
    return bearers;
  }

  void join_form(const Candidate& candidate, const Rivals& rivals, const Rivals& bearers) {
    std::map<Node, std::uint64_t> by_root;
    std::uint64_t all = 0;
    for (const auto& [node, articles] : candidate.uses) {
      by_root[root(node)] += articles;
      all += articles;
    }
    const auto best = std::ranges::max_element(by_root, {}, [](const auto& use) { return use.second; });
    const Node longer = best->first;
    const std::uint64_t articles = best->second;
    const std::uint64_t alone = names_.name(candidate.node).articles;
    const auto is_proven = [&](std::uint64_t share, std::uint64_t proof) {
      return articles * 100 >= all * share && articles * 100 >= alone * proof;
    };
    if (longer == root(candidate.node)) return;
    if (is_acronym(candidate, longer)) {
      if (is_proven(k_acronym_share, k_acronym_proof) && !has_rival(candidate.node, longer, bearers))
        join(longer, candidate.node);
    } else if (is_short_form(candidate, longer) && is_proven(k_short_share, k_short_proof) &&
               !has_rival(candidate.node, longer, rivals)) {
      join(longer, candidate.node);
    }
  }

  bool is_acronym(const Candidate& candidate, Node longer) {
    return is_capitals(names_.writing(candidate.node)) && std::ranges::any_of(candidate.uses, [&](const auto& use) {
             return root(use.first) == longer && is_made_of(names_.key(candidate.node), names_.key(use.first));
           });
  }

  bool is_short_form(const Candidate& candidate, Node longer) {
    const EntityKind kind = names_.kind(candidate.node);
    if (kind == EntityKind::person || kind == EntityKind::place) return false;
    return std::ranges::any_of(candidate.uses, [&](const auto& use) {
      return root(use.first) == longer && has_run(names_.key(use.first), names_.key(candidate.node));
    });
  }

  /// Whether the candidate could as well be short for a name of another entity with comparable weight.
  bool has_rival(Node candidate, Node longer, const Rivals& rivals) {
    const auto found = rivals.find(candidate);
    if (found == rivals.end()) return false;
    return std::ranges::any_of(found->second, [&](Node rival) {
      const Node other = root(rival);
      return other != longer && other != root(candidate) &&
             names_.weight(other) * 100 >= names_.weight(longer) * k_rival_weight;
    });
  }

  /// What a listed entity is called, whoever else is indexed under that, is it.
  void join_canonicals() {
    for (Node node = 0; node < names_.size(); ++node) {
      const CatalogEntity* const owner = names_.owner(node);
      if (owner == nullptr || root(node) != node) continue;
      const Node named = names_.find(owner->kind, facet_key(owner->name()));
      if (named != k_none && !names_.is_nobody(named)) names_.unite(named, node);
    }
  }

  NameGraph& names_;
  const Catalog& listed_;
};

} // namespace

JoinedNames join_names(const UsedNames& used, const Catalog& listed) {
  NameGraph names(used);
  Joiner(names, listed).run();
  return joined_entities(std::move(names));
}

} // namespace pfind
