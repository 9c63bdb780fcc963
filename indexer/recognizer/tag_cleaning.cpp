#include "indexer/recognizer/tag_cleaning.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_set>

#include "indexer/recognizer/partner_names.hpp"
#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

const std::uint64_t k_of = word_key("of");
const std::uint64_t k_and = word_key("and");
const std::uint64_t k_possessive = word_key("s");

constexpr std::uint32_t bit(WordClass which) { return static_cast<std::uint32_t>(which); }

constexpr std::int32_t k_sure = 400; // a score that is beyond doubt

bool is_firm(NameKind kind) { return kind == NameKind::company || kind == NameKind::organization; }

using WordKeys = std::unordered_set<std::uint64_t>;

WordKeys keys_of(std::initializer_list<std::string_view> words) {
  WordKeys keys;
  for (const std::string_view word : words) keys.insert(word_key(word));
  return keys;
}

/// The last words of venues, events, works and laws, which the names of firms and institutions do not end with.
bool ends_other_things(const Word& word) {
  static const WordKeys words = keys_of(
      {"avenue",   "boulevard", "amphitheatre", "amphitheater",  "arena",      "stadium", "theatre",  "theater",
       "finals",   "cup",       "championship", "championships", "tournament", "trophy",  "marathon", "festival",
       "awards",   "award",     "prize",        "edition",       "handbook",   "album",   "season",   "tour",
       "concert",  "expo",      "summit",       "act",           "amendment",  "bill",    "treaty",   "rover",
       "playoffs", "bowl",      "parade",       "anniversary",   "episode",    "trilogy", "novel",    "lawsuit"});
  return words.contains(word.key);
}

/// The last words of firms that are named after people: `Dick Clark Productions`.
bool ends_firm_of_person(const Word& word) {
  static const WordKeys words =
      keys_of({"productions", "entertainment", "records", "studios", "pictures", "enterprises", "industries", "systems",
               "technologies", "holdings", "motors", "pharmaceuticals", "capital", "securities", "airlines"});
  return words.contains(word.key);
}

class Cleaner {
public:
  explicit Cleaner(const TextEvidence& evidence) : evidence_(evidence), words_(evidence.words.words) {}

  std::vector<TaggedName> clean(const std::vector<TaggedName>& tags) const {
    std::vector<TaggedName> out;
    for (const TaggedName& tag : tags) {
      TaggedName name = tag;
      drop_stock_code(name);
      if (name.first_word >= name.end_word) continue;
      reach_over_listed(name, out.empty() ? 0 : out.back().first_word);
      if (!out.empty() && out.back().end_word > name.first_word) out.pop_back(); // it was the listed name's beginning
      if (is_firm(name.kind)) {
        cut_behind_suffix(name);
        drop_country(name);
        drop_owner(name);
      }
      if (name.kind == NameKind::person) {
        drop_titles(name);
        drop_doing(name);
      }
      trim(name);
      if (is_firm_of_person(name)) make_company(name);
      take_partners(name);
      if (name.first_word >= name.end_word) continue;
      // What trimming leaves of a wrong name is for the lists to judge: `Japan` of `U.S. And Japan`.
      const bool cut = name.first_word != tag.first_word && name.kind != NameKind::person;
      if (cut && name.end_word - name.first_word == 1 && evidence_.listed[name.first_word].part == PartOfName::whole)
        continue;
      if (!out.empty() && belong_together(out.back(), name)) {
        merge(out.back(), name);
      } else {
        out.push_back(name);
      }
    }
    std::erase_if(out, [&](const TaggedName& name) { return is_no_name(name); });
    return join_partners(with_suffixed(out), evidence_);
  }

private:
  /// Names end before a stock code, and are companies there.
  void drop_stock_code(TaggedName& name) const {
    for (std::uint32_t i = name.first_word; i < name.end_word; ++i) {
      if (words_[i].stock_code) name.end_word = i;
    }
    if (name.end_word == words_.size() || !words_[name.end_word].stock_code || is_seat(name.first_word)) return;
    while (name.first_word + 2 < name.end_word && words_[name.first_word + 1].key == k_of &&
           !has(name.first_word, bit(WordClass::institution) | bit(WordClass::organization_head)))
      name.first_word += 2; // `Investors of`
    std::int32_t& company = name.scores[static_cast<std::size_t>(NameKind::company)];
    if (!is_firm(name.kind)) name.scores = {};
    company = std::max(company, k_sure);
    name.kind = NameKind::company;
  }

