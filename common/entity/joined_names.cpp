#include "common/entity/joined_names.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "common/entity/name_key.hpp"
#include "common/entity/name_relations.hpp"
#include "common/entity/person_variants.hpp"
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

using Node = std::uint32_t;
constexpr Node k_none = UINT32_MAX;

class Joiner {
public:
  Joiner(const UsedNames& used, const Catalog& listed) : used_(used), listed_(listed) {
    for (std::size_t kind = 0; kind < used.size(); ++kind) {
      begins_[kind] = static_cast<Node>(kinds_.size());
      kinds_.resize(kinds_.size() + used[kind].size(), k_entity_kinds[kind]);
    }
    parent_.resize(kinds_.size());
    std::iota(parent_.begin(), parent_.end(), Node{0});
    owner_.resize(kinds_.size(), nullptr);
    apart_.resize(kinds_.size(), false);
    nobody_.resize(kinds_.size(), false);
    weight_.resize(kinds_.size());
    for (std::size_t kind = 0; kind < used.size(); ++kind) by_key_[kind].reserve(used[kind].size());
    for (Node node = 0; node < kinds_.size(); ++node) {
      weight_[node] = name(node).articles;
      by_key_[static_cast<std::size_t>(kinds_[node])].emplace(name(node).key, node);
    }
  }

  JoinedNames run() {
    join_listed();
    join_spellings();
    join_people();
    for (const EntityKind kind : k_entity_kinds) join_forms(kind);
    join_canonicals();
    collect();
    return std::move(joined_);
  }

private:
  const UsedName& name(Node node) const {
    const auto kind = static_cast<std::size_t>(kinds_[node]);
    return used_[kind][node - begins_[kind]];
  }

  Node find(EntityKind kind, std::string_view key) const {
    const auto& names = by_key_[static_cast<std::size_t>(kind)];
    const auto it = names.find(key);
    return it == names.end() ? k_none : it->second;
  }

  Node root(Node node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }

  void unite(Node a, Node b) {
    a = root(a);
    b = root(b);
    if (a == b) return;
    if (b < a) std::swap(a, b);
    parent_[b] = a;
    if (owner_[a] == nullptr) owner_[a] = owner_[b];
    weight_[a] += weight_[b];
  }

  /// Whether a rule, rather than a list, may join two.
  bool may_join(Node a, Node b) {
    a = root(a);
    b = root(b);
    if (apart_[a] || apart_[b]) return false;
    const auto is_users = [&](Node node) { return owner_[node] != nullptr && owner_[node]->from_user; };
    if (is_users(a) || is_users(b)) return false;
    return owner_[a] == nullptr || owner_[b] == nullptr || owner_[a] == owner_[b];
  }

  bool join(Node a, Node b) {
    if (!may_join(a, b)) return false;
    unite(a, b);
    return true;
  }

  void join_listed() {
    std::unordered_map<const CatalogEntity*, Node> first;
    for (Node node = 0; node < kinds_.size(); ++node) {
      const std::string& key = name(node).key;
      const bool is_known = !listed_.find(kinds_[node], key).empty();
      if (is_known) owner_[node] = listed_.owner(kinds_[node], key);
      if (is_forbidden(node)) {
        owner_[node] = nullptr;
        apart_[node] = nobody_[node] = true;
        joined_.nobody.push_back({kinds_[node], key});
        continue;
      }
      if (owner_[node] == nullptr) {
        apart_[node] = is_known; // it is unclear which of them it is
      } else if (const auto [it, is_new] = first.emplace(owner_[node], node); !is_new) {
        unite(it->second, node);
      }
    }
  }

  bool is_forbidden(Node node) const {
    const CatalogEntity* owner = owner_[node];
    return listed_.is_forbidden(kinds_[node], name(node).key) ||
           (owner != nullptr && listed_.is_forbidden(owner->kind, owner->name()));
  }

  void join_spellings() {
    std::unordered_map<std::string, Node> first;
    for (Node node = 0; node < kinds_.size(); ++node) {
      const EntityKind kind = kinds_[node];
      if (node == begins_[static_cast<std::size_t>(kind)]) first.clear();
      if (apart_[node]) continue;
      std::string key = name_key(kind, name(node).key);
      if (kind == EntityKind::company && has_foreign_form(name(node).key) && has_american(key)) key += " abroad";
      const auto [it, is_new] = first.emplace(std::move(key), node);
      if (!is_new) join(it->second, node);
      if (kind != EntityKind::person) continue;
      if (const Node other = find(kind, other_order(name(node).key)); other != k_none && !apart_[other])
        join(node, other);
    }
  }

