#include "indexer/recognizer/context.hpp"

#include <algorithm>

#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

constexpr int k_longest_byline = 6;  // words of a line that is "By" and names
constexpr int k_longest_credit = 16; // words behind "Reporting by"
constexpr int k_short_acronym = 3;   // letters; in headings such a word may be anything

bool is_part_of_name(const Word& word) {
  return word.capitalised() && !is(word, WordClass::function_word) && !is(word, WordClass::calendar);
}

const std::uint64_t k_and = word_key("and");
const std::uint64_t k_by = word_key("by");
const std::uint64_t k_editing = word_key("editing");
const std::uint64_t k_of = word_key("of");
const std::uint64_t k_plc = word_key("plc");
const std::uint64_t k_possessive = word_key("s");
const std::uint64_t k_reporting = word_key("reporting");
const std::uint64_t k_writing = word_key("writing");

/// Mixed case, digits or an acronym: `iPhone`, `M1`, `UK`. Behind a company's name they tell its product or unit.
bool looks_like_product(const Word& word) {
  if (is(word, WordClass::product)) return word.capitalised();
  return (word.capitals & ~1u) != 0 || (word.letters > 0 && word.letters < word.length);
}

/// The words that hyphenate with a name and leave it one: `Apple-dominated`, `Orange-owned`, `Meta-led`.
bool is_participle(std::string_view word) {
  constexpr std::string_view k_others[] = {"led",  "run",    "made",  "built", "era",   "style",
                                           "like", "size",   "sized", "born",  "bound", "only",
                                           "wide", "listed", "style", "owned", "held"};
  return word.ends_with("ed") || std::ranges::find(k_others, word) != std::end(k_others);
}

} // namespace

std::unordered_set<std::uint64_t> given_names(const Catalog& catalog) {
  std::unordered_set<std::uint64_t> names;
  Words scanned;
  for (const CatalogEntity& entity : catalog.entities()) {
    if (entity.kind != EntityKind::person) continue;
    scan_words(entity.name(), scanned);
    const Word& first = scanned.words.front();
    if (scanned.words.size() >= 2 && first.length > 1 && !is(first, WordClass::role) &&
        !is(first, WordClass::personal_title) && !is(first, WordClass::function_word))
      names.insert(first.key);
  }
  return names;
}

/// Where a match stands: the words beside it that a longer name could reach, and what its line's capitals prove.
struct Context::Place {
  const Word* before = nullptr; ///< joined by white space only, or a title with its period
  const Word* after = nullptr;  ///< joined by white space only
  LineStyle style = LineStyle::prose;
  bool sentence_start = false;
  bool hyphenated = false;      ///< with a word in small letters that is no participle: `Meta-analysis`
  bool with_participle = false; ///< `Apple-dominated`
};

/// The word `wanted`, where it and its neighbour belong to one run of words; `left` is the left one of the two.
const Word* Context::neighbour(std::uint32_t left, std::uint32_t wanted) const {
  const Word& right = words_.words[left + 1];
  const bool title = right.before == Separator::dot_space && is(words_.words[left], WordClass::abbreviation);
  if (right.before != Separator::space && !title) return nullptr;
  const auto style = [&](std::uint32_t word) { return words_.lines[words_.words[word].line].style; };
  if (right.line_start && (style(left) != LineStyle::prose || style(left + 1) != LineStyle::prose)) return nullptr;
  return &words_.words[wanted];
}

Context::Place Context::place_of(std::size_t index) const {
  const Match& match = matches_[index];
  const Word& first = words_.words[match.first_word];
  Place at{.style = words_.lines[first.line].style, .sentence_start = first.sentence_start};
  if (match.first_word > 0) at.before = neighbour(match.first_word - 1, match.first_word - 1);
  if (match.end_word < words_.words.size()) {
    at.after = neighbour(match.end_word - 1, match.end_word);
    const Word& next = words_.words[match.end_word];
    const bool with_word = next.before == Separator::hyphen && next.lower_case();
    at.with_participle = with_word && is_participle(text_of(next));
    at.hyphenated = with_word && !at.with_participle;
  }
  return at;
}

