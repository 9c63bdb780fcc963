#include "indexer/recognizer/name_evidence.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "corpus/names/shipped.hpp"
#include "indexer/recognizer/name_model.hpp"
#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

const std::uint64_t k_possessive_s = word_key("s");

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t h = a * 0x9E3779B97F4A7C15u ^ (b + 0x7F4A7C15u);
  h = (h ^ (h >> 31)) * 0xD6E8FEB86659FD93u;
  return h ^ (h >> 32);
}

/// `Xxxx`, `XXX`, `xXxx`, `X.X.`, `9999` and so on as a small number: case, letters or digits, and roughly how long.
std::uint32_t shape_of(const Word& word) {
  const std::uint32_t length = std::min<std::uint32_t>(word.length, 6);
  const bool digits = word.letters < word.length;
  const bool inner = (word.capitals & ~1u) != 0;
  return (word.capitalised() ? 1u : 0u) | (word.all_capitals() ? 2u : 0u) | (inner ? 4u : 0u) | (digits ? 8u : 0u) |
         (word.letters == 0 ? 16u : 0u) | (word.initials ? 32u : 0u) | length << 6;
}

bool is_at_or_in(std::uint64_t key) {
  static const std::array words{word_key("in"), word_key("at"), word_key("near")};
  return std::ranges::find(words, key) != words.end();
}

} // namespace

WordLists::WordLists(std::span<const std::uint64_t> common_words) {
  for (const std::uint64_t key : common_words) words_[key] |= word_list::k_common_word;
  add(corpus::given_names(), word_list::k_given_name);
  add(corpus::family_names(), word_list::k_family_name);
  add(corpus::demonyms(), word_list::k_demonym);
  add_words_of_names();
}

WordLists WordLists::without(std::uint32_t bits) const {
  WordLists fewer = *this;
  fewer.words_.remove(bits);
  return fewer;
}

/// `lines`: a word each, up to a tab if there is one; `#` begins a comment.
void WordLists::add(std::string_view lines, std::uint32_t bit) {
  Words scanned;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (line.starts_with('#')) continue;
    scan_words(line.substr(0, line.find('\t')), scanned);
    if (scanned.words.size() != 1) continue;
    words_[scanned.words.front().key] |= bit;
    if (bit == word_list::k_demonym) words_[word_key(std::string(line.substr(0, line.find('\t'))) + 's')] |= bit;
  }
}

/// A word that begins or ends several names of a kind is likely to do so in names that no list has.
void WordLists::add_words_of_names() {
  constexpr std::uint32_t k_enough = 3; // names
  struct Places {
    std::array<std::uint32_t, k_entity_kinds.size()> first{}, last{};
  };
  std::unordered_map<std::uint64_t, Places> counts;
  Words scanned;
  for (const NamesEntry& entity : corpus::shipped_entries()) {
    for (const ListedName& name : entity.names) {
      if (name.filter_only) continue;
      scan_words(name.text, scanned);
      if (scanned.words.size() < 2) continue;
      ++counts[scanned.words.front().key].first[static_cast<std::size_t>(entity.kind)];
      ++counts[scanned.words.back().key].last[static_cast<std::size_t>(entity.kind)];
    }
  }
  const auto bits = [&](const Places& places, EntityKind kind, std::uint32_t first, std::uint32_t last) {
    const auto k = static_cast<std::size_t>(kind);
    return (places.first[k] >= k_enough ? first : 0) | (places.last[k] >= k_enough ? last : 0);
  };
  for (const auto& [key, places] : counts) {
    const std::uint32_t all =
        bits(places, EntityKind::company, word_list::k_company_first, word_list::k_company_last) |
        bits(places, EntityKind::organization, word_list::k_organization_first, word_list::k_organization_last) |
        bits(places, EntityKind::place, word_list::k_place_word, word_list::k_place_word) |
        bits(places, EntityKind::person, word_list::k_person_first, word_list::k_person_last);
    if (all != 0) words_[key] |= all;
  }
}

