#include "searcher/suggestions.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "searcher/entity_names.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/query/vocabulary.hpp"
#include "searcher/spelling/edit_distance.hpp"
#include "searcher/spelling/speller.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_max_corrected = 10;    // words of a query; who misspells more has another problem
constexpr std::size_t k_longest_corrected = 5; // words of a query that is changed unbidden: longer ones have other
                                               // words to be found by
constexpr std::size_t k_letters_for_one = 5;   // of a word, so that a wrong one leaves little doubt: not `cell`, `call`
constexpr std::size_t k_letters_for_two = 7;   // the same for two wrong ones
constexpr std::uint64_t k_few_found = 5;       // articles, so that a rare word is worth a doubt
constexpr Xapian::doccount k_rare = 3;         // articles that have such a word
constexpr Xapian::doccount k_far_more = 10;    // times as many have the word that it is taken for
constexpr Xapian::doccount k_all_more = 300;   // times as many, so that any slip of one letter is likely
constexpr std::size_t k_shortest_part = 4;     // letters of a word that is parted into two, one of them misspelt
constexpr std::size_t k_shortest_rare = 5;     // letters of such a word

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

/// Whether `word` at `at` stands by itself, not inside a longer word nor as a field's name.
bool is_whole_word(std::string_view text, std::size_t at, std::size_t length) {
  const std::size_t end = at + length;
  const bool begins = at == 0 || !is_word_byte(text[at - 1]);
  return begins && (end == text.size() || (!is_word_byte(text[end]) && text[end] != ':'));
}

/// Replaces a word wherever it stands by itself, and says how often.
std::size_t replace_word(std::string& text, const std::string& word, const std::string& better) {
  std::size_t replaced = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
    if (!is_whole_word(text, at, word.size())) {
      ++at;
      continue;
    }
    text.replace(at, word.size(), better);
    at += better.size();
    ++replaced;
  }
  return replaced;
}

/// Whether a word of a chain is written in capitals, as a code is.
bool is_in_capitals(const WordChain& chain, const text::Token& word) {
  return std::ranges::any_of(chain.acronyms, [&](const std::string& acronym) {
    return std::ranges::equal(acronym, word.word, {}, [](unsigned char c) { return std::tolower(c); });
  });
}

/// Whether two words one edit apart have the same letters.
bool is_swap(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::ranges::is_permutation(a, b);
}

/// A word of a query that may be misspelt.
struct Suspect {
  std::string typed;
  text::Token word;
  Xapian::doccount frequency = 0; ///< articles that have it
  bool plain = false;             ///< may be changed unbidden
};

/// What a suspect is to be replaced by.
struct Correction {
  std::string typed;
  std::string better;
  bool unbidden = false; ///< may be made without asking
};

class Suggester {
public:
  Suggester(const AskedQuery& asked, Snapshot& index)
      : asked_(asked), index_(index), vocabulary_(index), speller_(index) {}

  Suggestion run() {
    std::visit([this](const auto& node) { visit(node); }, asked_.tree.node);
    correct_suspects();
    Suggestion suggestion;
    suggestion.query = asked_.typed;
    for (const Correction& correction : corrections_)
      replace_word(suggestion.query, correction.typed, correction.better);
    if (suggestion.query == asked_.typed) suggestion.query.clear();
    if (plain_words_ <= k_longest_corrected) correct_unbidden(suggestion);
    return suggestion;
  }

private:
  // --- which words may be misspelt ---

  void visit(const query::Text& text) { look_at(text.text, true); }
  void visit(const query::Phrase& phrase) { look_at(phrase.text, false); }
  void visit(const query::Exact& exact) { look_at(exact.word, false); }
  void visit(const query::Near& near) {
    for (const query::Node& operand : near.operands) {
      const auto* word = std::get_if<query::Text>(&operand.node);
      word != nullptr ? look_at(word->text, false)
                      : std::visit([this](const auto& node) { visit(node); }, operand.node);
    }
  }
  void visit(const query::And& all) { visit_all(all.operands); }
  void visit(const query::Or& any) { visit_all(any.operands); }
  template <typename Other>
  void visit(const Other& /*other*/) {} // holds no words, patterns, or what is not wanted