/// What the run of capitalised words behind the match is: the holder of an office (`China President Xi`), or, with a
/// legal suffix or an institution in it or no office at all, the rest of a longer name.
Context::Following Context::following(std::size_t index) const {
  constexpr std::uint32_t k_longest_run = 6;
  const std::uint32_t begin = matches_[index].end_word;
  bool has_role = next_match_is(index, EntityKind::person);
  std::uint32_t end = begin;
  for (; end < words_.words.size() && end - begin < k_longest_run; ++end) {
    const Word& word = words_.words[end];
    if (neighbour(end - 1, end) == nullptr || !is_part_of_name(word)) break;
    if (is(word, WordClass::legal_suffix) || is(word, WordClass::institution)) return Following::name;
    has_role = has_role || is(word, WordClass::role) || is(word, WordClass::personal_title);
  }
  if (end == begin) return Following::nothing;
  return has_role ? Following::role : Following::name;
}

/// `Reading and Bates Drilling Co`.
bool Context::in_firm_of_partners(const Match& match) const {
  constexpr std::uint32_t k_longest_rest = 5;
  std::uint32_t i = match.end_word;
  if (i + 1 >= words_.words.size() || words_.words[i].key != k_and || neighbour(i, i + 1) == nullptr) return false;
  const auto end = std::min(static_cast<std::uint32_t>(words_.words.size()), i + 1 + k_longest_rest);
  while (++i < end && neighbour(i - 1, i) != nullptr && words_.words[i].capitalised()) {
    if (is(words_.words[i], WordClass::legal_suffix)) return true;
  }
  return false;
}

/// `Bergen-Richards`: with a capitalised word that is no listed name, unlike `Apple-Samsung`.
bool Context::hyphenated_with_name(std::size_t index) const {
  const Match& match = matches_[index];
  const Word& first = words_.words[match.first_word];
  if (first.before == Separator::hyphen && words_.words[match.first_word - 1].capitalised() &&
      (index == 0 || matches_[index - 1].end_word != match.first_word))
    return true;
  return match.end_word < words_.words.size() && words_.words[match.end_word].before == Separator::hyphen &&
         words_.words[match.end_word].capitalised() &&
         (index + 1 == matches_.size() || matches_[index + 1].first_word != match.end_word);
}

/// `Dow Jones industrial average`, `S&P 500`.
bool Context::names_stock_index(const Match& match) const {
  constexpr std::uint32_t k_longest_name = 3;
  const auto end = std::min(static_cast<std::uint32_t>(words_.words.size()), match.end_word + k_longest_name);
  for (std::uint32_t i = match.end_word; i < end && words_.words[i].before == Separator::space; ++i) {
    if (is(words_.words[i], WordClass::stock_index)) return true;
    if (i == match.end_word && text_of(words_.words[i]) == "500") return true;
  }
  return false;
}

bool Context::next_match_is(std::size_t index, EntityKind kind) const {
  if (index + 1 == matches_.size() || matches_[index + 1].first_word != matches_[index].end_word) return false;
  return std::ranges::any_of(matches_[index + 1].patterns, [&](const Pattern* p) { return p->kind == kind; });
}

std::uint32_t Context::end_with_suffix(std::size_t index) const {
  std::uint32_t end = matches_[index].end_word;
  const auto is_suffix = [&](std::uint32_t i) {
    const bool begins_next = index + 1 < matches_.size() && matches_[index + 1].first_word == i &&
                             matches_[index + 1].end_word > i + 1; // `Chinadotcom, SAS Institute`
    if (i >= words_.words.size() || begins_next) return false;
    const Word& word = words_.words[i];
    const bool joined = word.before == Separator::space || word.before == Separator::comma ||
                        (word.before == Separator::dot_space && is(words_.words[i - 1], WordClass::legal_suffix));
    return joined && is(word, WordClass::legal_suffix) && (word.capitalised() || word.key == k_plc);
  };
  if (end + 1 < words_.words.size() && words_.words[end].key == k_and && is_suffix(end + 1)) end += 2; // "& Co"
  while (is_suffix(end)) ++end;
  return end;
}