  /// `Italy` of `Alitalia of Italy <AERI.MI>`.
  bool is_seat(std::uint32_t word) const {
    return word > 0 && words_[word - 1].key == k_of && evidence_.listed[word].is(EntityKind::place);
  }

  /// What stands before a legal suffix or a stock code in running text is a company, whatever the model makes of it.
  std::vector<TaggedName> with_suffixed(const std::vector<TaggedName>& tags) const {
    std::vector<TaggedName> all;
    std::size_t next = 0;
    std::uint32_t taken = 0; // words before this one belong to a name
    for (std::uint32_t i = 1; i < words_.size(); ++i) {
      while (next < tags.size() && tags[next].first_word <= i) {
        taken = std::max(taken, tags[next].end_word);
        all.push_back(tags[next++]);
      }
      if (i <= taken || !(is_plain_suffix(i) || begins_stock_code(i))) continue;
      const std::uint32_t first = beginning_of_firm(i, taken);
      if (first == i) continue;
      TaggedName firm{.first_word = first, .end_word = i, .kind = NameKind::company};
      firm.scores[static_cast<std::size_t>(NameKind::company)] = k_sure;
      all.push_back(firm);
      taken = i;
    }
    all.insert(all.end(), tags.begin() + static_cast<std::ptrdiff_t>(next), tags.end());
    return all;
  }

  /// `Inc`, `plc`: a suffix that is no word besides, behind a capitalised word.
  bool is_plain_suffix(std::uint32_t word) const {
    const Word& suffix = words_[word];
    const bool joined = suffix.before == Separator::space || suffix.before == Separator::comma;
    return joined && has(word, bit(WordClass::plain_suffix)) && (suffix.capitalised() || suffix.lower_case()) &&
           evidence_.words.lines[suffix.line].style == LineStyle::prose && words_[word - 1].capitalised() &&
           !has(word - 1, bit(WordClass::function_word));
  }

  bool begins_stock_code(std::uint32_t word) const {
    constexpr std::uint32_t k_no_name = bit(WordClass::legal_suffix) | bit(WordClass::function_word);
    return words_[word].stock_code && !words_[word - 1].stock_code && words_[word - 1].capitalised() &&
           !has(word - 1, k_no_name) && !evidence_.listed[word - 1].is(EntityKind::place) &&
           evidence_.words.lines[words_[word].line].style == LineStyle::prose;
  }

  /// The first of the capitalised words side by side before the suffix.
  std::uint32_t beginning_of_firm(std::uint32_t suffix, std::uint32_t taken) const {
    constexpr std::uint32_t k_longest = 6; // words
    constexpr std::uint32_t k_edge =
        bit(WordClass::function_word) | bit(WordClass::article_word) | bit(WordClass::calendar);
    std::uint32_t first = suffix;
    while (first > taken && suffix - first < k_longest) {
      const Word& word = words_[first - 1];
      if (!word.capitalised() || has(first - 1, k_edge)) break;
      --first;
      if (word.sentence_start || (word.before != Separator::space && word.before != Separator::hyphen)) break;
    }
    return first;
  }

  bool has(std::uint32_t word, std::uint32_t classes) const { return (classes_of(words_[word]) & classes) != 0; }
  bool listed_as(std::uint32_t word, std::uint32_t bits) const {
    return (evidence_.lists.of(words_[word].key) & bits) != 0;
  }
  bool is_written(std::uint32_t word, std::string_view text) const {
    return evidence_.text.substr(words_[word].begin, words_[word].end - words_[word].begin) == text;
  }

  /// A listed name that the model cut in two belongs to the second part whole: `New York | State Supreme Court`.
  void reach_over_listed(TaggedName& name, std::uint32_t least) const {
    const auto inside = [&](std::uint32_t word) {
      return evidence_.listed[word].part == PartOfName::inside || evidence_.listed[word].part == PartOfName::last;
    };
    while (name.first_word > least && inside(name.first_word)) --name.first_word;
    while (name.end_word < words_.size() && inside(name.end_word) && evidence_.listed[name.end_word - 1].is_listed())
      ++name.end_word;
  }

