#include "indexer/recognizer/name_groups.hpp"

#include <algorithm>
#include <unordered_map>

#include "common/entity/name_key.hpp"
#include "corpus/reader/text_line.hpp"
#include "indexer/recognizer/name_joins.hpp"
#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

constexpr std::size_t k_none = k_entity_kinds.size(); // place of "no entity" among votes
constexpr std::size_t k_most_entities = 2000;         // of a kind in one article; a telephone book has more

// What the sources of evidence weigh against each other, in the model's units.
constexpr double k_listed_clear = 400;
constexpr double k_listed_ambiguous = 150;
constexpr double k_listed_weak = 40;
constexpr double k_suffix = 600;
constexpr double k_user = 10'000;       // listed by the user: whose word holds
constexpr double k_head = 150;          // the name's head is `Ministry`, `University`
constexpr double k_most_of_model = 400; // of one mention
constexpr double k_technology = 600;
// How confident it must be of a name that no list has: better no entity than a wrong one.
constexpr std::array<double, k_entity_kinds.size()> k_least{250, 240, 170, 300, 250};

constexpr double k_beyond_doubt = 350; // for an ambiguous name that its context speaks against

constexpr std::size_t index_of(EntityKind kind) { return static_cast<std::size_t>(kind); }

/// Whether a name stands in capitals that are not its own: in a heading, or a dateline.
bool is_shouted(const TextReading& reading, const NameMention& mention) {
  return std::all_of(reading.words.words.begin() + mention.first_word, reading.words.words.begin() + mention.end_word,
                     [](const Word& word) { return word.letters == 0 || word.all_capitals(); });
}

/// The word that tells what a name of several words is: `Ministry` of `Ministry of Finance`, else the last.
const Word& head_of(const TextReading& reading, const NameMention& mention) {
  const std::vector<Word>& words = reading.words.words;
  for (std::uint32_t i = mention.first_word + 1; i < mention.end_word; ++i) {
    if (words[i].lower_case() && is(words[i], WordClass::connector)) return words[i - 1];
  }
  return words[mention.end_word - 1];
}

bool before_stock_code(const TextReading& reading, const NameMention& mention) {
  const std::vector<Word>& words = reading.words.words;
  const bool is_place = mention.pattern != nullptr && mention.pattern->kind == EntityKind::place; // `Alitalia of Italy`
  return !is_place && mention.end_with_suffix < words.size() && words[mention.end_with_suffix].stock_code;
}

/// `Bush` of `President Bush`.
std::string without_title(const std::string& name, EntityKind kind) {
  if (kind != EntityKind::person) return name;
  Words words;
  scan_words(name, words);
  std::size_t first = 0;
  while (first + 1 < words.words.size() &&
         (is(words.words[first], WordClass::role) || is(words.words[first], WordClass::personal_title)))
    ++first;
  return name.substr(words.words[first].begin);
}

/// Whether a form is an entity's only by a name for filters, a stock code for example: `HD Ltd` is not Home Depot. What
/// a filter calls a place it is called in text too (`America`), though not always meant.
bool is_only_code(const CatalogEntity& entity, const std::string& form) {
  return std::ranges::none_of(entity.names, [&](const ListedName& name) {
    const bool counts = !name.filter_only || entity.kind == EntityKind::place;
    return counts && name_key(entity.kind, name.text) == name_key(entity.kind, form);
  });
}

/// Of the entity's listed names the first that the article uses, as the article mostly writes it; the canonical name
/// where it uses none as listed.
std::string used_name(const NameGroup& group, EntityKind kind) {
  std::unordered_map<std::string, const std::string*> written; // by spelling_key
  std::unordered_set<std::string> used;
  for (const auto& [form, count] : group.form_counts) {
    const std::string*& best = written[spelling_key(form)];
    if (best == nullptr || group.form_counts.at(*best) < count) best = &form;
    used.insert(name_key(kind, form));
  }
  for (const ListedName& name : group.entity->names) {
    const std::string spelling = spelling_key(name.text);
    // The s of `Standard & Poor's Corp` is no possessive.
    if (name.filter_only || !(used.contains(name_key(kind, name.text)) || used.contains(spelling))) continue;
    const auto found = written.find(spelling);
    return found == written.end() ? name.text : *found->second;
  }
  return group.entity->name();
}

std::string longest_form(const NameGroup& group, EntityKind kind) {
  const auto length = [](const auto& counted) { return counted.first.size(); };
  return without_title(std::ranges::max_element(group.form_counts, {}, length)->first, kind);
}

NamedEntity named_entity(const NameGroup& group, bool listed, EntityKind kind) {
  std::vector<std::pair<std::string, std::uint32_t>> forms(group.form_counts.begin(), group.form_counts.end());
  std::ranges::stable_sort(forms, [](const auto& a, const auto& b) { return a.second > b.second; });
  NamedEntity entity{.name = listed ? used_name(group, kind) : longest_form(group, kind)};
  for (auto& [form, count] : forms) {
    if (form != entity.name) entity.aliases.push_back(std::move(form));
  }
  return entity;
}

/// Whether the evidence is enough for the kind that it speaks for.
bool is_accepted(const NameGroup& group, EntityKind kind) {
  if (group.entity != nullptr && group.listed_kind == kind)
    return group.proven || group.confidence(kind) >= k_beyond_doubt;
  if (kind == EntityKind::person && group.words.size() == 1) return group.confidence(kind) >= k_beyond_doubt;
  return !group.head_alone && group.confidence(kind) >= k_least[index_of(kind)];
}

} // namespace

std::optional<EntityKind> NameGroup::kind() const {
  const auto best = std::ranges::max_element(votes);
  const auto kind = static_cast<std::size_t>(best - votes.begin());
  if (kind == k_none || *best <= 0) return std::nullopt;
  return static_cast<EntityKind>(kind);
}