void ArticleEvidence::add(std::string_view text, const Words& words, const WordLists& lists) {
  const auto count = words.words.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Word& word = words.words[i];
    if (word.letters == 0 || words.lines[word.line].style != LineStyle::prose) continue;
    std::uint32_t& bits = words_[word.key];
    if (word.lower_case()) {
      bits |= k_lower_case;
      continue;
    }
    if (!word.sentence_start) bits |= k_mid_sentence;
    if (i > 0 && (word.before == Separator::space || word.before == Separator::dot_space)) {
      const Word& before = words.words[i - 1];
      const std::uint32_t classes = classes_of(before);
      constexpr auto k_titles = static_cast<std::uint32_t>(WordClass::personal_title);
      if ((classes & k_titles) != 0 || (lists.of(before.key) & word_list::k_given_name) != 0) bits |= k_behind_title;
      if (is_at_or_in(before.key)) bits |= k_behind_in;
    }
    if (i + 1 < count) {
      const Word& after = words.words[i + 1];
      const bool near = after.before == Separator::space || after.before == Separator::comma;
      if (near && after.capitalised() && is(after, WordClass::legal_suffix)) bits |= k_before_suffix;
      if (after.before == Separator::apostrophe && after.key == k_possessive_s) bits |= k_possessive;
      if (after.before == Separator::space && is(after, WordClass::company_context)) bits |= k_before_said;
    }
    if (word.begin > 0 && text[word.begin - 1] == '(' && word.end < text.size() && text[word.end] == ')')
      bits |= k_in_brackets;
  }
}

std::vector<ListedAs> listed_words(const Words& words, std::span<const Match> matches) {
  std::vector<ListedAs> listed(words.words.size());
  for (const Match& match : matches) {
    ListedAs as{.kind = static_cast<std::uint8_t>(1 + static_cast<unsigned>(match.patterns.front()->kind)),
                .ambiguous = match.patterns.front()->ambiguous};
    for (const Pattern* pattern : match.patterns) {
      const auto kind = static_cast<std::uint8_t>(1 + static_cast<unsigned>(pattern->kind));
      if (kind != as.kind) as.second_kind = kind;
      as.ambiguous = as.ambiguous || pattern->ambiguous;
    }
    for (std::uint32_t i = match.first_word; i < match.end_word; ++i) {
      const bool first = i == match.first_word, last = i + 1 == match.end_word;
      as.part = first && last ? PartOfName::whole
                : first       ? PartOfName::first
                : last        ? PartOfName::last
                              : PartOfName::inside;
      listed[i] = as;
    }
  }
  return listed;
}

namespace {

/// Writes the features of one word. Each template has a number of its own that goes into the hash.
class FeatureWriter {
public:
  FeatureWriter(const TextEvidence& evidence, std::uint32_t begin, std::uint32_t end, std::uint32_t index,
                std::vector<std::uint32_t>& features)
      : evidence_(evidence), begin_(begin), end_(end), index_(index), features_(features) {}

  void write() {
    features_.clear();
    const View at = view(0), before = view(-1), after = view(1);
    add_word(at);
    add_neighbours(at, before, after);
    add_lists(at, before, after);
    add_article(at);
    add_run(at);
  }

private:
  /// A word or the edge of the text, with what is known of it.
  struct View {
    std::uint64_t key = 0;
    std::uint32_t shape = 0, classes = 0, lists = 0, listed = 0;
    std::uint32_t separator = 0; ///< before it
    const Word* word = nullptr;
  };

  View view(int offset) const {
    const std::int64_t i = static_cast<std::int64_t>(index_) + offset;
    const auto& words = evidence_.words.words;
    if (i < 0 || i >= static_cast<std::int64_t>(words.size())) return {};
    const Word& word = words[static_cast<std::size_t>(i)];
    const ListedAs& listed = evidence_.listed[static_cast<std::size_t>(i)];
    return {.key = word.key,
            .shape = shape_of(word) + 1,
            .classes = classes_of(word),
            .lists = evidence_.lists.of(word.key),
            .listed =
                static_cast<std::uint32_t>(listed.kind | listed.second_kind << 3 |
                                           static_cast<unsigned>(listed.part) << 6 | (listed.ambiguous ? 1 << 9 : 0)),
            .separator = static_cast<std::uint32_t>(word.before) | (word.sentence_start ? 16u : 0u) | 32u,
            .word = &word};
  }

  void add(std::uint32_t number, std::uint64_t value) {
    features_.push_back(static_cast<std::uint32_t>(mix(number, value) % NameModel::k_rows));
  }
  void add(std::uint32_t number, std::uint64_t a, std::uint64_t b) { add(number, mix(a, b)); }
  void add_bits(std::uint32_t number, std::uint32_t bits) {
    for (; bits != 0; bits &= bits - 1) add(number, bits & ~(bits - 1));
  }