  /// The country before an organization that no list has: `US Pew Research Center`.
  void drop_country(TaggedName& name) const {
    const ListedAs& listed = evidence_.listed[name.first_word];
    const bool country =
        listed.is(EntityKind::place) && listed.part == PartOfName::whole && words_[name.first_word].all_capitals();
    if (country && name.end_word - name.first_word >= 3 && words_[name.first_word + 1].before == Separator::space)
      ++name.first_word;
  }

  /// `Foster Oilfield Co of Houston`.
  void cut_behind_suffix(TaggedName& name) const {
    for (std::uint32_t i = name.first_word + 1; i + 1 < name.end_word; ++i) {
      if (has(i, bit(WordClass::legal_suffix)) && words_[i + 1].lower_case() &&
          !has(i + 1, bit(WordClass::legal_suffix)))
        name.end_word = i + 1;
    }
  }

  /// `Japan's Overseas Economic Cooperation Fund`, `Finance Ministry's Trust Fund`: whose it is stands before it.
  void drop_owner(TaggedName& name) const {
    for (std::uint32_t i = name.first_word + 1; i + 1 < name.end_word; ++i) {
      if (words_[i].before != Separator::apostrophe || words_[i].key != k_possessive) continue;
      const bool place = evidence_.listed[i - 1].is(EntityKind::place);
      if (place || has(i - 1, bit(WordClass::organization_head))) name.first_word = i + 1;
    }
  }

  /// `David Rubin & Partners`.
  void take_partners(TaggedName& name) const {
    const std::uint32_t next = name.end_word;
    if (name.first_word >= next || next + 1 >= words_.size()) return;
    if (words_[next].key != k_and || words_[next].before != Separator::space || !words_[next + 1].capitalised()) return;
    if (words_[next + 1].before != Separator::space || !has(next + 1, bit(WordClass::partners))) return;
    name.end_word = next + 2;
    name.kind = NameKind::company;
    int& company = name.scores[static_cast<std::size_t>(NameKind::company)];
    company = 2 * std::max(company, *std::ranges::max_element(name.scores));
  }

  /// `Chief Executive Steve Ballmer`, `Secretary of Energy Spencer Abraham`; `Robert Byrd of West Virginia`.
  void drop_titles(TaggedName& name) const {
    constexpr std::uint32_t k_titles = bit(WordClass::personal_title) | bit(WordClass::role);
    for (std::uint32_t i = name.end_word - 1; i-- > name.first_word;) {
      if (!has(i, k_titles)) continue;
      name.first_word = i + 1;
      if (words_[i + 1].key == k_of && i + 3 < name.end_word) name.first_word = i + 3;
      break;
    }
    for (std::uint32_t i = name.first_word + 1; i < name.end_word; ++i) {
      if (words_[i].key == k_of) name.end_word = i;
    }
  }

  /// `Questioning Vindman`: what is done to somebody, at the beginning of a sentence or headline.
  void drop_doing(TaggedName& name) const {
    const Word& first = words_[name.first_word];
    const std::string_view text = evidence_.text.substr(first.begin, first.end - first.begin);
    if (name.end_word - name.first_word < 2 || !text.ends_with("ing") || !first.sentence_start) return;
    if (listed_as(name.first_word, word_list::k_common_word) && !listed_as(name.first_word, word_list::k_given_name))
      ++name.first_word;
  }

  bool is_firm_of_person(const TaggedName& name) const {
    return name.kind == NameKind::person && name.end_word - name.first_word >= 2 &&
           ends_firm_of_person(words_[name.end_word - 1]);
  }

  static void make_company(TaggedName& name) {
    std::int32_t& company = name.scores[static_cast<std::size_t>(NameKind::company)];
    company = std::max(company, *std::ranges::max_element(name.scores));
    name.kind = NameKind::company;
  }