  /// Whether the collection has `Salomon Inc` or `Salomon Corp`, so that `Salomon SA` is another firm.
  bool has_american(const std::string& key) const {
    return std::ranges::any_of(k_american_forms, [&](std::string_view form) {
      return find(EntityKind::company, key + ' ' + std::string(form)) != k_none;
    });
  }

  /// Names of one person with and without middle names; the lists know better whom they hold.
  void join_people() {
    std::vector<Node> nodes;
    std::vector<std::string_view> names;
    const Node begin = begins_[static_cast<std::size_t>(EntityKind::person)];
    for (Node node = begin; node < begin + used_[static_cast<std::size_t>(EntityKind::person)].size(); ++node) {
      if (apart_[node]) continue;
      nodes.push_back(node);
      names.push_back(name(node).key);
    }
    for (const auto& [a, b] : person_variants(names)) join(nodes[a], nodes[b]);
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
    const auto words = [&](const Candidate& c) { return std::ranges::count(name(c.node).key, ' '); };
    std::ranges::stable_sort(candidates, std::greater{}, words);
    const bool has_short_forms = kind != EntityKind::person && kind != EntityKind::place;
    const auto rivals = has_short_forms ? rivals_of(kind, candidates) : Rivals{};
    const auto bearers = has_short_forms ? bearers_of(kind, candidates) : Rivals{};
    for (const Candidate& candidate : candidates) join_form(candidate, rivals, bearers);
  }

  std::vector<Candidate> candidates_of(EntityKind kind) {
    std::map<Node, std::vector<std::pair<Node, std::uint64_t>>> uses;
    const auto begin = begins_[static_cast<std::size_t>(kind)];
    for (Node node = begin; node < begin + used_[static_cast<std::size_t>(kind)].size(); ++node) {
      if (apart_[node]) continue;
      for (const UsedForm& form : name(node).forms) {
        const std::string key = facet_key(form.text);
        if (key == name(node).key) continue;
        if (const Node shorter = find(kind, key); shorter != k_none && !apart_[shorter])
          uses[shorter].emplace_back(node, form.articles);
      }
    }
    std::vector<Candidate> candidates;
    for (auto& [node, found] : uses) candidates.push_back({node, std::move(found)});
    return candidates;
  }

  using Rivals = std::unordered_map<Node, std::vector<Node>>; ///< by candidate: the longer names it may be short for

  Rivals rivals_of(EntityKind kind, const std::vector<Candidate>& candidates) {
    std::unordered_map<std::string_view, std::vector<Node>> by_first_word;
    for (const Candidate& c : candidates) by_first_word[words_of(name(c.node).key).front()].push_back(c.node);
    Rivals rivals;
    const auto begin = begins_[static_cast<std::size_t>(kind)];
    for (Node node = begin; node < begin + used_[static_cast<std::size_t>(kind)].size(); ++node) {
      const std::string& key = name(node).key;
      std::set<Node> held;
      for (const std::string_view word : words_of(key)) {
        const auto it = by_first_word.find(word);
        if (it == by_first_word.end()) continue;
        for (const Node candidate : it->second) {
          if (candidate != node && has_run(key, name(candidate).key)) held.insert(candidate);
        }
      }
      for (const Node candidate : held) rivals[candidate].push_back(node);
    }
    return rivals;
  }

