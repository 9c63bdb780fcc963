#include "searcher/spelling/speller.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <map>

#include "common/forward_text.hpp"
#include "common/stored_article.hpp"
#include "common/text/characters.hpp"
#include "searcher/query/stop_words.hpp"
#include "searcher/spelling/edit_distance.hpp"

namespace pfind::searcher {
namespace {

constexpr std::size_t k_shortest_word = 3;        // code points
constexpr std::size_t k_longest_ending = 5;       // that a stem may lack: -ation, -ments
constexpr std::size_t k_shortest_stem = 3;        // letters before such an ending
constexpr std::size_t k_candidates = 12;          // of each kind, whose written forms may be looked at
constexpr Xapian::doccount k_examples = 8;        // articles that are looked at for the forms of a word
constexpr std::size_t k_text_of_example = 30'000; // bytes of each
constexpr double k_bonus_of_name = 2;             // in likelihood: people search for names

bool is_correctable(const text::Token& token) {
  const std::string& word = token.word;
  const bool letters = std::ranges::all_of(word, [](unsigned char c) { return c >= 0x80 || (c >= 'a' && c <= 'z'); });
  return letters && text::count_characters(word) >= k_shortest_word && !is_stop_word(word);
}

/// The word's stem, and its beginning with an ending that may be misspelt: `licensign`.
std::array<WordPattern, 2> patterns_of(const text::Token& token) {
  WordPattern stem{.letters = code_points(token.term)};
  WordPattern beginning{.letters = code_points(token.word)};
  stem.limit = beginning.limit = allowed_edits(beginning.letters.size());
  const std::size_t length = beginning.letters.size();
  beginning.ending = length > k_shortest_stem ? std::min(k_longest_ending, length - k_shortest_stem) : 0;
  return {stem, beginning};
}

/// The numbers of forms (written_number) of a term that were met.
using KnownForms = std::bitset<256>;

/// Whether an article may have a form of the term that is not known, by its forward text; words behind those that this
/// holds may be any.
bool may_have_other_form(const ForwardText& text, const std::string& term, const KnownForms& known) {
  const std::uint32_t number = term_number(term);
  bool may_have = text.length() > k_max_forward_words;
  text.for_each_word([&](const ForwardText::Word& word) {
    if (word.term() == number && !known[word.written()]) may_have = true;
  });
  return may_have;
}

double weight(const BetterWord& candidate) { return likelihood(candidate.distance, candidate.frequency); }

} // namespace

/// A term that may be the one meant.
struct Speller::Lead {
  std::string term;
  Xapian::doccount frequency = 0;
  std::size_t of_stem = SIZE_MAX; // distance from the stem of the word typed
  std::size_t at_least = 0;       // no form of the term is nearer to the word typed
  double promise() const { return likelihood(at_least, frequency); }
};

std::vector<std::optional<BetterWord>> Speller::better_words(std::span<const text::Token> words) {
  std::vector<std::optional<BetterWord>> better(words.size());
  std::vector<WordPattern> patterns;
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_correctable(words[i])) continue;
    asked.push_back(i);
    std::ranges::copy(patterns_of(words[i]), std::back_inserter(patterns));
  }
  if (asked.empty()) return better;
  const auto near = near_terms(patterns, index_.database(), k_candidates);
  for (std::size_t k = 0; k < asked.size(); ++k)
    better[asked[k]] = best(words[asked[k]], leads(near[2 * k], near[2 * k + 1]));
  return better;
}

/// The terms near to a word's stem or to its beginning, those first that promise most.
std::vector<Speller::Lead> Speller::leads(const std::vector<NearTerm>& stems, const std::vector<NearTerm>& beginnings) {
  std::map<std::string, Lead> by_term;
  for (const NearTerm& near : stems) by_term[near.term] = {near.term, near.frequency, near.distance, near.distance};
  for (const NearTerm& near : beginnings) {
    Lead& lead = by_term.try_emplace(near.term, Lead{near.term, near.frequency, SIZE_MAX, near.distance}).first->second;
    lead.at_least = std::min(lead.at_least, near.distance);
  }
  std::vector<Lead> all;
  for (auto& [term, lead] : by_term) {
    if (is_stop_word(term) || text::count_characters(term) < k_shortest_word) continue;
    lead.at_least = std::max<std::size_t>(lead.at_least, 1);
    all.push_back(std::move(lead));
  }
  std::ranges::stable_sort(all, std::greater{}, &Lead::promise);
  return all;
}

/// Terms are only the way to words: what counts is how far the nearest of their forms is, unless none has been met that
/// is near though the stem is (`licnse`, where articles have but `licensing`).
std::optional<BetterWord> Speller::best(const text::Token& word, const std::vector<Lead>& leads) {
  const std::u32string letters = code_points(word.word);
  const std::size_t limit = allowed_edits(letters.size());
  std::vector<BetterWord> candidates;
  for (const Lead& lead : leads) {
    const auto settles = [&](const BetterWord& found) { return weight(found) > lead.promise() + k_bonus_of_name; };
    if (std::ranges::any_of(candidates, settles)) break;
    if (lead.term == word.term) continue;
    const WrittenForm form = written_form(lead, letters);
    const std::size_t distance = lead.of_stem < limit ? std::min(form.distance, lead.of_stem + 1) : form.distance;
    if (distance > 0 && distance <= limit) candidates.push_back({form.word, distance, lead.frequency});
  }
  return choose(std::move(candidates));
}

/// Only where a name would change the choice is it asked whether there is one: that may take a look at every name.
std::optional<BetterWord> Speller::choose(std::vector<BetterWord> candidates) const {
  if (candidates.empty()) return std::nullopt;
  const double most = weight(*std::ranges::max_element(candidates, {}, weight));
  std::erase_if(candidates, [&](const BetterWord& candidate) { return weight(candidate) + k_bonus_of_name < most; });
  if (candidates.size() == 1) return candidates.front();
  return *std::ranges::max_element(candidates, {}, [&](const BetterWord& candidate) {
    return weight(candidate) + (is_name(candidate.word) ? k_bonus_of_name : 0);
  });
}

bool Speller::is_name(const std::string& word) const { return index_.is_word_of_name(word); }

/// Of the forms that a term has in some articles, the one nearest to what was written. An article is not read where its
/// forward text, which tells forms apart but for one in 256, knows no other one than those that were met.
Speller::WrittenForm Speller::written_form(const Lead& lead, std::u32string_view like) {
  WrittenForm best{.word = lead.term, .distance = SIZE_MAX};
  const ComparedDatabase& database = index_.database();
  text::WantedWords wanted;
  wanted.add_term(lead.term);
  std::vector<text::Token> tokens;
  KnownForms known;
  Xapian::doccount seen = 0;
  for (auto it = database.postlist_begin(lead.term); it != database.postlist_end(lead.term); ++it) {
    if (++seen > k_examples || best.distance <= lead.at_least) break;
    if (!may_have_other_form(ForwardText(index_.forward_text(*it)), lead.term, known)) continue;
    const Article article = decode_article(database.data(*it));
    text::Analyzer& analyzer = index_.analyzer(article.language);
    for (const std::string_view text : {std::string_view(article.title), std::string_view(article.body)}) {
      analyzer.analyze(text.substr(0, k_text_of_example), tokens, &wanted);
      for (const text::Token& token : tokens) {
        if (token.term != lead.term || token.kind == text::TokenKind::cased) continue;
        known.set(written_number(token.word));
        const std::size_t distance = misspelling_distance(like, code_points(token.word), like.size());
        if (distance < best.distance) best = {token.word, distance};
      }
    }
  }
  return best;
}

} // namespace pfind::searcher
