#include "indexer/recognizer/text_reading.hpp"

#include <algorithm>

#include "indexer/recognizer/tag_cleaning.hpp"
#include "indexer/recognizer/technology_names.hpp"
#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

const std::uint64_t k_and = word_key("and");

NameKind name_kind(EntityKind kind) {
  switch (kind) {
  case EntityKind::company: return NameKind::company;
  case EntityKind::organization: return NameKind::organization;
  case EntityKind::person: return NameKind::person;
  case EntityKind::place: return NameKind::place;
  case EntityKind::technology: break;
  }
  return NameKind::other;
}

class MentionFinder {
public:
  MentionFinder(TextReading& reading, const ArticleEvidence& article, const ReadingContext& context)
      : reading_(reading), words_(reading.words.words), context_(context),
        judge_(reading.text, reading.words, reading.matches, context.given_names) {
    listed_as_ = listed_words(reading.words, reading.matches);
    if (context.model == nullptr) return;
    const TextEvidence evidence{reading.text, reading.words, context.lists, article, listed_as_};
    tagged_ = clean_tags(tag_names(evidence, *context.model), evidence);
    technologies_ = technology_names(evidence);
  }

  void find() {
    for (std::size_t i = 0; i < reading_.matches.size(); ++i) add_listed(i);
    for (const TaggedName& name : tagged_) add_tagged(name);
    settle_overlaps();
    add_technologies();
    drop_signature();
  }

private:
  /// The best reading of a match: one that is not blocked, clear before ambiguous, of the kind that the model sees.
  void add_listed(std::size_t index) {
    const Match& match = reading_.matches[index];
    if (judge_.is_surname(index)) reading_.surnames.insert(words_[match.first_word].key);
    const TaggedName* tag = tag_over(match);
    const Pattern* best = nullptr;
    Verdict best_verdict = Verdict::blocked;
    int best_rank = -1;
    for (const Pattern* pattern : match.patterns) {
      const Verdict verdict = judge_.judge(index, *pattern);
      if (verdict == Verdict::blocked) continue;
      const bool agrees = tag != nullptr && tag->kind == name_kind(pattern->kind);
      const bool from_user = context_.catalog.entities()[pattern->entity].from_user;
      const int rank =
          (from_user ? 16 : 0) + (pattern->ambiguous ? 0 : 4) + (agrees ? 3 : 0) + (verdict == Verdict::strong ? 2 : 0);
      if (rank <= best_rank) continue;
      best_rank = rank;
      best = pattern;
      best_verdict = verdict;
    }
    if (best == nullptr) return;
    const std::uint32_t end = best->kind == EntityKind::company ? judge_.end_with_suffix(index) : match.end_word;
    listed_.push_back({.first_word = match.first_word,
                       .end_word = match.end_word,
                       .end_with_suffix = end,
                       .pattern = best,
                       .verdict = best_verdict});
  }

  const TaggedName* tag_over(const Match& match) const {
    const auto it = std::ranges::upper_bound(tagged_, match.first_word, {}, &TaggedName::end_word);
    return it == tagged_.end() || it->first_word >= match.end_word ? nullptr : &*it;
  }

  void add_tagged(const TaggedName& name) {
    NameMention mention{.first_word = name.first_word,
                        .end_word = name.end_word,
                        .end_with_suffix = name.end_word,
                        .tagged = true,
                        .kind = name.kind,
                        .scores = name.scores};
    take_suffix(mention);
    tagged_mentions_.push_back(mention);
  }

  /// Parts the legal suffix from the name, whether the model saw it as part of it or not.
  void take_suffix(NameMention& mention) const {
    if (mention.kind == NameKind::person || mention.kind == NameKind::place) return;
    std::uint32_t end = mention.end_word;
    const auto is_suffix = [&](std::uint32_t i) {
      return is(words_[i], WordClass::legal_suffix) && listed_as_[i].part != PartOfName::first &&
             (words_[i].capitalised() || is(words_[i], WordClass::plain_suffix)); // `plc`
    };
    while (end < words_.size() && is_suffix(end) &&
           (words_[end].before == Separator::space || words_[end].before == Separator::comma ||
            (words_[end].before == Separator::dot_space && !words_[end].sentence_start)))
      ++end;
    mention.end_with_suffix = end;
    while (mention.end_word > mention.first_word + 1 && is(words_[mention.end_word - 1], WordClass::legal_suffix))
      --mention.end_word;
    if (mention.end_word > mention.first_word + 1 && mention.end_with_suffix > mention.end_word &&
        words_[mention.end_word - 1].key == k_and)
      --mention.end_word; // of "& Co"
  }