double NameGroup::confidence(EntityKind kind) const {
  double second = 0;
  for (std::size_t other = 0; other < votes.size(); ++other) {
    if (other != index_of(kind)) second = std::max(second, votes[other]);
  }
  return (votes[index_of(kind)] - second) / mentions;
}

bool NameGroup::is_firm() const {
  const auto best = kind();
  return best == EntityKind::company || best == EntityKind::organization;
}

void NameGroups::add(const TextReading& reading) {
  for (const NameMention& mention : reading.mentions) add_mention(reading, mention);
}

/// The name as written; of one in capitals that are not its own, as it is listed.
std::string NameGroups::form_of(const TextReading& reading, const NameMention& mention) const {
  std::string form = corpus::single_spaced(reading.written(mention.first_word, mention.end_with_suffix));
  if (mention.pattern == nullptr || mention.pattern->capitals || !is_shouted(reading, mention)) return form;
  const std::string key = spelling_key(form);
  const auto& names = catalog_.entities()[mention.pattern->entity].names;
  const auto listed =
      std::ranges::find_if(names, [&](const ListedName& name) { return spelling_key(name.text) == key; });
  return listed == names.end() ? names.front().text : listed->text;
}

NameGroup& NameGroups::group_of(const TextReading& reading, const NameMention& mention) {
  std::vector<std::uint64_t> words;
  for (std::uint32_t i = mention.first_word; i < mention.end_word; ++i) words.push_back(reading.words.words[i].key);
  const auto [found, is_new] = by_words_.try_emplace(words, groups_.size());
  if (is_new) groups_.push_back({.words = std::move(words), .first = mentions_});
  return groups_[found->second];
}

void NameGroups::add_mention(const TextReading& reading, const NameMention& mention) {
  NameGroup& group = group_of(reading, mention);
  ++mentions_;
  ++group.mentions;
  const Word& head = head_of(reading, mention);
  const bool heads = is(head, WordClass::organization_head);
  const bool suffixed = mention.end_with_suffix > mention.end_word;
  group.head_alone = heads && mention.end_word - mention.first_word == 1;
  group.suffixed = group.suffixed || suffixed;
  if (suffixed || before_stock_code(reading, mention)) group.votes[index_of(EntityKind::company)] += k_suffix;
  if (heads && !suffixed) group.votes[index_of(EntityKind::organization)] += k_head;
  ++group.form_counts[form_of(reading, mention)];
  if (mention.technology) group.votes[index_of(EntityKind::technology)] += k_technology;
  if (mention.tagged) {
    const double best = *std::ranges::max_element(mention.scores);
    constexpr std::array k_places{index_of(EntityKind::company), index_of(EntityKind::organization),
                                  index_of(EntityKind::person), index_of(EntityKind::place), k_none};
    for (std::size_t k = 0; k < k_name_kinds; ++k)
      group.votes[k_places[k]] += std::min(best, k_most_of_model) - (best - mention.scores[k]);
  }
  if (mention.pattern == nullptr) return;
  const bool surname = mention.end_with_suffix - mention.first_word == 1 &&
                       mention.pattern->kind != EntityKind::person &&
                       surnames_.contains(reading.words.words[mention.first_word].key);
  const bool strong = mention.verdict == Verdict::strong && !surname;
  group.votes[index_of(mention.pattern->kind)] += !strong                      ? k_listed_weak
                                                  : mention.pattern->ambiguous ? k_listed_ambiguous
                                                                               : k_listed_clear;
  group.proven = group.proven || strong;
  if (strong && catalog_.entities()[mention.pattern->entity].from_user)
    group.votes[index_of(mention.pattern->kind)] += k_user;
  group.clear = group.clear || (strong && !mention.pattern->ambiguous);
  if (strong || group.entity == nullptr) {
    group.entity = &catalog_.entities()[mention.pattern->entity];
    group.listed_kind = mention.pattern->kind;
  }
}

/// Names that the lists understand in filters only, or where the context said nothing: what the model takes for an
/// entity is then the listed one.
void NameGroups::look_up() {
  for (NameGroup& group : groups_) {
    const auto kind = group.kind();
    if (group.entity != nullptr || !kind) continue;
    for (const auto& [form, count] : group.form_counts) {
      const auto found = catalog_.find(*kind, form);
      if (found.empty() || is_only_code(*found.front(), form)) continue;
      const bool doubtful = std::ranges::any_of(
          found.front()->names, [&](const ListedName& name) { return name.ambiguous && name.text == form; });
      if (doubtful && group.confidence(*kind) < k_beyond_doubt) continue;
      group.entity = found.front();
      group.listed_kind = *kind;
      break;
    }
  }
}

ArticleEntities NameGroups::take() {
  look_up();
  join_names(groups_);
  std::vector<const NameGroup*> order;
  for (const NameGroup& group : groups_) {
    if (group.mentions > 0) order.push_back(&group);
  }
  std::ranges::sort(order, [](const NameGroup* a, const NameGroup* b) {
    return a->mentions != b->mentions ? a->mentions > b->mentions : a->first < b->first;
  });
  ArticleEntities entities;
  for (const NameGroup* group : order) {
    const auto kind = group->kind();
    if (!kind || !is_accepted(*group, *kind) || entities[index_of(*kind)].size() == k_most_entities) continue;
    const bool listed = group->entity != nullptr && group->listed_kind == *kind;
    if (!listed && group->form_counts.empty()) continue; // another kind's name, in capitals only
    entities[index_of(*kind)].push_back(named_entity(*group, listed, *kind));
  }
  return entities;
}

} // namespace pfind::indexer
