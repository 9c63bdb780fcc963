#pragma once

#include <array>
#include <cstdint>
#include <future>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/at_once.hpp"
#include "common/entity/catalog.hpp"
#include "common/entity/joined_names.hpp"
#include "common/entity/key_table.hpp"

namespace pfind {

/// The names of a collection while it is settled which mean the same: every name is a node, numbered by kind and key,
/// and nodes are united to entities. What comparing names takes is worked out once for each.
class NameGraph {
public:
  using Node = std::uint32_t;
  static constexpr Node k_none = KeyTable::k_none;

  /// `used` must live as long as this. What takes long is done for several kinds at once.
  explicit NameGraph(const UsedNames& used);

  Node size() const { return static_cast<Node>(names_.size()); }
  /// The nodes of a kind: from `begin`, up to `end`.
  Node begin(EntityKind kind) const { return begins_[static_cast<std::size_t>(kind)]; }
  Node end(EntityKind kind) const { return begins_[static_cast<std::size_t>(kind) + 1]; }

  EntityKind kind(Node node) const { return kinds_[node]; }
  const UsedName& name(Node node) const { return *names_[node]; }
  NameView view(Node node) const { return {kinds_[node], names_[node]->key}; }
  std::string_view key(Node node) const { return names_[node]->key; }
  std::string_view name_key(Node node) const { return name_keys_[node]; } ///< see pfind::name_key
  /// The facet_keys of a name's forms, in their order.
  std::span<const std::string_view> form_keys(Node node) const {
    return std::span(form_keys_).subspan(first_forms_[node], names_[node]->forms.size());
  }

  /// Calls `work` with every kind, for several kinds at once where there are names enough for that to pay.
  template <typename Work>
  void each_kind(Work&& work) const {
    constexpr Node k_many = 10'000;
    const auto policy = size() < k_many ? std::launch::deferred : k_at_once;
    std::vector<std::future<void>> all;
    for (const EntityKind kind : k_entity_kinds) all.push_back(std::async(policy, [&work, kind] { work(kind); }));
    for (std::future<void>& one : all) one.get();
  }

  /// The name of that kind and key, or k_none.
  Node find(EntityKind kind, std::string_view key) const { return by_key_[static_cast<std::size_t>(kind)].find(key); }

  /// How a name is mostly written in the articles that are indexed under it.
  std::string writing(Node node) const;

  /// The node that stands for the entity of a node: its first.
  Node root(Node node) {
    while (parents_[node] != node) node = parents_[node] = parents_[parents_[node]];
    return node;
  }

  /// Makes two entities one, that of the first which has an owner.
  void unite(Node a, Node b);

  /// By root: the listed entity that it is, or null.
  const CatalogEntity* owner(Node root) const { return owners_[root]; }
  void set_owner(Node root, const CatalogEntity* owner) { owners_[root] = owner; }

  /// By root: the articles of its names.
  std::uint64_t weight(Node root) const { return weights_[root]; }

  /// By node: no rule joins it to another.
  bool is_apart(Node node) const { return apart_[node]; }
  void set_apart(Node node) { apart_[node] = true; }

  /// By node: the user says that nobody bears the name.
  bool is_nobody(Node node) const { return nobody_[node]; }
  void set_nobody(Node node) { nobody_[node] = apart_[node] = true; }

  /// What keys of names and forms point into, for whoever keeps such keys for longer.
  std::array<TextPool, k_entity_kinds.size()> take_texts() { return std::move(texts_); }

private:
  void work_out_keys(EntityKind kind);

  std::array<TextPool, k_entity_kinds.size()> texts_; // by kind
  std::array<Node, k_entity_kinds.size() + 1> begins_{};
  std::vector<EntityKind> kinds_;
  std::vector<const UsedName*> names_;
  std::vector<std::string_view> name_keys_;
  std::vector<std::string_view> form_keys_; // of all names
  std::vector<std::size_t> first_forms_;    // by node: into form_keys_
  std::array<KeyTable, k_entity_kinds.size()> by_key_;
  std::vector<Node> parents_; // union-find; a root is its own
  std::vector<const CatalogEntity*> owners_;
  std::vector<std::uint64_t> weights_;
  std::vector<bool> apart_;
  std::vector<bool> nobody_;
};

} // namespace pfind