  /// The small words, pronouns, months and days around a name, which only the beginning of a sentence capitalises; `AB`
  /// before `Astra`; common words that begin a sentence before a name: `Troubled Marsh`.
  void trim(TaggedName& name) const {
    constexpr std::uint32_t k_edge = bit(WordClass::article_word) | bit(WordClass::pronoun) | bit(WordClass::calendar) |
                                     bit(WordClass::function_word);
    while (name.end_word - name.first_word >= 2 && words_[name.end_word - 1].letters == 0 &&
           has(name.end_word - 2, bit(WordClass::calendar)))
      name.end_word -= 2; // `April 1`
    const auto is_small = [&](std::uint32_t word) { return has(word, k_edge) && !words_[word].all_capitals(); };
    while (name.first_word < name.end_word && (is_small(name.first_word) && !is_inner(name.first_word)))
      ++name.first_word;
    while (name.first_word < name.end_word && is_small(name.end_word - 1)) --name.end_word;
    if (name.end_word - name.first_word >= 2 && words_[name.first_word].sentence_start &&
        only_begins(name.first_word) && words_[name.first_word + 1].before == Separator::space &&
        (evidence_.article.of(words_[name.first_word].key) & ArticleEvidence::k_lower_case) != 0)
      ++name.first_word;
    if (name.end_word - name.first_word >= 2 && is_firm(name.kind) && is_written(name.first_word, "AB"))
      ++name.first_word;
  }

  /// `All Nippon Airways`, `First National Bank`: only at the beginning of a sentence small words are sure to be none
  /// of the name.
  bool is_inner(std::uint32_t word) const {
    if (has(word, bit(WordClass::calendar)) && word > 0 && has(word - 1, bit(WordClass::function_word))) return false;
    return !words_[word].sentence_start && words_[word].key != k_and &&
           !has(word, bit(WordClass::article_word) | bit(WordClass::pronoun));
  }

  /// A common word whose capital is explained by the beginning of a sentence everywhere in the article.
  bool only_begins(std::uint32_t word) const {
    const std::uint32_t bits = evidence_.article.of(words_[word].key);
    if ((bits & ArticleEvidence::k_mid_sentence) != 0) return false;
    return (bits & ArticleEvidence::k_lower_case) != 0 || listed_as(word, word_list::k_common_word);
  }

  /// Whether two names side by side are one: `Marsh & McLennan`, `House Ways and Means Committee`.
  bool belong_together(const TaggedName& a, const TaggedName& b) const {
    const std::uint32_t gap = b.first_word - a.end_word;
    if (gap == 0) {
      return is_firm(a.kind) && is_firm(b.kind) && words_[b.first_word].before == Separator::space &&
             !has(a.end_word - 1, bit(WordClass::legal_suffix));
    }
    if (gap != 1 || words_[a.end_word].key != k_and) return false;
    if (words_[a.end_word].before != Separator::space || words_[b.first_word].before != Separator::space) return false;
    if (is_written(a.end_word, "&")) return true;
    return is_firm(b.kind) && a.kind != NameKind::place && has(b.end_word - 1, bit(WordClass::organization_head)) &&
           !has(a.end_word - 1, bit(WordClass::organization_head) | bit(WordClass::legal_suffix)) &&
           !evidence_.listed[a.first_word].is_listed();
  }

  void merge(TaggedName& a, const TaggedName& b) const {
    const bool firm = is_written(a.end_word, "&") && !is_firm(b.kind);
    a.end_word = b.end_word;
    if (is_firm(b.kind)) {
      a.scores = b.scores;
      a.kind = b.kind;
    } else if (firm) {
      make_company(a);
    }
  }

  /// The word before the first small word, or the last.
  std::uint32_t head_of(const TaggedName& name) const {
    for (std::uint32_t i = name.first_word + 1; i < name.end_word; ++i) {
      if (words_[i].lower_case()) return i - 1;
    }
    return name.end_word - 1;
  }

  /// `War & Peace`, `Sun & Mon`: no partners.
  bool joins_common_words(const TaggedName& name) const {
    const std::uint32_t joint = name.first_word + 1;
    if (name.end_word != joint + 2 || !is_written(joint, "&") || ends_with_suffix(name)) return false;
    const auto is_common = [&](std::uint32_t word) {
      return has(word, bit(WordClass::calendar)) || listed_as(word, word_list::k_common_word);
    };
    return is_common(joint - 1) && is_common(joint + 1);
  }

  /// `A100 AI`, `NKc1`: a model's number, unless it is all that a legal name has.
  bool begins_with_code(const TaggedName& name) const {
    const Word& first = words_[name.first_word];
    if (ends_with_suffix(name) || first.letters == 0 || first.letters == first.length) return false;
    const bool before_code = name.end_word < words_.size() && words_[name.end_word].stock_code;
    if (before_code || !first.capitalised()) return false;
    if (name.end_word - name.first_word == 1) return name.kind == NameKind::company; // `G77`
    return first.length - first.letters >= 2;
  }