bool Context::is_surname(std::size_t index) const {
  const Match& match = matches_[index];
  if (match.end_word - match.first_word != 1) return false;
  const Word* before = place_of(index).before;
  if (before == nullptr || !before->capitalised() || !words_.words[match.first_word].capitalised()) return false;
  if (is(*before, WordClass::personal_title)) return true;
  return given_names_.contains(before->key) && !is(*before, WordClass::function_word) &&
         words_.lines[before->line].style != LineStyle::capitals;
}

/// "By Jane Doe" on a line of its own, "Reporting by Jane Doe and John Roe; editing by ...".
bool Context::is_credit(const Match& match) const {
  const Line& line = words_.lines[words_.words[match.first_word].line];
  const Word& opening = words_.words[line.first_word];
  if (match.first_word > line.first_word && opening.key == k_by &&
      static_cast<int>(line.end_word - line.first_word) <= k_longest_byline)
    return true;
  const std::uint32_t reach = match.first_word > k_longest_credit ? match.first_word - k_longest_credit : 0;
  for (std::uint32_t i = match.first_word; i-- > reach + 1;) {
    const Word& by = words_.words[i];
    if (by.sentence_start && by.before != Separator::other) return false;
    const Word& work = words_.words[i - 1];
    if (by.key == k_by && (work.key == k_reporting || work.key == k_editing || work.key == k_writing)) return true;
  }
  return false;
}

/// `Bank of Thailand`, `Morgan Guaranty Trust Co of New York`.
bool Context::behind_institution(const Match& match) const {
  if (match.first_word < 2) return false;
  const Word& of = words_.words[match.first_word - 1];
  const Word& institution = words_.words[match.first_word - 2];
  return of.key == k_of && institution.capitalised() &&
         (is(institution, WordClass::institution) || is(institution, WordClass::legal_suffix));
}

bool Context::in_longer_place_name(std::size_t index, const Place& at) const {
  if (behind_institution(matches_[index]) || in_firm_of_partners(matches_[index])) return true;
  if (following(index) == Following::name) return true;
  return at.before != nullptr && is_part_of_name(*at.before) && !at.before->sentence_start &&
         !is(*at.before, WordClass::direction) && !is(*at.before, WordClass::role);
}

/// A single word that names a person must stand alone: in `Nancy Reagan` and `Bush Stadium` it is another name. Whole
/// names are those of institutions at most: `Queen Elizabeth College`.
bool Context::in_longer_person_name(std::size_t index, const Place& at) const {
  if (at.after != nullptr && at.after->capitalised() && is(*at.after, WordClass::institution)) return true;
  if (matches_[index].end_word - matches_[index].first_word > 1) return false;
  if (at.after != nullptr && is_part_of_name(*at.after) && !is(*at.after, WordClass::role)) return true;
  return at.before != nullptr && is_part_of_name(*at.before) && !is(*at.before, WordClass::role) &&
         !is(*at.before, WordClass::personal_title) && !at.before->sentence_start;
}

bool Context::has_company_evidence(std::size_t index, const Place& at) const {
  if (before_stock_code(end_with_suffix(index))) return true;
  if (end_with_suffix(index) > matches_[index].end_word || next_match_is(index, EntityKind::technology)) return true;
  if (at.after != nullptr) {
    if (at.after->capitalised() && (looks_like_product(*at.after) || is(*at.after, WordClass::role))) return true;
    if (!at.after->capitalised() && is(*at.after, WordClass::company_context)) return true;
  }
  if (at.before != nullptr && is(*at.before, WordClass::company_noun)) return true;
  if (at.with_participle) return true;
  const std::uint32_t end = matches_[index].end_word;
  return end + 1 < words_.words.size() && words_.words[end].before == Separator::apostrophe &&
         words_.words[end].key == k_possessive && words_.words[end + 1].lower_case();
}

