#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "common/bit_table.hpp"
#include "indexer/recognizer/name_matcher.hpp"
#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {

/// What lists say about a single word, as bits.
namespace word_list {
inline constexpr std::uint32_t k_given_name = 1u << 0;
inline constexpr std::uint32_t k_family_name = 1u << 1;
inline constexpr std::uint32_t k_demonym = 1u << 2;
inline constexpr std::uint32_t k_company_first = 1u << 3; ///< several listed companies' names begin with it
inline constexpr std::uint32_t k_company_last = 1u << 4;
inline constexpr std::uint32_t k_organization_first = 1u << 5;
inline constexpr std::uint32_t k_organization_last = 1u << 6;
inline constexpr std::uint32_t k_place_word = 1u << 7; ///< part of a listed place's name of several words
inline constexpr std::uint32_t k_person_first = 1u << 8;
inline constexpr std::uint32_t k_person_last = 1u << 9;
inline constexpr std::uint32_t k_common_word = 1u << 10;
} // namespace word_list

/// Words that occur in names of a kind, from the shipped lists of names and of given names, family names and demonyms.
/// Immutable once built.
class WordLists {
public:
  /// Of the shipped lists alone: what a user adds to them must change nothing but what is found under the names that
  /// were added. `common_words`: see NameModel.
  explicit WordLists(std::span<const std::uint64_t> common_words);

  /// The same without what these bits say.
  WordLists without(std::uint32_t bits) const;

  /// The bits of `word_list` for a word's key.
  std::uint32_t of(std::uint64_t key) const { return words_.of(key); }

private:
  void add(std::string_view lines, std::uint32_t bit);
  void add_words_of_names();

  BitTable words_;
};

/// What one article says about its words in all places together (Chieu and Ng, "Named Entity Recognition: A Maximum
/// Entropy Approach Using Global Information", COLING 2002), as bits by word.
class ArticleEvidence {
public:
  static constexpr std::uint32_t k_lower_case = 1u << 0;    ///< stands in small letters somewhere
  static constexpr std::uint32_t k_mid_sentence = 1u << 1;  ///< capitalised where nothing but being a name asks for it
  static constexpr std::uint32_t k_behind_title = 1u << 2;  ///< `Mr`, a role or a given name before it
  static constexpr std::uint32_t k_before_suffix = 1u << 3; ///< a legal suffix behind it
  static constexpr std::uint32_t k_behind_in = 1u << 4;     ///< `in`, `at` or `near` before it
  static constexpr std::uint32_t k_in_brackets = 1u << 5;   ///< stands alone in brackets: `(SMIC)`
  static constexpr std::uint32_t k_possessive = 1u << 6;
  static constexpr std::uint32_t k_before_said = 1u << 7; ///< a word that companies and people have behind them

  /// Adds one text of the article.
  void add(std::string_view text, const Words& words, const WordLists& lists);

  std::uint32_t of(std::uint64_t key) const { return words_.of(key); }

private:
  BitTable words_;
};

/// Where in a listed name a word stands.
enum class PartOfName : std::uint8_t { none, whole, first, inside, last };

/// What a list of names says about one word of a text.
struct ListedAs {
  std::uint8_t kind = 0; ///< 0 none, else 1 + EntityKind; the first of several
  std::uint8_t second_kind = 0;
  PartOfName part = PartOfName::none;
  bool ambiguous = false;

  bool is_listed() const { return part != PartOfName::none; }
  bool is(EntityKind which) const {
    const auto code = static_cast<std::uint8_t>(1 + static_cast<unsigned>(which));
    return kind == code || second_kind == code;
  }
};

/// For each word what it is part of among `matches`, as they come from NameMatcher::find.
std::vector<ListedAs> listed_words(const Words& words, std::span<const Match> matches);

/// What features are made of; everything is borrowed.
struct TextEvidence {
  std::string_view text;
  const Words& words;
  const WordLists& lists;
  const ArticleEvidence& article;
  std::span<const ListedAs> listed; ///< by word
};

/// Writes the features of the word at `index` of the run [begin, end): numbers below NameModel::k_rows.
void word_features(const TextEvidence& evidence, std::uint32_t begin, std::uint32_t end, std::uint32_t index,
                   std::vector<std::uint32_t>& features);

} // namespace pfind::indexer
