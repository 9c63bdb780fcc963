#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/text/analyzer.hpp"
#include "common/text/span.hpp"

namespace pfind::searcher {

/// A term or word of a query and how much it says, e.g. its inverse document frequency.
struct WeightedTerm {
  std::string term;
  double weight = 1;
};

/// Terms that match at consecutive positions only; shown as one.
struct Phrase {
  std::vector<std::string> terms;
  double weight = 1;
};

/// Terms that match where all of them, in any order, lie within `window` positions (Xapian's NEAR); shown one by one.
struct NearGroup {
  std::vector<std::string> terms;
  std::uint32_t window = 10;
  double weight = 1;
};

/// A wildcard or anything else that is decided token by token.
struct TokenPattern {
  std::function<bool(const text::Token&)> matches;
  double weight = 1;
};

/// What a query looks for in a text, as the Analyzer writes it. A word of a phrase or a near group matches by itself
/// only if it stands among `terms` too.
struct QueryTerms {
  std::vector<WeightedTerm> terms;       ///< compared with Token::term
  std::vector<WeightedTerm> exact_words; ///< compared with Token::word
  std::vector<Phrase> phrases;
  std::vector<NearGroup> near_groups;
  std::vector<TokenPattern> patterns;
};

/// A place in a text that matches one of the things a query looks for.
struct Match {
  text::Span bytes;
  std::uint32_t position = 0; ///< of its first word
  std::size_t concept_id = 0; ///< which of them; below Matcher::weights().size()

  bool operator==(const Match&) const = default;
};

/// Finds what matches a query in an analysed text.
class Matcher {
public:
  explicit Matcher(QueryTerms terms);

  /// The matches among the tokens of a text, in order of begin; several may cover the same bytes. A compound matches
  /// whole where its joined form does, its two parts stand apart (`cross licensing` for `crosslicensing`), or all parts
  /// match. `analyzer`: the one that made the tokens.
  std::vector<Match> find(const std::vector<text::Token>& tokens, text::Analyzer& analyzer) const;

  /// By which an analyzer may leave out words that find() has no use for; null where it has one for any.
  const text::WantedWords* wanted() const { return query_.patterns.empty() ? &wanted_ : nullptr; }

  /// The weight of each concept: terms, exact words, phrases, near groups and patterns, in this order.
  const std::vector<double>& weights() const { return weights_; }

private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <class Value>
  using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  using Occurrences = std::vector<const text::Token*>; // of one term, in order of position

  /// The sizes of words that begin with the same byte, a bit each; longer ones share the last.
  class Sizes {
  public:
    void add(std::string_view word) { of_first_[first(word)] |= bit(word); }

    /// False for nearly all words that were not added.
    bool may_have(std::string_view word) const { return (of_first_[first(word)] & bit(word)) != 0; }

  private:
    static std::size_t first(std::string_view word) { return word.empty() ? 0 : static_cast<unsigned char>(word[0]); }
    static std::uint64_t bit(std::string_view word) {
      return std::uint64_t{1} << std::min<std::size_t>(word.size(), 63);
    }

    std::array<std::uint64_t, 256> of_first_{};
  };

  void add_concept(double weight) { weights_.push_back(weight); }
  void number_terms();
  void want_term(std::string_view term);
  void find_tokens(const std::vector<text::Token>& tokens, std::vector<Occurrences>& occurrences,
                   std::vector<Match>& out) const;
  void find_compounds(const std::vector<text::Token>& tokens, text::Analyzer& analyzer, std::vector<Match>& out) const;
  void find_groups(const std::vector<Occurrences>& occurrences, std::vector<Match>& out) const;

  QueryTerms query_;
  std::vector<double> weights_;
  Map<std::size_t> concept_of_term_; // single terms
  Map<std::size_t> concept_of_word_; // exact words
  Map<std::size_t> slot_of_term_;    // terms of phrases and near groups: where their occurrences are collected
  Sizes sizes_;                      // of all of these: most words of a text are none of them
  text::WantedWords wanted_;         // all of these
};

} // namespace pfind::searcher