  /// The names whose words begin with the letters of a candidate compete for it: CBC.
  Rivals bearers_of(EntityKind kind, const std::vector<Candidate>& candidates) const {
    Rivals bearers;
    std::unordered_map<std::string_view, Node> by_key;
    for (const Candidate& c : candidates) by_key.emplace(name(c.node).key, c.node);
    const auto begin = begins_[static_cast<std::size_t>(kind)];
    for (Node node = begin; node < begin + used_[static_cast<std::size_t>(kind)].size(); ++node) {
      std::string initials;
      for (const std::string_view word : words_of(name(node).key)) initials += word.front();
      const auto it = by_key.find(initials);
      if (it != by_key.end() && it->second != node) bearers[it->second].push_back(node);
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
    const std::uint64_t alone = name(candidate.node).articles;
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
    const UsedName& shorter = name(candidate.node);
    return is_capitals(writing(shorter)) && std::ranges::any_of(candidate.uses, [&](const auto& use) {
             return root(use.first) == longer && is_made_of(shorter.key, name(use.first).key);
           });
  }

  bool is_short_form(const Candidate& candidate, Node longer) {
    const EntityKind kind = kinds_[candidate.node];
    if (kind == EntityKind::person || kind == EntityKind::place) return false;
    return std::ranges::any_of(candidate.uses, [&](const auto& use) {
      return root(use.first) == longer && has_run(name(use.first).key, name(candidate.node).key);
    });
  }

  /// Whether the candidate could as well be short for a name of another entity with comparable weight.
  bool has_rival(Node candidate, Node longer, const Rivals& rivals) {
    const auto found = rivals.find(candidate);
    if (found == rivals.end()) return false;
    return std::ranges::any_of(found->second, [&](Node rival) {
      const Node other = root(rival);
      return other != longer && other != root(candidate) && weight_[other] * 100 >= weight_[longer] * k_rival_weight;
    });
  }

  /// What a listed entity is called, whoever else is indexed under that, is it.
  void join_canonicals() {
    for (Node node = 0; node < kinds_.size(); ++node) {
      if (root(node) != node || owner_[node] == nullptr) continue;
      const Node named = find(owner_[node]->kind, facet_key(owner_[node]->name()));
      if (named != k_none && !nobody_[named]) unite(named, node);
    }
  }

  // --- what came of it ---

  /// A name that no article has, for an entity.
  struct Alias {
    NameKey name;
    std::string canonical;
    bool is_listed = false; ///< more than articles say so
  };

  /// How a name is mostly written in the articles that are indexed under it.
  static std::string writing(const UsedName& name) {
    std::uint64_t others = 0;
    const UsedForm* best = nullptr;
    for (const UsedForm& form : name.forms) {
      if (facet_key(form.text) != name.key) continue;
      others += form.articles;
      if (best == nullptr || form.articles > best->articles) best = &form;
    }
    const bool is_plain = best == nullptr || others + best->articles <= name.articles;
    return is_plain ? plain_writing(name.key) : best->text;
  }

  void collect() {
    std::vector<std::vector<Node>> groups(kinds_.size()); // by root, the first member
    for (Node node = 0; node < kinds_.size(); ++node) {
      if (!nobody_[node]) groups[root(node)].push_back(node);
    }
    for (Node node = 0; node < kinds_.size(); ++node) {
      if (!groups[node].empty()) collect(node, groups[node]);
    }
    settle_aliases();
  }

  void collect(Node top, const std::vector<Node>& members) {
    const CatalogEntity* owner = owner_[top];
    JoinedEntity entity;
    if (owner != nullptr && is_shown_as_listed(*owner, members)) {
      entity = {.canonical = {owner->kind, facet_key(owner->name())}, .name = listed_writing(*owner)};
    } else {
      // What an organization is mostly called is short for its official names: `Congress`, `Finance Ministry`.
      const bool by_list = owner != nullptr && owner->kind != EntityKind::organization;
      const Node best = by_list ? first_listed(members, *owner) : most_used(members);
      entity = {.canonical = {kinds_[best], name(best).key}, .name = writing(name(best))};
    }
    for (const Node node : members) entity.members.push_back({kinds_[node], name(node).key});
    add_aliases(entity, members, owner);
    if (owner != nullptr && !is_listed_.emplace(entity.canonical, joined_.entities.size()).second)
      return unite(joined_.entities[is_listed_.at(entity.canonical)], entity);
    joined_.entities.push_back(std::move(entity));
  }

  /// Entities that a user gives the same name are one to everybody who searches.
  static void unite(JoinedEntity& entity, JoinedEntity& namesake) {
    std::ranges::move(namesake.members, std::back_inserter(entity.members));
    std::ranges::sort(entity.members);
  }

  /// Whether an entity goes by its canonical name: not where the collection never uses that (`Esso` long before
  /// `ExxonMobil`). Places are found by their usual names, and a user's choice holds.
  bool is_shown_as_listed(const CatalogEntity& owner, const std::vector<Node>& members) const {
    const std::string canonical = name_key(owner.kind, owner.name());
    return owner.from_user || owner.kind == EntityKind::place || std::ranges::any_of(members, [&](Node node) {
             return kinds_[node] == owner.kind && name_key(owner.kind, name(node).key) == canonical;
           });
  }

  /// The listed name, or as all articles write it where none does so (`George W Bush`).
  std::string listed_writing(const CatalogEntity& owner) const {
    const Node node = find(owner.kind, facet_key(owner.name()));
    if (owner.from_user || node == k_none) return owner.name();
    std::uint64_t otherwise = 0; // articles that write it in another way
    for (const UsedForm& form : name(node).forms) {
      if (form.text == owner.name()) return owner.name();
      if (facet_key(form.text) == name(node).key) otherwise += form.articles;
    }
    const bool is_plain = plain_writing(name(node).key) == owner.name();
    return is_plain && otherwise < name(node).articles ? owner.name() : writing(name(node));
  }

  /// The member that stands first among the listed names, so that what is shown does not change with every update.
  Node first_listed(const std::vector<Node>& members, const CatalogEntity& owner) const {
    for (const ListedName& listed : owner.names) {
      const std::string key = facet_key(listed.text);
      const auto found =
          std::ranges::find_if(members, [&](Node node) { return kinds_[node] == owner.kind && name(node).key == key; });
      if (found != members.end()) return *found;
    }
    return most_used(members);
  }

  Node most_used(const std::vector<Node>& members) const {
    return *std::ranges::max_element(members, [&](Node a, Node b) {
      const UsedName& x = name(a);
      const UsedName& y = name(b);
      if (x.articles != y.articles) return x.articles < y.articles;
      return x.key.size() != y.key.size() ? x.key.size() < y.key.size() : x.key > y.key;
    });
  }

  /// The further names under which a search is to find the entity.
  void add_aliases(const JoinedEntity& entity, const std::vector<Node>& members, const CatalogEntity* owner) {
    const EntityKind kind = entity.canonical.kind;
    const auto add = [&](std::string key, bool is_listed) {
      const bool is_used = find(kind, key) != k_none; // then it means what those articles mean
      if (key.empty() || key == entity.canonical.key || is_used) return;
      aliases_.push_back({{kind, std::move(key)}, entity.canonical.key, is_listed});
    };
    if (owner != nullptr) {
      for (const ListedName& listed : owner->names) {
        if (listed.found_as) continue;
        add(facet_key(listed.text), true);
        add(name_key(kind, listed.text), true);
      }
    }
    for (const Node node : members) {
      if (kinds_[node] != kind) continue;
      add(name_key(kind, name(node).key), true);
      for (const UsedForm& form : name(node).forms) {
        std::string key = facet_key(form.text);
        // Of a person's family name alone nobody can tell whose it is.
        if (kind != EntityKind::person || key.find(' ') != std::string::npos) add(std::move(key), false);
      }
    }
  }

  /// What only articles use means something only where it is one entity's.
  void settle_aliases() {
    const auto order = [](const Alias& a) { return std::tie(a.name, a.canonical); };
    std::ranges::sort(aliases_, {}, order);
    for (auto begin = aliases_.begin(); begin != aliases_.end();) {
      const auto end = std::find_if(begin, aliases_.end(), [&](const Alias& a) { return a.name != begin->name; });
      if (!is_listed_.contains(begin->name)) settle({begin, end});
      begin = end;
    }
  }

  void settle(std::span<const Alias> same) {
    const bool is_listed = std::ranges::any_of(same, &Alias::is_listed);
    if (!is_listed && same.front().canonical != same.back().canonical) return;
    const std::string* before = nullptr;
    for (const Alias& alias : same) {
      if (is_listed && !alias.is_listed) continue;
      if (before == nullptr || *before != alias.canonical)
        joined_.aliases.emplace_back(alias.name, NameKey{alias.name.kind, alias.canonical});
      before = &alias.canonical;
    }
  }

  const UsedNames& used_;
  const Catalog& listed_;
  std::array<Node, k_entity_kinds.size()> begins_{}; // of each kind's nodes
  std::vector<EntityKind> kinds_;                    // by node
  std::array<std::unordered_map<std::string_view, Node>, k_entity_kinds.size()> by_key_;
  std::vector<Node> parent_;                // union-find; a root is its own
  std::vector<const CatalogEntity*> owner_; // by root: the listed entity
  std::vector<bool> apart_;                 // by node: no rule joins it
  std::vector<bool> nobody_;                // by node: the user forbids it
  std::vector<std::uint64_t> weight_;       // by root: articles
  std::vector<Alias> aliases_;
  std::map<NameKey, std::size_t> is_listed_; // canonical names of listed entities -> into joined_.entities
  JoinedNames joined_;
};

} // namespace

JoinedNames join_names(const UsedNames& used, const Catalog& listed) { return Joiner(used, listed).run(); }

} // namespace pfind
