#include "indexer/trainer/training_set.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "indexer/recognizer/name_evidence.hpp"
#include "indexer/recognizer/name_runs.hpp"
#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

constexpr LabelMask mask(NameLabel label) { return static_cast<LabelMask>(1u << label); }

LabelMask mask(NameKind kind, bool begin) { return mask(begin ? begin_of(kind) : inside_of(kind)); }

/// The kinds that a corpus's label may be; none for what is no name (dates, sums).
std::vector<NameKind> kinds_of(std::string_view type) {
  using enum NameKind;
  if (type == "PER" || type == "person" || type == "Person") return {person};
  if (type == "LOC" || type == "location" || type == "Location") return {place};
  if (type == "ORG" || type == "Organisation") return {company, organization};
  if (type == "corporation") return {company};
  if (type == "group") return {organization};
  if (type == "Temporal" || type == "Money" || type == "Quantity") return {};
  return {other};
}

/// Whether a corpus marks products, works, peoples and the like.
bool marks_other_names(std::string_view corpus) { return corpus != "BTC" && corpus != "re3d"; }

constexpr std::uint32_t k_people =
    word_list::k_given_name | word_list::k_family_name | word_list::k_person_first | word_list::k_person_last;

class TextReader {
public:
  TextReader(const Catalog& catalog, std::span<const std::uint64_t> common_words)
      : matcher_(catalog), lists_(common_words), lists_without_people_(lists_.without(k_people)) {}

  void read(const LabelledText& labelled, const TrainingRun& prototype, std::vector<TrainingRun>& runs) {
    scan_words(labelled.text, words_);
    // As if no list had the names, or the words of people's names, of every other text: those that no list has are what
    // the model is for.
    const std::vector<Match> matches = prototype.document % 2 == 0 ? std::vector<Match>{} : matcher_.find(words_.words);
    const WordLists& lists = prototype.document / 2 % 2 == 0 ? lists_without_people_ : lists_;
    const std::vector<ListedAs> listed = listed_words(words_, matches);
    ArticleEvidence article;
    article.add(labelled.text, words_, lists);
    const TextEvidence evidence{labelled.text, words_, lists, article, listed};
    const std::vector<LabelMask> allowed = allowed_labels(labelled);
    for (const NameRun& run : name_runs(words_)) {
      TrainingRun one = prototype;
      for (std::uint32_t i = run.begin; i < run.end; ++i) {
        one.features.emplace_back();
        word_features(evidence, run.begin, run.end, i, one.features.back());
        one.allowed.push_back(allowed[i]);
      }
      make_consistent(one.allowed);
      runs.push_back(std::move(one));
    }
  }

private:
  /// The words of one name of the corpus.
  struct Name {
    std::uint32_t begin = 0, end = 0;
    std::string_view type;
  };

  std::vector<Name> names_in(const LabelledText& labelled) const {
    std::vector<Name> names;
    std::size_t token = 0;
    const LabelledToken* previous = nullptr;
    for (std::uint32_t i = 0; i < words_.words.size(); ++i) {
      const Word& word = words_.words[i];
      while (token < labelled.tokens.size() && labelled.tokens[token].end <= word.begin) ++token;
      if (token == labelled.tokens.size()) break;
      const LabelledToken& at = labelled.tokens[token];
      if (at.label == "O") {
        previous = nullptr;
        continue;
      }
      const bool continues = previous != nullptr && (previous == &at || at.label.front() == 'I');
      if (!continues) names.push_back({i, i, std::string_view(at.label).substr(2)});
      names.back().end = i + 1;
      previous = &at;
    }
    return names;
  }

