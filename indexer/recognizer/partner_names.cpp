#include "indexer/recognizer/partner_names.hpp"

#include <algorithm>

#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

const std::uint64_t k_and = word_key("and");
const std::uint64_t k_llp = word_key("llp");

constexpr std::uint32_t k_most_partners = 5;

class PartnerJoiner {
public:
  explicit PartnerJoiner(const TextEvidence& evidence) : evidence_(evidence), words_(evidence.words.words) {}

  std::vector<TaggedName> join(const std::vector<TaggedName>& tags) const {
    std::vector<TaggedName> out;
    for (TaggedName name : tags) {
      if (!out.empty() && name.first_word < out.back().end_word) continue; // a partner of the firm before
      const std::uint32_t first = name.first_word, end = name.end_word;
      if (name.kind != NameKind::place && name.kind != NameKind::other) reach(name);
      if (name.first_word != first || name.end_word != end) make_company(name);
      while (!out.empty() && out.back().end_word > name.first_word) out.pop_back();
      out.push_back(name);
    }
    return out;
  }

private:
  /// Over the partners before and behind the one that the model found.
  void reach(TaggedName& name) const {
    if (is_known_firm(name)) return;
    if (is_firm_of_two_places(name)) name.first_word -= 2;
    if (is_joint(name.end_word) && is_partner(name.end_word + 1) && proves(name.end_word, name.end_word + 2) &&
        is_partner(name.end_word - 1))
      name.end_word += 2;
    std::uint32_t first = name.first_word;
    bool proven = has_joint(name);
    if (first >= 2 && is_joint(first - 1) && is_partner(first - 2) && is_partner(first) &&
        proves(first - 1, end_of_words(name))) {
      first -= 2;
      proven = true;
    }
    if (proven && !begins_longer_name(first)) {
      for (std::uint32_t i = 1; i < k_most_partners && is_partner_before_comma(first); ++i) --first;
    }
    if (!begins_longer_name(first)) name.first_word = first;
  }

  /// `Ericsson & Qualcomm` are two.
  bool is_known_firm(const TaggedName& name) const {
    const ListedAs& listed = evidence_.listed[name.first_word];
    return listed.part == PartOfName::whole && listed.is(EntityKind::company) && !listed.ambiguous;
  }

  /// `Australia and New Zealand Banking Group Ltd`, unless what stands before asks for places.
  bool is_firm_of_two_places(const TaggedName& name) const {
    const std::uint32_t first = name.first_word;
    if (first < 2 || !is_joint(first - 1) || is_ampersand(first - 1)) return false;
    const ListedAs &one = evidence_.listed[first - 2], &other = evidence_.listed[first];
    if (one.part != PartOfName::whole || !one.is(EntityKind::place) || !other.is(EntityKind::place)) return false;
    const bool suffixed =
        is(words_[name.end_word - 1], WordClass::legal_suffix) ||
        (name.end_word < words_.size() && words_[name.end_word].capitalised() &&
         words_[name.end_word].before == Separator::space && is(words_[name.end_word], WordClass::legal_suffix));
    static constexpr std::string_view k_locative[] = {"in",   "of",  "from", "between", "to",
                                                      "near", "for", "with", "across"};
    return suffixed && first >= 3 && std::ranges::none_of(k_locative, [&](std::string_view word) {
             return words_[first - 3].key == word_key(word);
           });
  }

  /// The end of the name without its legal suffixes.
  std::uint32_t end_of_words(const TaggedName& name) const {
    std::uint32_t end = name.end_word;
    while (end > name.first_word + 1 && is(words_[end - 1], WordClass::legal_suffix)) --end;
    return end;
  }

  bool is_joint(std::uint32_t word) const {
    return word + 1 < words_.size() && words_[word].key == k_and && words_[word].before == Separator::space &&
           words_[word + 1].before == Separator::space;
  }

  bool is_ampersand(std::uint32_t word) const { return evidence_.text[words_[word].begin] == '&'; }

  /// Whether what stands around a conjunction shows one firm: `&`; LLP behind; another legal suffix behind two family
  /// names.
  bool proves(std::uint32_t joint, std::uint32_t end) const {
    if (is_ampersand(joint)) return true;
    if (end >= words_.size() || !is(words_[end], WordClass::legal_suffix) || !words_[end].capitalised()) return false;
    if (words_[end].before != Separator::space && words_[end].before != Separator::comma) return false;
    return words_[end].key == k_llp || (end == joint + 2 && is_family_name(joint - 1) && is_family_name(joint + 1) &&
                                        words_[joint - 1].before != Separator::comma);
  }

  bool is_family_name(std::uint32_t word) const {
    return (evidence_.lists.of(words_[word].key) & word_list::k_family_name) != 0;
  }

  /// The name of a single partner: nothing that is known as more.
  bool is_partner(std::uint32_t word) const {
    constexpr auto k_others =
        static_cast<std::uint32_t>(WordClass::function_word) | static_cast<std::uint32_t>(WordClass::calendar) |
        static_cast<std::uint32_t>(WordClass::role) | static_cast<std::uint32_t>(WordClass::legal_suffix) |
        static_cast<std::uint32_t>(WordClass::organization_head);
    if (word >= words_.size() || !words_[word].capitalised() || words_[word].length < 2) return false;
    if (words_[word].all_capitals() || (classes_of(words_[word]) & k_others) != 0) return false;
    const ListedAs& listed = evidence_.listed[word];
    const bool other = listed.part == PartOfName::whole && !listed.ambiguous &&
                       (listed.is(EntityKind::company) || listed.is(EntityKind::place));
    return !other && evidence_.words.lines[words_[word].line].style == LineStyle::prose;
  }

  bool is_partner_before_comma(std::uint32_t first) const {
    return first > 0 && words_[first].before == Separator::comma && is_partner(first) && is_partner(first - 1) &&
           !begins_longer_name(first - 1);
  }

  /// Whether another capitalised word stands right before: then it is unclear where the firm's name begins.
  bool begins_longer_name(std::uint32_t first) const {
    if (first == 0 || words_[first].sentence_start) return false;
    const Word& before = words_[first - 1];
    return words_[first].before == Separator::space && before.capitalised() && !before.sentence_start;
  }

  /// `Whitcombe & Dorsey`, `Sachs and Co`.
  bool has_joint(const TaggedName& name) const {
    const auto count = static_cast<std::uint32_t>(words_.size());
    for (std::uint32_t i = name.first_word + 1; i < std::min(name.end_word + 1, count - 1); ++i) {
      if (words_[i].key != k_and || i < 1) continue;
      if (is(words_[i + 1], WordClass::partners) && words_[i + 1].capitalised()) return true;
      if (is_ampersand(i) && words_[i + 1].capitalised()) return true;
      if (i + 2 < count && words_[i + 2].key == k_llp) return true;
    }
    return false;
  }

  static void make_company(TaggedName& name) {
    name.kind = NameKind::company;
    std::int32_t& company = name.scores[static_cast<std::size_t>(NameKind::company)];
    company = 2 * std::max(company, *std::ranges::max_element(name.scores));
  }

  const TextEvidence& evidence_;
  const std::vector<Word>& words_;
};

} // namespace

std::vector<TaggedName> join_partners(const std::vector<TaggedName>& tags, const TextEvidence& evidence) {
  return PartnerJoiner(evidence).join(tags);
}

} // namespace pfind::indexer