bool Context::blocks_ambiguous(std::size_t index, const Pattern& pattern, const Place& at) const {
  if (at.hyphenated || hyphenated_with_name(index) || in_firm_of_partners(matches_[index])) return true;
  if (following(index) == Following::name || followed_by_of(matches_[index])) return true;
  if (at.before == nullptr || !is_part_of_name(*at.before) || at.before->sentence_start) return false;
  const bool expected = is(*at.before, WordClass::role) || is(*at.before, WordClass::company_noun) ||
                        (pattern.kind == EntityKind::person && is(*at.before, WordClass::personal_title)) ||
                        (pattern.kind == EntityKind::place && is(*at.before, WordClass::direction));
  return !expected;
}

/// `Congress of Vienna`, `Times of Zambia`.
bool Context::followed_by_of(const Match& match) const {
  const std::uint32_t of = match.end_word;
  return of + 1 < words_.words.size() && words_.words[of].key == k_of && words_.words[of].before == Separator::space &&
         is_part_of_name(words_.words[of + 1]);
}

bool Context::before_stock_code(std::uint32_t end) const {
  return end < words_.words.size() && words_.words[end].stock_code;
}

Verdict Context::judge_ambiguous(std::size_t index, const Pattern& pattern, const Place& at) const {
  const bool company = pattern.kind == EntityKind::company;
  if (at.style == LineStyle::capitals) return Verdict::weak;
  if (company && end_with_suffix(index) > matches_[index].end_word) return Verdict::strong;
  if (at.style == LineStyle::title_case) return at.hyphenated ? Verdict::blocked : Verdict::weak;
  if (company && !at.hyphenated && has_company_evidence(index, at)) return Verdict::strong;
  if (blocks_ambiguous(index, pattern, at)) return Verdict::blocked;
  const bool after_unknown = at.before != nullptr && at.before->sentence_start && is_part_of_name(*at.before) &&
                             !is(*at.before, WordClass::role);
  const bool behind_article = company && at.before != nullptr && is(*at.before, WordClass::article_word);
  if (after_unknown || behind_article) return Verdict::weak; // "the West", "a Shell"
  return !at.sentence_start || pattern.capitals ? Verdict::strong : Verdict::weak;
}

Verdict Context::judge_clear(std::size_t index, const Pattern& pattern, const Place& at) const {
  if (at.style == LineStyle::capitals && !pattern.any_case) {
    const bool initials = words_.words[matches_[index].first_word].initials;
    return pattern.letters <= k_short_acronym && !initials ? Verdict::weak : Verdict::strong;
  }
  const bool longer = (pattern.kind == EntityKind::place && in_longer_place_name(index, at)) ||
                      (pattern.kind == EntityKind::person && in_longer_person_name(index, at));
  if (!longer) return Verdict::strong;
  return at.style == LineStyle::prose ? Verdict::blocked : Verdict::weak;
}

Verdict Context::judge(std::size_t index, const Pattern& pattern) const {
  const Match& match = matches_[index];
  if (is_credit(match)) return Verdict::blocked;
  if (pattern.kind != EntityKind::person && pattern.kind != EntityKind::technology && is_surname(index))
    return Verdict::blocked;
  const Word& first = words_.words[match.first_word];
  const bool in_address = first.before == Separator::dot || (match.end_word < words_.words.size() &&
                                                             words_.words[match.end_word].before == Separator::dot);
  if (in_address && (pattern.ambiguous || pattern.kind == EntityKind::place)) return Verdict::blocked;
  if (pattern.kind == EntityKind::company && names_stock_index(match)) return Verdict::blocked;
  if (first.stock_code) return Verdict::blocked;
  const bool is_firm = pattern.kind == EntityKind::company || pattern.kind == EntityKind::organization;
  const bool behind_of = match.first_word > 0 && words_.words[match.first_word - 1].key == k_of; // `Alitalia of Italy`
  if (!is_firm && !behind_of && before_stock_code(match.end_word)) return Verdict::blocked;
  const Place at = place_of(index);
  return pattern.ambiguous ? judge_ambiguous(index, pattern, at) : judge_clear(index, pattern, at);
}

} // namespace pfind::indexer
