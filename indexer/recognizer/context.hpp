#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>

#include "common/entity/catalog.hpp"
#include "common/entity/entity.hpp"
#include "indexer/recognizer/name_matcher.hpp"
#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {

/// Keys of the words that people's names of two or three words begin with. "Pope" and "King" begin some, and are no
/// given names.
std::unordered_set<std::uint64_t> given_names(const Catalog& catalog);

/// What the words around a name say about it.
enum class Verdict : std::uint8_t {
  blocked, ///< it is something else: a part of a longer name, a person of that name, an ordinary word
  weak,    ///< it counts if the article names the entity beyond doubt elsewhere
  strong   ///< it counts, and proves that the article names the entity
};

/// Judges matches by the words around them, by general rules:
///
/// - A place beside another capitalised word belongs to a longer name (`Georgia Tech`, `Radio Moscow`), except roles
/// and
///   directions (`China President Xi`, `northern Iraq`); so does one behind an institution and "of" (`Bank of
///   Thailand`), while `government of China` names the place.
/// - A company's name in front of a product counts for the company (`Microsoft Outlook`), but in that of a stock index
/// it
///   does not (`Dow Jones industrial average`).
/// - Behind a title or a given name, a single word is a person's surname (`Mr Sharp`, `Jordan Smith`).
/// - An ambiguous name needs evidence: a capital in mid-sentence in running text, a legal suffix, or a word that
/// companies
///   have beside them (`shares`, `chipmaker`).
/// - Headings prove little: in Title Case and in capitals, ambiguous names and short acronyms are weak.
class Context {
public:
  /// `given_names`: keys of words that people's names begin with. Everything is borrowed.
  Context(std::string_view text, const Words& words, std::span<const Match> matches,
          const std::unordered_set<std::uint64_t>& given_names)
      : text_(text), words_(words), matches_(matches), given_names_(given_names) {}

  /// The verdict on matches[index] read as `pattern`, one of its patterns.
  Verdict judge(std::size_t index, const Pattern& pattern) const;

  /// The end (a word's index) of the legal suffixes behind matches[index], or of the match itself.
  std::uint32_t end_with_suffix(std::size_t index) const;

  /// Whether the match is a surname: a single word behind a title, or behind a given name that no list joins with it.
  bool is_surname(std::size_t index) const;

private:
  struct Place; // of a match in the text
  enum class Following : std::uint8_t { nothing, role, name };

  Place place_of(std::size_t index) const;
  const Word* neighbour(std::uint32_t left, std::uint32_t wanted) const;
  Following following(std::size_t index) const;
  bool in_firm_of_partners(const Match& match) const;
  bool hyphenated_with_name(std::size_t index) const;
  bool names_stock_index(const Match& match) const;
  bool next_match_is(std::size_t index, EntityKind kind) const;
  bool is_credit(const Match& match) const;
  bool before_stock_code(std::uint32_t end) const;
  bool followed_by_of(const Match& match) const;
  bool behind_institution(const Match& match) const;
  bool in_longer_place_name(std::size_t index, const Place& at) const;
  bool in_longer_person_name(std::size_t index, const Place& at) const;
  bool has_company_evidence(std::size_t index, const Place& at) const;
  bool blocks_ambiguous(std::size_t index, const Pattern& pattern, const Place& at) const;
  Verdict judge_ambiguous(std::size_t index, const Pattern& pattern, const Place& at) const;
  Verdict judge_clear(std::size_t index, const Pattern& pattern, const Place& at) const;

  std::string_view text_of(const Word& word) const { return text_.substr(word.begin, word.end - word.begin); }

  std::string_view text_;
  const Words& words_;
  std::span<const Match> matches_;
  const std::unordered_set<std::uint64_t>& given_names_;
};

} // namespace pfind::indexer
