#include "indexer/recognizer/name_matcher.hpp"

#include <algorithm>

#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

constexpr std::uint32_t k_root = 0;
constexpr std::uint32_t k_none = UINT32_MAX;
constexpr std::size_t k_fewest_slots = 1024; // a power of two, as every size of the table
constexpr std::size_t k_longest_name = 16;   // words
constexpr int k_fewest_letters_in_capitals = 4;

std::uint64_t edge_key(std::uint32_t node, std::uint64_t word) {
  std::uint64_t key = word ^ (std::uint64_t{node} * 0x9E3779B97F4A7C15u);
  key ^= key >> 32; // FNV's low bits alone choose slots unevenly
  return key | 1;
}

/// Whether what the text has between two words may stand for what the list has.
bool separators_fit(Separator listed, const Word& word, const Word& before) {
  const Separator found = word.before;
  if (found == listed) return true;
  switch (found) {
  case Separator::none: return listed == Separator::space && (word.length == 1 || before.length == 1); // AT & T, CJK
  case Separator::space:
    return listed == Separator::hyphen || listed == Separator::comma || listed == Separator::none ||
           listed == Separator::dot_space;
  case Separator::hyphen: return listed == Separator::space;
  case Separator::comma: return listed == Separator::space && is(word, WordClass::legal_suffix);
  case Separator::dot_space: return listed == Separator::space && is(before, WordClass::abbreviation);
  default: return false;
  }
}

/// Whether the match is a company beyond doubt.
bool is_maker(const std::vector<const Pattern*>& patterns) {
  return patterns.size() == 1 && patterns[0]->kind == EntityKind::company && !patterns[0]->ambiguous;
}

} // namespace

NameMatcher::NameMatcher(const Catalog& catalog) : edges_(k_fewest_slots), nodes_(1) {
  for (std::uint32_t i = 0; i < catalog.entities().size(); ++i) {
    for (const ListedName& name : catalog.entities()[i].names) {
      if (!name.filter_only) add(name, catalog.entities()[i].kind, i);
    }
  }
}

void NameMatcher::add(const ListedName& name, EntityKind kind, std::uint32_t entity) {
  Words scanned;
  scan_words(name.text, scanned);
  const std::vector<Word>& words = scanned.words;
  if (words.empty() || words.size() > k_longest_name) return;
  Pattern pattern{.kind = kind,
                  .entity = entity,
                  .first = static_cast<std::uint32_t>(shapes_.size()),
                  .words = static_cast<std::uint8_t>(words.size()),
                  .ambiguous = name.ambiguous};
  pattern.any_case = std::ranges::all_of(words, [](const Word& word) { return word.capitals == 0; });
  pattern.capitals = std::ranges::all_of(words, [](const Word& w) { return w.letters == 0 || w.all_capitals(); });
  Node node = k_root;
  for (const Word& word : words) {
    pattern.letters = static_cast<std::uint8_t>(std::min(255, pattern.letters + word.letters));
    shapes_.push_back({word.capitals, word.letters, word.before});
    node = child_or_new(node, word.key);
  }
  nodes_[node].push_back(pattern);
}

NameMatcher::Node NameMatcher::child(Node node, std::uint64_t word) const {
  const std::uint64_t key = edge_key(node, word);
  for (std::size_t slot = key >> 1;; ++slot) {
    const Edge& edge = edges_[slot & (edges_.size() - 1)];
    if (edge.key == key) return edge.target;
    if (edge.key == 0) return k_none;
  }
}

NameMatcher::Node NameMatcher::child_or_new(Node node, std::uint64_t word) {
  if (const Node found = child(node, word); found != k_none) return found;
  if (++edge_count_ * 2 > edges_.size()) grow();
  const std::uint64_t key = edge_key(node, word);
  std::size_t slot = key >> 1;
  while (edges_[slot & (edges_.size() - 1)].key != 0) ++slot;
  const auto target = static_cast<Node>(nodes_.size());
  edges_[slot & (edges_.size() - 1)] = {key, target};
  nodes_.emplace_back();
  return target;
}

void NameMatcher::grow() {
  std::vector<Edge> larger(edges_.size() * 2);
  for (const Edge& edge : edges_) {
    if (edge.key == 0) continue;
    std::size_t slot = edge.key >> 1;
    while (larger[slot & (larger.size() - 1)].key != 0) ++slot;
    larger[slot & (larger.size() - 1)] = edge;
  }
  edges_ = std::move(larger);
}

bool NameMatcher::fits(const Pattern& pattern, std::span<const Word> words) const {
  bool as_written = true;
  bool as_title = pattern.words > 1 && !pattern.capitals;
  bool in_capitals = pattern.letters >= k_fewest_letters_in_capitals;
  for (std::size_t i = 0; i < pattern.words; ++i) {
    const Shape& shape = shapes_[pattern.first + i];
    if (i > 0 && !separators_fit(shape.before, words[i], words[i - 1])) return false;
    const bool model = pattern.words > 1 && words[i].letters < words[i].length && (words[i].capitals & 1) == 0;
    const bool same = words[i].capitals == shape.capitals || (model && (shape.capitals & 1) == 0); // "Kirin 9000S"
    as_written = as_written && same;
    as_title = as_title && (same || (shape.capitals == 0 && words[i].capitals == 1));
    in_capitals = in_capitals && (words[i].letters == 0 || words[i].all_capitals());
  }
  return pattern.any_case || as_written || as_title || in_capitals;
}

std::vector<const Pattern*> NameMatcher::fitting(Node node, std::span<const Word> words) const {
  std::vector<const Pattern*> fitting;
  for (const Pattern& pattern : nodes_[node]) {
    if (!fits(pattern, words)) continue;
    const auto same = std::ranges::find(fitting, pattern.entity, [](const Pattern* p) { return p->entity; });
    if (same == fitting.end()) {
      fitting.push_back(&pattern);
    } else if ((*same)->ambiguous && !pattern.ambiguous) {
      *same = &pattern;
    }
  }
  return fitting;
}

void NameMatcher::find_from(std::uint32_t first, std::span<const Word> words, std::vector<Match>& matches) const {
  Match longest{first, first, {}};
  Match maker{first, first, {}}; // of the product that the longest may turn out to be
  Node node = k_root;
  for (std::uint32_t end = first; end < words.size();) {
    node = child(node, words[end++].key);
    if (node == k_none) break;
    std::vector<const Pattern*> patterns = fitting(node, words.subspan(first, end - first));
    if (patterns.empty()) continue;
    if (is_maker(longest.patterns)) maker = std::move(longest);
    longest = {first, end, std::move(patterns)};
  }
  if (longest.patterns.empty()) return;
  const bool product = std::ranges::all_of(longest.patterns, [](auto* p) { return p->kind == EntityKind::technology; });
  if (product && !maker.patterns.empty()) matches.push_back(std::move(maker));
  matches.push_back(std::move(longest));
}

std::vector<Match> NameMatcher::find(std::span<const Word> words) const {
  std::vector<Match> matches;
  for (std::uint32_t i = 0; i < words.size();) {
    const std::size_t before = matches.size();
    if (child(k_root, words[i].key) != k_none) find_from(i, words, matches);
    i = matches.size() > before ? matches.back().end_word : i + 1;
  }
  return matches;
}

} // namespace pfind::indexer