  void visit_all(const std::vector<query::Node>& operands) {
    for (const query::Node& operand : operands) std::visit([this](const auto& node) { visit(node); }, operand.node);
  }

  void look_at(const std::string& text, bool plain) {
    for (const WordChain& chain : word_chains(text, vocabulary_.analyzer())) {
      if (is_stop_word(chain)) continue;
      if (plain) ++plain_words_;
      for (const text::Token& word : chain.words) look_at(chain, word, text, plain);
    }
  }

  void look_at(const WordChain& chain, const text::Token& word, const std::string& text, bool plain) {
    if (is_in_capitals(chain, word) || suspects_.size() + corrections_.size() == k_max_corrected) return;
    const Suspect suspect{text.substr(word.begin, word.end - word.begin), word, frequency(word), plain};
    if (suspect.frequency == 0) {
      if (is_missing(chain, plain)) suspects_.push_back(suspect);
    } else if (suspect.frequency <= k_rare && asked_.found <= k_few_found &&
               code_points(word.word).size() >= k_shortest_rare) {
      suspects_.push_back(suspect);
    }
  }

  Xapian::doccount frequency(const text::Token& word) const {
    Xapian::doccount most = 0;
    for (const std::string& stem : vocabulary_.stems(word)) most = std::max(most, index_.database().get_termfreq(stem));
    return most;
  }

  bool is_missing(const WordChain& chain, bool plain) const {
    if (plain) return std::ranges::find(asked_.missing, chain.written) != asked_.missing.end();
    return !vocabulary_.can_match(chain, info(Field::body).prefix);
  }

  // --- what they more likely are ---

  void correct_suspects() {
    std::vector<text::Token> words;
    for (const Suspect& suspect : suspects_) words.push_back(suspect.word);
    const auto better = speller_.better_words(words);
    for (std::size_t i = 0; i < suspects_.size(); ++i) {
      if (better[i]) {
        correct(suspects_[i], *better[i]);
      } else if (suspects_[i].frequency == 0) {
        std::string parted = parted_of(suspects_[i].word);
        if (parted.empty()) parted = nearly_parted(suspects_[i].word);
        if (!parted.empty()) corrections_.push_back({suspects_[i].typed, parted, suspects_[i].plain});
      }
    }
  }

  void correct(const Suspect& suspect, const BetterWord& better) {
    if (suspect.frequency > 0 && !is_slip(suspect, better)) return;
    const std::size_t letters = code_points(suspect.word.word).size();
    const bool may_be_unbidden = suspect.plain && suspect.frequency == 0;
    const auto is_certain = [&] {
      return letters >= k_letters_for_two ||
             (better.distance == 1 && (letters >= k_letters_for_one || speller_.is_name(better.word)));
    };
    corrections_.push_back({suspect.typed, better.word, may_be_unbidden && is_certain()});
  }

  /// Two words that articles have, though nowhere side by side; empty where one would be short, since bits of words are
  /// everywhere.
  std::string parted_of(const text::Token& word) const {
    constexpr std::size_t k_shortest = 4;
    const std::vector<std::string> parts = vocabulary_.parted(word, info(Field::body).prefix);
    if (parts.empty() || parts.front().size() < k_shortest || parts.back().size() < k_shortest) return "";
    return parts.front() + ' ' + parts.back();
  }