  /// Where mentions overlap, one of them remains.
  void settle_overlaps() {
    std::vector<NameMention>& out = reading_.mentions;
    std::size_t tag = 0, list = 0;
    while (tag < tagged_mentions_.size() || list < listed_.size()) {
      if (list == listed_.size() ||
          (tag < tagged_mentions_.size() && tagged_mentions_[tag].end_with_suffix <= listed_[list].first_word)) {
        out.push_back(tagged_mentions_[tag++]);
      } else if (tag == tagged_mentions_.size() || listed_[list].end_with_suffix <= tagged_mentions_[tag].first_word) {
        out.push_back(listed_[list++]);
      } else {
        settle(tag, list);
      }
    }
  }

  /// Technologies that no list has take the place of what lies within them; where more does, they are none.
  void add_technologies() {
    std::vector<NameMention>& mentions = reading_.mentions;
    for (const TechnologyName& name : technologies_) {
      const auto first = std::ranges::upper_bound(mentions, name.first_word, {}, &NameMention::end_with_suffix);
      const auto end = std::ranges::lower_bound(first, mentions.end(), name.end_word, {}, &NameMention::first_word);
      const bool covers = std::all_of(first, end, [&](const NameMention& mention) {
        const bool whole = mention.first_word == name.first_word && mention.end_with_suffix == name.end_word;
        return mention.first_word >= name.first_word && mention.end_with_suffix <= name.end_word &&
               !(whole && mention.pattern != nullptr);
      });
      if (!covers) continue;
      const auto at = mentions.erase(first, end);
      mentions.insert(at, {.first_word = name.first_word,
                           .end_word = name.end_word,
                           .end_with_suffix = name.end_word,
                           .technology = true});
    }
  }

  /// A name alone behind the last sentence signs the text: `REUTER`.
  void drop_signature() {
    if (reading_.mentions.empty()) return;
    const NameMention& last = reading_.mentions.back();
    const Word& first = words_[last.first_word];
    const bool behind_sentence =
        first.before == Separator::dot_space || (first.line_start && first.before == Separator::other);
    const bool alone = last.end_with_suffix == words_.size() && last.first_word > 0 && first.sentence_start;
    if (alone && behind_sentence) reading_.mentions.pop_back();
  }

  /// One name of the model and the listed names that overlap it.
  void settle(std::size_t& tag, std::size_t& list) {
    const NameMention& tagged = tagged_mentions_[tag++];
    std::size_t end = list;
    while (end < listed_.size() && listed_[end].first_word < tagged.end_with_suffix) ++end;
    const std::span<const NameMention> overlapping(listed_.data() + list, end - list);
    list = end;
    // `the U.S. And Japan` is no organization, `Ericsson & Qualcomm` no firm.
    const bool several =
        std::ranges::count_if(overlapping,
                              [](const NameMention& m) {
                                return m.pattern->kind == EntityKind::place && m.verdict == Verdict::strong;
                              }) > 1 ||
        are_two_firms(overlapping, tagged);
    std::vector<NameMention> kept;
    for (const NameMention& listed : overlapping) {
      if (listed.first_word == tagged.first_word && listed.end_with_suffix >= tagged.end_word &&
          listed.end_word >= tagged.end_word) {
        NameMention both = listed; // the same name, or the list knows more of it
        both.tagged = true;
        both.kind = tagged.kind;
        both.scores = tagged.scores;
        kept.push_back(both);
      } else if (several || is_product_of(listed, tagged) || is_qualified(listed, tagged) ||
                 keeps_within(listed, tagged)) {
        kept.push_back(listed);
      }
    }
    if (kept.empty()) kept.push_back(tagged);
    for (const NameMention& mention : kept) reading_.mentions.push_back(mention);
  }

