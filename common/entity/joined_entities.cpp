#include "common/entity/joined_entities.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "common/entity/name_key.hpp"
#include "common/schema.hpp"

namespace pfind {
namespace {

using Node = NameGraph::Node;
constexpr Node k_none = NameGraph::k_none;

/// A name that no article has, for an entity.
struct Alias {
  NameView name;
  std::string_view canonical;
  bool is_listed = false;  ///< more than articles say so
  std::uint64_t start = 0; ///< sort_start(name.key), so that sorting hardly looks at the names themselves
};

/// The nodes of every entity, in order.
class Groups {
public:
  explicit Groups(NameGraph& names) : ends_(names.size()), nodes_(names.size()) {
    std::vector<Node> roots(names.size());
    for (Node node = 0; node < names.size(); ++node) {
      roots[node] = names.root(node);
      if (!names.is_nobody(node)) ++ends_[roots[node]];
    }
    std::uint32_t begin = 0; // of a root's nodes; it moves on to their end
    for (std::uint32_t& count : ends_) begin += std::exchange(count, begin);
    for (Node node = 0; node < names.size(); ++node) {
      if (!names.is_nobody(node)) nodes_[ends_[roots[node]]++] = node;
    }
  }

  std::span<const Node> operator[](Node root) const {
    const std::uint32_t begin = root == 0 ? 0 : ends_[root - 1];
    return std::span(nodes_).subspan(begin, ends_[root] - begin);
  }

private:
  std::vector<std::uint32_t> ends_; // by root: into nodes_
  std::vector<Node> nodes_;
};

class EntityCollector {
public:
  explicit EntityCollector(NameGraph names) : names_(std::move(names)), groups_(names_) {
    joined_.key_texts = names_.take_texts();
  }

  JoinedNames collect() {
    joined_.entities.reserve(names_.size());
    views_.reserve(names_.size());
    for (Node node = 0; node < names_.size(); ++node) {
      if (names_.is_nobody(node)) joined_.nobody.push_back(names_.view(node));
      if (const auto members = groups_[node]; !members.empty()) collect(node, members);
    }
    joined_.members.push_back(std::move(views_));
    settle_aliases();
    return std::move(joined_);
  }

private:
  void collect(Node top, std::span<const Node> members) {
    const CatalogEntity* const owner = names_.owner(top);
    JoinedEntity entity;
    if (owner != nullptr && is_shown_as_listed(*owner, members)) {
      entity = {.canonical = {owner->kind, keep(facet_key(owner->name()))}, .name = keep(listed_writing(*owner))};
    } else {
      // What an organization is mostly called is short for its official names: `Congress`, `Finance Ministry`.
      const bool by_list = owner != nullptr && owner->kind != EntityKind::organization;
      const Node best = by_list ? first_listed(members, *owner) : most_used(members);
      entity = {.canonical = names_.view(best), .name = keep(names_.writing(best))};
    }
    const std::size_t first = views_.size(); // they never move: there is room for all
    for (const Node node : members) views_.push_back(names_.view(node));
    entity.members = std::span<const NameView>(views_).subspan(first);
    add_aliases(entity, members, owner);
    if (owner != nullptr) {
      auto& listed = listed_[static_cast<std::size_t>(entity.canonical.kind)];
      const auto number = static_cast<std::uint32_t>(joined_.entities.size());
      const auto [namesake, is_new] = listed.emplace(entity.canonical.key, number);
      if (!is_new) return unite(joined_.entities[namesake], entity);
    }
    joined_.entities.push_back(entity);
  }

  std::string_view keep(std::string_view text) { return joined_.texts.keep(text); }

  /// Entities that a user gives the same name are one to everybody who searches.
  void unite(JoinedEntity& entity, const JoinedEntity& namesake) {
    std::vector<NameView>& all = joined_.members.emplace_back(entity.members.begin(), entity.members.end());
    all.insert(all.end(), namesake.members.begin(), namesake.members.end());
    std::ranges::sort(all);
    entity.members = all;
  }

  /// Whether an entity goes by its canonical name: not where the collection never uses that (`Esso` long before
  /// `ExxonMobil`). Places are found by their usual names, and a user's choice holds.
  bool is_shown_as_listed(const CatalogEntity& owner, std::span<const Node> members) const {
    if (owner.from_user || owner.kind == EntityKind::place) return true;
    std::string buffer;
    const std::string_view canonical = name_key(owner.kind, owner.name(), buffer);
    return std::ranges::any_of(
        members, [&](Node node) { return names_.kind(node) == owner.kind && names_.name_key(node) == canonical; });
  }