  std::vector<LabelMask> allowed_labels(const LabelledText& labelled) const {
    const bool complete = marks_other_names(labelled.corpus);
    std::vector<LabelMask> allowed(words_.words.size(), mask(k_outside));
    if (!complete) {
      for (LabelMask& labels : allowed) labels |= mask(NameKind::other, true) | mask(NameKind::other, false);
    }
    for (Name name : names_in(labelled)) {
      if (labelled.corpus == "SEC-filings" && name.type == "PER" && name.end - name.begin == 1) {
        allowed[name.begin] = k_any_label; // "Borrower" and "Lender" are marked as persons
        continue;
      }
      while (name.begin < name.end && is(words_.words[name.begin], WordClass::article_word)) ++name.begin;
      // The possessive belongs to no name.
      if (name.end - name.begin > 1 && words_.words[name.end - 1].before == Separator::apostrophe &&
          words_.words[name.end - 1].length == 1)
        --name.end;
      const bool capitalised = std::any_of(words_.words.begin() + name.begin, words_.words.begin() + name.end,
                                           [](const Word& word) { return word.capitals != 0; });
      if (name.begin == name.end || !capitalised) continue;
      allow(name, allowed);
    }
    return allowed;
  }

  void allow(const Name& name, std::vector<LabelMask>& allowed) const {
    std::vector<NameKind> kinds = kinds_of(name.type);
    if (kinds.empty()) return;
    if (kinds.size() > 1) kinds = sort_of_organization(name, kinds);
    for (std::uint32_t i = name.begin; i < name.end; ++i) {
      allowed[i] = 0;
      for (const NameKind kind : kinds) allowed[i] |= mask(kind, i == name.begin);
    }
  }

  /// What lists and the name's own words say of an organization; both where they say nothing.
  std::vector<NameKind> sort_of_organization(const Name& name, const std::vector<NameKind>& unknown) const {
    const Word& first = words_.words[name.begin];
    const Word& last = words_.words[name.end - 1];
    if (is(last, WordClass::legal_suffix)) return {NameKind::company};
    const std::span<const Word> words(words_.words.data() + name.begin, name.end - name.begin);
    for (const Match& match : matcher_.find(words)) {
      if (match.first_word != 0 || match.end_word != words.size()) continue;
      const EntityKind kind = match.patterns.front()->kind;
      if (kind == EntityKind::company) return {NameKind::company};
      if (kind == EntityKind::organization) return {NameKind::organization};
    }
    const std::uint32_t lists = lists_.of(first.key) | lists_.of(last.key);
    const bool company = (lists_.of(last.key) & word_list::k_company_last) != 0;
    const bool organization = (lists & (word_list::k_organization_first | word_list::k_organization_last)) != 0;
    if (company && !organization) return {NameKind::company};
    if (organization && !company) return {NameKind::organization};
    return unknown;
  }

  /// A run may begin or end within a marked name (`the Bank of England`, cut at a small word): what remains of it
  /// begins anew.
  static void make_consistent(std::vector<LabelMask>& allowed) {
    LabelMask inside = 0, begin = 0;
    for (std::size_t k = 0; k < k_name_kinds; ++k) {
      inside |= mask(static_cast<NameKind>(k), false);
      begin |= mask(static_cast<NameKind>(k), true);
    }
    LabelMask before = mask(k_outside);
    for (LabelMask& labels : allowed) {
      const bool only_inside = (labels & ~inside) == 0;
      if (only_inside && (before & (inside | begin)) == 0) labels = static_cast<LabelMask>(labels >> 1);
      before = labels;
    }
  }

  NameMatcher matcher_;
  WordLists lists_;
  WordLists lists_without_people_;
  Words words_;
};

} // namespace

std::vector<std::uint64_t> common_words_of(std::span<const LabelledText> texts) {
  constexpr std::uint32_t k_enough = 2;
  std::map<std::uint64_t, std::uint32_t> counts;
  Words words;
  for (const LabelledText& text : texts) {
    scan_words(text.text, words);
    for (const Word& word : words.words) {
      if (word.lower_case() && word.letters == word.length && word.length > 1) ++counts[word.key];
    }
  }
  std::vector<std::uint64_t> keys;
  for (const auto& [key, count] : counts) {
    if (count >= k_enough) keys.push_back(key);
  }
  return keys;
}

std::vector<TrainingRun> make_training_set(std::span<const LabelledText> texts, const Catalog& catalog,
                                           std::span<const std::uint64_t> common_words) {
  TextReader reader(catalog, common_words);
  std::vector<TrainingRun> runs;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    reader.read(texts[i], {.document = i}, runs);
  }
  return runs;
}

} // namespace pfind::indexer