  bool ends_with_suffix(const TaggedName& name) const {
    constexpr std::uint32_t k_suffixes = bit(WordClass::legal_suffix) | bit(WordClass::partners);
    const bool behind = name.end_word < words_.size() && words_[name.end_word].before != Separator::other &&
                        words_[name.end_word].capitalised() && has(name.end_word, bit(WordClass::legal_suffix));
    return behind || has(name.end_word - 1, k_suffixes);
  }

  /// `Davis Cup`, `Woodrow Wilson School`; but `Frank Church`, and a Bill whose family name stands before.
  static bool ends_no_person(const Word& word) {
    static const WordKeys family_names = keys_of({"bill", "church", "parade", "rover", "center", "court", "board"});
    return !family_names.contains(word.key) && (ends_other_things(word) || is(word, WordClass::organization_head));
  }

  bool is_no_name(const TaggedName& name) const {
    const std::uint32_t count = name.end_word - name.first_word;
    const Word& first = words_[name.first_word];
    const bool demonyms = std::ranges::all_of(std::views::iota(name.first_word, name.end_word), [&](std::uint32_t i) {
      return listed_as(i, word_list::k_demonym) || has(i, bit(WordClass::direction));
    });
    if (demonyms) return true;
    constexpr std::uint32_t k_titles = bit(WordClass::role) | bit(WordClass::personal_title);
    const bool listed = evidence_.listed[name.first_word].is_listed();
    if (!listed && std::ranges::all_of(std::views::iota(name.first_word, name.end_word),
                                       [&](std::uint32_t i) { return has(i, k_titles); }))
      return true;
    if (!listed && is_firm(name.kind) && (ends_other_things(words_[name.end_word - 1]) || joins_common_words(name)))
      return true;
    if (!listed && is_firm(name.kind) && begins_with_code(name)) return true;
    if (!listed && count > 1 && name.kind == NameKind::person && ends_no_person(words_[name.end_word - 1])) return true;
    // `EC Transport Ministers`, `Federal Government`
    if (!listed && is_firm(name.kind) && has(head_of(name), bit(WordClass::role)) &&
        !has(head_of(name), bit(WordClass::organization_head)))
      return true;
    // `U.S. Would`: some wires take the period of an abbreviation for the end of a sentence. `R-Idaho`: a senator's
    // party.
    if (count == 2 && first.initials && words_[name.first_word + 1].before == Separator::space &&
        name.kind != NameKind::person)
      return true;
    if (count == 2 && first.length == 1 && words_[name.first_word + 1].before == Separator::hyphen &&
        (evidence_.listed[name.first_word + 1].is(EntityKind::place) || words_[name.first_word + 1].length <= 4))
      return true;
    const bool letters = std::ranges::all_of(std::views::iota(name.first_word, name.end_word),
                                             [&](std::uint32_t i) { return words_[i].length == 1; });
    if (letters && !listed) return true; // `R&D`
    if (count > 1) return false;
    if (has(name.first_word, bit(WordClass::legal_suffix))) return true;
    if (!listed && has(name.first_word, bit(WordClass::institution)) &&
        !has(name.first_word, bit(WordClass::organization_head)))
      return true; // "the Bank"
    if (has(name.first_word, bit(WordClass::pronoun) | bit(WordClass::common_abbreviation))) return true;
    if (first.length == 1) return true;
    if (first.length == 2 && name.kind == NameKind::company && !listed && !ends_with_suffix(name) &&
        !(name.end_word < words_.size() && words_[name.end_word].stock_code))
      return true; // `Rs`, `IS`
    // `the Amazon`, `a Shell`
    const bool behind_article = name.first_word > 0 && first.before == Separator::space &&
                                has(name.first_word - 1, bit(WordClass::article_word));
    if (behind_article && name.kind == NameKind::company && evidence_.listed[name.first_word].ambiguous) return true;
    return only_begins(name.first_word) && (!listed || evidence_.listed[name.first_word].ambiguous);
  }

  const TextEvidence& evidence_;
  const std::vector<Word>& words_;
};

} // namespace

std::vector<TaggedName> clean_tags(const std::vector<TaggedName>& tags, const TextEvidence& evidence) {
  return Cleaner(evidence).clean(tags);
}

} // namespace pfind::indexer