  /// Two words for one: the first as typed and the second with one edit, or the other way round. `crosslicencing`.
  std::string nearly_parted(const text::Token& word) {
    std::vector<std::string> kept;
    std::vector<bool> kept_first;
    std::vector<text::Token> rest;
    for (std::size_t cut = k_shortest_part; cut + k_shortest_part <= word.word.size(); ++cut) {
      const auto first = vocabulary_.analyzer().analyze(word.word.substr(0, cut));
      const auto second = vocabulary_.analyzer().analyze(word.word.substr(cut));
      if (first.size() != 1 || second.size() != 1) continue; // a cut through a character
      for (const bool is_first : {true, false}) {
        const text::Token& part = is_first ? first.front() : second.front();
        if (frequency(part) == 0 || is_stop_word(part.word)) continue;
        kept.push_back(part.word);
        kept_first.push_back(is_first);
        rest.push_back(is_first ? second.front() : first.front());
      }
    }
    const auto better = speller_.better_words(rest);
    Xapian::doccount most = 0;
    std::string parted;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (!better[i] || better[i]->distance > 1 || better[i]->frequency <= most) continue;
      most = better[i]->frequency;
      parted = kept_first[i] ? kept[i] + ' ' + better[i]->word : better[i]->word + ' ' + kept[i];
    }
    return parted;
  }

  /// Whether a word that some article has is rather a misprint there than another word. Many words look alike (`scale`,
  /// `sale`): only of names, of swapped letters, and of words that are everywhere is that likely.
  bool is_slip(const Suspect& suspect, const BetterWord& better) {
    const auto is_times = [&](Xapian::doccount more) { return better.frequency >= more * suspect.frequency; };
    if (better.distance != 1 || !is_times(k_far_more)) return false;
    const bool is_likely = is_swap(suspect.word.word, better.word) || speller_.is_name(better.word);
    return (is_likely || is_times(k_all_more)) && !speller_.is_name(suspect.word.word);
  }

  // --- what may be asked unbidden ---

  void correct_unbidden(Suggestion& suggestion) const {
    query::Node tree = asked_.tree;
    std::string corrected = asked_.typed;
    for (const Correction& correction : corrections_) {
      if (!correction.unbidden) continue;
      // A word that stands in quotes or behind a minus too must stay as it is there: then the user is asked.
      const std::size_t in_query = replace_word(corrected, correction.typed, correction.better);
      if (in_query == 0 || replace_in_words(tree, correction) != in_query) return;
      suggestion.replaced.push_back(correction.typed);
    }
    if (suggestion.replaced.empty()) return;
    suggestion.corrected = std::move(corrected);
    suggestion.tree = std::move(tree);
  }

  static std::size_t replace_in_words(query::Node& node, const Correction& correction) {
    if (auto* text = std::get_if<query::Text>(&node.node))
      return replace_word(text->text, correction.typed, correction.better);
    std::size_t replaced = 0;
    if (auto* all = std::get_if<query::And>(&node.node)) {
      for (query::Node& operand : all->operands) replaced += replace_in_words(operand, correction);
    } else if (auto* any = std::get_if<query::Or>(&node.node)) {
      for (query::Node& operand : any->operands) replaced += replace_in_words(operand, correction);
    }
    return replaced;
  }

  const AskedQuery& asked_;
  Snapshot& index_;
  Vocabulary vocabulary_;
  Speller speller_;
  std::size_t plain_words_ = 0;
  std::vector<Suspect> suspects_;
  std::vector<Correction> corrections_;
};

} // namespace

namespace {

/// How a value is displayed, empty where its last article is gone or nobody bears the name any more.
std::string name_in_use(const std::string& key, Field facet, Snapshot& index) {
  const auto kind = entity_kind(info(facet).name);
  if (!kind) {
    if (!index.database().term_exists(term_for(facet, key))) return {};
    for (Shard& shard : index.shards()) {
      const FacetDictionary& values = shard.dictionary(facet);
      if (const std::uint32_t number = values.find(key); number < values.size()) return values.name(number);
    }
    return {};
  }
  const auto canonical = canonical_name({*kind, key}, index);
  const bool is_there = canonical && canonical->kind == *kind && !entity_terms(*canonical, index).empty();
  return is_there ? display_name(*canonical, index) : std::string();
}

} // namespace

std::string suggest_value(const std::string& key, Field facet, Snapshot& index) {
  const std::u32string wanted = code_points(key);
  std::size_t nearest = allowed_edits(wanted.size());
  std::string best;
  for (Shard& shard : index.shards()) {
    const FacetDictionary& values = shard.dictionary(facet);
    for (std::uint32_t number = 0; number < values.size(); ++number) {
      const std::string other = facet_key(values.name(number));
      const std::size_t distance = edit_distance(wanted, code_points(other), nearest);
      if (distance > nearest || (distance == nearest && !best.empty())) continue;
      const std::string name = name_in_use(other, facet, index);
      if (name.empty()) continue;
      nearest = distance;
      best = name;
    }
  }
  return best;
}

Suggestion suggest(const AskedQuery& asked, Snapshot& index) {
  if (asked.missing.empty() && asked.found > k_few_found) return {}; // most queries: nothing to look up
  return Suggester(asked, index).run();
}

} // namespace pfind::searcher