  bool are_two_firms(std::span<const NameMention> listed, const NameMention& tagged) const {
    const auto is_firm = [](const NameMention& m) {
      return m.pattern->kind == EntityKind::company && !m.pattern->ambiguous && m.verdict == Verdict::strong;
    };
    return listed.size() == 2 && std::ranges::all_of(listed, is_firm) && listed[0].first_word == tagged.first_word &&
           listed[0].end_with_suffix + 1 == listed[1].first_word && listed[1].end_word >= tagged.end_word &&
           words_[listed[0].end_with_suffix].key == k_and;
  }

  bool listed_as(std::uint32_t word, std::uint32_t bits) const {
    return (context_.lists.of(words_[word].key) & bits) != 0;
  }

  bool is_place(std::uint32_t word) const { return listed_as_[word].is(EntityKind::place); }

  /// `Microsoft Outlook`: a firm's product, unlike its units (`IBM Deutschland`, `Renault Acceptance`).
  bool is_product_of(const NameMention& listed, const NameMention& tagged) const {
    if (listed.pattern->kind != EntityKind::company || listed.verdict != Verdict::strong) return false;
    if (listed.first_word != tagged.first_word || tagged.end_with_suffix > tagged.end_word) return false;
    for (std::uint32_t i = listed.end_word; i < tagged.end_word; ++i) {
      if (listed_as(i, word_list::k_company_last | word_list::k_organization_last) || is_place(i) ||
          is(words_[i], WordClass::organization_head) || is(words_[i], WordClass::legal_suffix))
        return false;
    }
    return true;
  }

  /// `U.S. Food and Drug Administration`, `German Bundesbank`: an organization behind its country.
  bool is_qualified(const NameMention& listed, const NameMention& tagged) const {
    if (listed.pattern->kind != EntityKind::organization || listed.end_word != tagged.end_word) return false;
    for (std::uint32_t i = tagged.first_word; i < listed.first_word; ++i) {
      if (!listed_as(i, word_list::k_demonym) && !is_place(i) && !words_[i].initials) return false;
    }
    return listed.verdict == Verdict::strong;
  }

  /// Whether a listed name counts where the model sees a longer or other one.
  static bool keeps_within(const NameMention& listed, const NameMention& tagged) {
    const bool within = listed.first_word >= tagged.first_word && listed.end_word <= tagged.end_with_suffix;
    if (!within) return listed.verdict == Verdict::strong; // it reaches beyond
    if (listed.pattern->kind == EntityKind::technology) return tagged.kind == NameKind::other;
    if (tagged.kind == NameKind::other) return listed.verdict == Verdict::strong;
    const bool whole = listed.end_word - listed.first_word >= 2;
    switch (listed.pattern->kind) {
    case EntityKind::place:
      return tagged.kind == NameKind::person
                 ? false
                 : tagged.kind == NameKind::place && listed.verdict == Verdict::strong && whole;
    case EntityKind::person: return whole && tagged.kind == NameKind::person;
    default:
      return whole && listed.verdict == Verdict::strong && tagged.kind != NameKind::company &&
             tagged.kind != NameKind::organization;
    }
  }

  TextReading& reading_;
  const std::vector<Word>& words_;
  const ReadingContext& context_;
  Context judge_;
  std::vector<ListedAs> listed_as_; // by word
  std::vector<TaggedName> tagged_;
  std::vector<TechnologyName> technologies_;
  std::vector<NameMention> listed_;
  std::vector<NameMention> tagged_mentions_;
};

} // namespace

TextReading scan_text(std::string_view text, const NameMatcher& matcher) {
  TextReading reading{.text = text};
  scan_words(text, reading.words);
  reading.matches = matcher.find(reading.words.words);
  return reading;
}

void find_mentions(TextReading& reading, const ArticleEvidence& article, const ReadingContext& context) {
  MentionFinder(reading, article, context).find();
}

} // namespace pfind::indexer
