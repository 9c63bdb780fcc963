#include "searcher/query/synonym_queries.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "searcher/query/stop_words.hpp"
#include "searcher/query/text_queries.hpp"

namespace pfind::searcher {
namespace {

constexpr double k_weight = 0.7;               // of an alternative, beside the words as typed
constexpr std::size_t k_max_alternatives = 48; // of one run of words; each costs as much as a phrase

using Terms = std::vector<std::string>;

/// One way to write an alternative: terms side by side.
struct Alternative {
  Terms terms;
  bool is_acronym = false; ///< capitals of an article, not a word
};

class Alternatives {
public:
  Alternatives(Field field, Vocabulary& vocabulary, BuiltQuery& out)
      : field_(field), vocabulary_(vocabulary), out_(out) {}

  /// The query for all alternatives of a run of words.
  SynonymQuery build(const std::vector<WordChain>& chains, std::size_t first, const Synonyms::Match& match) {
    const std::span<const WordChain> run = std::span(chains).subspan(first, match.length);
    const double wanted = weight(run);
    std::vector<Xapian::Query> any;
    for (const std::string& text : match.alternatives) {
      for (const Alternative& spelling : spellings(text)) {
        if (any.size() < k_max_alternatives && exists(spelling)) any.push_back(scaled(spelling, wanted));
      }
    }
    if (!any.empty()) drop_missing(run);
    out_.readings.push_back(
        fmt::format("{} is also looked for as: {}", written(run), fmt::join(match.alternatives, "; ")));
    return {first, first + match.length, combine(Xapian::Query::OP_OR, any)};
  }

private:
  /// An acronym that is a stop word too (`IT`) is looked for in capitals: as a word it is everywhere.
  std::vector<Alternative> spellings(const std::string& text) {
    const std::vector<WordChain> chains = word_chains(text, vocabulary_.analyzer());
    if (chains.size() == 1 && chains.front().acronyms.size() == 1 && is_stop_word(chains.front().words.front().word))
      return {{{chains.front().acronyms.front()}, true}};
    std::vector<Alternative> all;
    for (Terms& terms : vocabulary_.phrases(chains, info(field_).prefix)) all.push_back({std::move(terms), false});
    return all;
  }

  /// Weighs what the words as typed would, were they as rare, and a little less. However many words a
  /// spelling has, it weighs no more.
  Xapian::Query scaled(const Alternative& spelling, double wanted) {
    double own = 0;
    for (const std::string& term : spelling.terms) own += vocabulary_.idf(indexed(spelling, term));
    const double factor = k_weight * (own > wanted && wanted > 0 ? wanted / own : 1);
    if (spelling.is_acronym) {
      out_.terms.terms.push_back({spelling.terms.front(), own * factor});
      return Xapian::Query(indexed(spelling, spelling.terms.front())) * factor;
    }
    out_.terms.phrases.push_back({spelling.terms, own * factor});
    return phrase_of(spelling.terms, info(field_).prefix) * factor;
  }

  double weight(std::span<const WordChain> run) const {
    double sum = 0;
    for (const WordChain& chain : run) {
      for (const text::Token& word : chain.words) sum += vocabulary_.idf(word.term);
    }
    return sum;
  }

  static std::string indexed(const Alternative& spelling, const std::string& term) {
    return spelling.is_acronym ? term_for(Field::acronym, term) : term;
  }

  bool exists(const Alternative& spelling) const {
    const std::string_view prefix = spelling.is_acronym ? info(Field::acronym).prefix : info(field_).prefix;
    return std::ranges::all_of(spelling.terms, [&](const std::string& term) { return vocabulary_.has(prefix, term); });
  }

  void drop_missing(std::span<const WordChain> run) {
    std::erase_if(out_.missing, [&](const std::string& word) {
      return std::ranges::any_of(run, [&](const WordChain& chain) { return chain.written == word; });
    });
  }

  static std::string written(std::span<const WordChain> run) {
    std::string text;
    for (const WordChain& chain : run) text += (text.empty() ? "" : " ") + chain.written;
    return text;
  }

  Field field_;
  Vocabulary& vocabulary_;
  BuiltQuery& out_;
};

} // namespace

std::vector<SynonymQuery> synonym_queries(const std::vector<WordChain>& chains, Field field, const Synonyms& synonyms,
                                          Vocabulary& vocabulary, BuiltQuery& out) {
  Alternatives alternatives(field, vocabulary, out);
  std::vector<SynonymQuery> queries;
  for (std::size_t first = 0; first < chains.size();) {
    const std::span<const WordChain> rest = std::span(chains).subspan(first);
    const Synonyms::Match match = synonyms.at(rest, vocabulary.analyzer());
    const bool is_word = match.length > 1 || (match.length == 1 && !is_stop_word(chains[first]));
    if (is_word) queries.push_back(alternatives.build(chains, first, match));
    first += std::max<std::size_t>(match.length, 1);
  }
  return queries;
}

} // namespace pfind::searcher
