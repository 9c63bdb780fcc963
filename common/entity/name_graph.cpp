#include "common/entity/name_graph.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "common/entity/name_key.hpp"
#include "common/entity/plain_key.hpp"
#include "common/schema.hpp"

namespace pfind {

NameGraph::NameGraph(const UsedNames& used) {
  std::size_t count = 0;
  for (const auto& of_kind : used) count += of_kind.size();
  kinds_.reserve(count);
  names_.reserve(count);
  first_forms_.reserve(count);
  weights_.reserve(count);
  std::size_t forms = 0;
  for (std::size_t kind = 0; kind < used.size(); ++kind) {
    for (const UsedName& name : used[kind]) {
      kinds_.push_back(k_entity_kinds[kind]);
      names_.push_back(&name);
      weights_.push_back(name.articles);
      first_forms_.push_back(forms);
      forms += name.forms.size();
    }
    begins_[kind + 1] = size();
  }
  name_keys_.resize(count);
  form_keys_.resize(forms);
  parents_.resize(count);
  std::iota(parents_.begin(), parents_.end(), Node{0});
  owners_.resize(count, nullptr);
  apart_.resize(count, false);
  nobody_.resize(count, false);
  each_kind([this](EntityKind kind) { work_out_keys(kind); });
}

void NameGraph::work_out_keys(EntityKind kind) {
  KeyTable& by_key = by_key_[static_cast<std::size_t>(kind)];
  TextPool& texts = texts_[static_cast<std::size_t>(kind)];
  by_key.reserve(end(kind) - begin(kind));
  std::string buffer;
  for (Node node = begin(kind); node < end(kind); ++node) {
    const std::string_view key = names_[node]->key;
    by_key.emplace(key, node);
    const std::string_view compared = pfind::name_key(kind, key, buffer);
    name_keys_[node] = is_plain_key(key) ? compared : texts.keep(compared);
    std::size_t at = first_forms_[node];
    for (const UsedForm& form : names_[node]->forms) {
      const std::string form_key = facet_key(form.text);
      form_keys_[at++] = form_key == key ? key : texts.keep(form_key);
    }
  }
}

std::string NameGraph::writing(Node node) const {
  const UsedName& name = *names_[node];
  std::uint64_t others = 0;
  const UsedForm* best = nullptr;
  for (std::size_t i = 0; i < name.forms.size(); ++i) {
    const UsedForm& form = name.forms[i];
    if (form_keys(node)[i] != name.key) continue;
    others += form.articles;
    if (best == nullptr || form.articles > best->articles) best = &form;
  }
  const bool is_plain = best == nullptr || others + best->articles <= name.articles;
  return is_plain ? plain_writing(name.key) : best->text;
}

void NameGraph::unite(Node a, Node b) {
  a = root(a);
  b = root(b);
  if (a == b) return;
  if (b < a) std::swap(a, b);
  parents_[b] = a;
  if (owners_[a] == nullptr) owners_[a] = owners_[b];
  weights_[a] += weights_[b];
}

} // namespace pfind