  /// The listed name, or as all articles write it where none does so (`George W Bush`).
  std::string listed_writing(const CatalogEntity& owner) const {
    const Node node = names_.find(owner.kind, facet_key(owner.name()));
    if (owner.from_user || node == k_none) return owner.name();
    std::uint64_t otherwise = 0; // articles that write it in another way
    const UsedName& name = names_.name(node);
    for (std::size_t i = 0; i < name.forms.size(); ++i) {
      if (name.forms[i].text == owner.name()) return owner.name();
      if (names_.form_keys(node)[i] == name.key) otherwise += name.forms[i].articles;
    }
    const bool is_plain = plain_writing(name.key) == owner.name();
    return is_plain && otherwise < name.articles ? owner.name() : names_.writing(node);
  }

  /// The member that stands first among the listed names, so that what is shown does not change with every update.
  Node first_listed(std::span<const Node> members, const CatalogEntity& owner) const {
    for (const ListedName& listed : owner.names) {
      const std::string key = facet_key(listed.text);
      const auto found = std::ranges::find_if(
          members, [&](Node node) { return names_.kind(node) == owner.kind && names_.key(node) == key; });
      if (found != members.end()) return *found;
    }
    return most_used(members);
  }

  Node most_used(std::span<const Node> members) const {
    return *std::ranges::max_element(members, [&](Node a, Node b) {
      const UsedName& x = names_.name(a);
      const UsedName& y = names_.name(b);
      if (x.articles != y.articles) return x.articles < y.articles;
      return x.key.size() != y.key.size() ? x.key.size() < y.key.size() : x.key > y.key;
    });
  }

  /// The further names under which a search is to find the entity.
  void add_aliases(const JoinedEntity& entity, std::span<const Node> members, const CatalogEntity* owner) {
    const EntityKind kind = entity.canonical.kind;
    if (owner != nullptr) {
      std::string buffer;
      for (const ListedName& listed : owner->names) {
        if (listed.found_as) continue;
        if (const std::string key = facet_key(listed.text); is_further_name(entity, key))
          add_alias(entity, keep(key), true);
        if (const std::string_view key = name_key(kind, listed.text, buffer); is_further_name(entity, key))
          add_alias(entity, keep(key), true);
      }
    }
    for (const Node node : members) {
      if (names_.kind(node) != kind) continue;
      if (is_further_name(entity, names_.name_key(node))) add_alias(entity, names_.name_key(node), true);
      for (const std::string_view key : names_.form_keys(node)) {
        // Of a person's family name alone nobody can tell whose it is.
        const bool is_whole = kind != EntityKind::person || key.find(' ') != std::string_view::npos;
        if (is_whole && is_further_name(entity, key)) add_alias(entity, key, false);
      }
    }
  }

  /// Not so where articles are indexed under it: then it means what those mean.
  bool is_further_name(const JoinedEntity& entity, std::string_view key) const {
    return !key.empty() && key != entity.canonical.key && names_.find(entity.canonical.kind, key) == k_none;
  }

  void add_alias(const JoinedEntity& entity, std::string_view key, bool is_listed) {
    aliases_.push_back({{entity.canonical.kind, key}, entity.canonical.key, is_listed, sort_start(key)});
  }

  /// What only articles use means something only where it is one entity's.
  void settle_aliases() {
    std::ranges::sort(aliases_, [](const Alias& a, const Alias& b) {
      if (a.name.kind != b.name.kind) return a.name.kind < b.name.kind;
      if (a.start != b.start) return a.start < b.start;
      return std::tie(a.name.key, a.canonical) < std::tie(b.name.key, b.canonical);
    });
    joined_.aliases.reserve(aliases_.size());
    for (auto begin = aliases_.begin(); begin != aliases_.end();) {
      const auto end = std::find_if(begin, aliases_.end(), [&](const Alias& a) { return a.name != begin->name; });
      const KeyTable& listed = listed_[static_cast<std::size_t>(begin->name.kind)];
      if (listed.find(begin->name.key) == KeyTable::k_none) settle({begin, end});
      begin = end;
    }
  }

  void settle(std::span<const Alias> same) {
    const bool is_listed = std::ranges::any_of(same, &Alias::is_listed);
    if (!is_listed && same.front().canonical != same.back().canonical) return;
    const std::string_view* before = nullptr;
    for (const Alias& alias : same) {
      if (is_listed && !alias.is_listed) continue;
      if (before == nullptr || *before != alias.canonical)
        joined_.aliases.emplace_back(alias.name, NameView{alias.name.kind, alias.canonical});
      before = &alias.canonical;
    }
  }

  NameGraph names_;
  Groups groups_;
  std::vector<NameView> views_; // of the members of all entities
  std::vector<Alias> aliases_;
  std::array<KeyTable, k_entity_kinds.size()> listed_; // canonical names of listed entities -> into joined_.entities
  JoinedNames joined_;
};

} // namespace

JoinedNames joined_entities(NameGraph names) { return EntityCollector(std::move(names)).collect(); }

} // namespace pfind