  void add_word(const View& at) {
    add(1, 0);
    add(2, at.key);
    add(3, at.shape);
    add(4, at.key, at.shape & 7);
    add(5, at.separator, at.shape & 7);
    const Word& word = evidence_.words.words[index_];
    const std::string_view written = evidence_.text.substr(word.begin, word.end - word.begin);
    for (const std::size_t length : {2u, 3u, 4u}) {
      if (written.size() < length + 1) break;
      add(6, word_key(written.substr(written.size() - length)), length);
      add(7, word_key(written.substr(0, length)), length);
    }
    add_bits(8, at.classes);
  }

  void add_neighbours(const View& at, const View& before, const View& after) {
    add(10, before.key, at.separator);
    add(11, after.key, after.separator);
    add(12, before.shape, before.separator);
    add(13, after.shape, after.separator);
    add(14, before.key, at.shape & 7);
    add(15, after.key, at.shape & 7);
    add(16, before.key, at.key);
    add(17, at.key, after.key);
    add(18, mix(before.shape & 63, at.shape & 63), after.shape & 63);
    add_bits(19, before.classes);
    add_bits(20, after.classes);
    add(21, view(-2).key, before.key);
    add(22, after.key, view(2).key);
    add(23, view(-2).key);
    add(24, view(2).key);
    add(25, mix(before.classes, at.classes), after.classes);
    add(26, before.classes, after.classes);
    add(27, view(-2).shape & 63, before.shape & 63);
    add(28, view(2).shape & 63, after.shape & 63);
  }

  void add_lists(const View& at, const View& before, const View& after) {
    add(30, at.listed);
    add(31, before.listed, at.listed);
    add(32, at.listed, after.listed);
    add(33, at.listed, at.separator);
    add_bits(34, at.lists);
    add_bits(35, before.lists);
    add_bits(36, after.lists);
    add(37, at.lists);
    add(38, before.lists & 3, at.lists & 3);
    add(39, at.lists & 3, after.lists & 3);
    add(40, at.lists, after.shape & 7);
    add(41, mix(at.lists, before.classes), after.classes);
  }

  void add_article(const View& at) {
    const std::uint32_t bits = evidence_.article.of(at.key);
    add_bits(50, bits);
    add(51, bits, at.shape & 7);
    add(52, bits, at.listed);
    add(53, bits & 3, at.separator);
  }

  /// Where in its run the word stands, and how the run ends: `... Securities Ltd`.
  void add_run(const View& at) {
    const auto& words = evidence_.words.words;
    const std::uint32_t first = std::min<std::uint32_t>(index_ - begin_, 3),
                        last = std::min<std::uint32_t>(end_ - 1 - index_, 3);
    add(60, first, last);
    add(61, mix(first, last), at.shape & 7);
    // The last capitalised word joined to this one by white space decides what `A B C Securities` is.
    std::uint32_t head = index_;
    while (head + 1 < end_ && words[head + 1].before == Separator::space && words[head + 1].capitalised()) ++head;
    const Word& head_word = words[head];
    if (head != index_) {
      add(62, head_word.key);
      add_bits(63, classes_of(head_word));
      add_bits(64, evidence_.lists.of(head_word.key));
    }
    const bool suffixed = head + 1 < end_ && is(words[head + 1], WordClass::legal_suffix);
    add(65, suffixed || is(head_word, WordClass::legal_suffix), at.shape & 7);
    std::uint32_t start = index_;
    while (start > begin_ && words[start].before == Separator::space && words[start - 1].capitalised()) --start;
    if (start != index_) {
      add(66, words[start].key);
      add_bits(67, evidence_.lists.of(words[start].key));
    }
    if (start > 0) add(68, words[start - 1].key);
    if (head + 1 < words.size()) add(69, words[head + 1].key);
  }

  const TextEvidence& evidence_;
  std::uint32_t begin_, end_, index_;
  std::vector<std::uint32_t>& features_;
};

} // namespace

void word_features(const TextEvidence& evidence, std::uint32_t begin, std::uint32_t end, std::uint32_t index,
                   std::vector<std::uint32_t>& features) {
  FeatureWriter(evidence, begin, end, index, features).write();
}

} // namespace pfind::indexer
