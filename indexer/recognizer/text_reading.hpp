#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "indexer/recognizer/context.hpp"
#include "indexer/recognizer/name_evidence.hpp"
#include "indexer/recognizer/name_matcher.hpp"
#include "indexer/recognizer/name_tagger.hpp"
#include "indexer/recognizer/word_scan.hpp"

namespace pfind::indexer {

/// A stretch of words that may be a name, with what lists and the model say of it.
struct NameMention {
  std::uint32_t first_word = 0;
  std::uint32_t end_word = 0;                      ///< without the legal suffix
  std::uint32_t end_with_suffix = 0;               ///< the suffix included
  const Pattern* pattern = nullptr;                ///< as listed; null where it is not
  Verdict verdict = Verdict::weak;                 ///< on the pattern
  bool tagged = false;                             ///< found by the model
  bool technology = false;                         ///< see technology_names
  NameKind kind = NameKind::other;                 ///< what the model says, where it is tagged
  std::array<std::int32_t, k_name_kinds> scores{}; ///< of the model, see TaggedName; zero where it was not asked
};

/// One text of an article with its words and the names that may be in it.
struct TextReading {
  std::string_view text;
  Words words;
  std::vector<Match> matches;
  std::unordered_set<std::uint64_t> surnames; ///< single listed words that are people of that name here
  std::vector<NameMention> mentions;          ///< in order, none overlapping another

  std::string_view written(std::uint32_t first_word, std::uint32_t end_word) const {
    const std::size_t begin = words.words[first_word].begin;
    return text.substr(begin, words.words[end_word - 1].end - begin);
  }
};

/// What reading needs besides the text; borrowed.
struct ReadingContext {
  const Catalog& catalog;
  const NameModel* model; ///< null where it does not know the language
  const WordLists& lists;
  const std::unordered_set<std::uint64_t>& given_names;
};

/// Scans a text and finds the listed names in it.
TextReading scan_text(std::string_view text, const NameMatcher& matcher);

/// Finds the mentions of a scanned text: where a listed name and one of the model's overlap, the longer one, unless
/// the shorter is a firm and the rest its product.
void find_mentions(TextReading& reading, const ArticleEvidence& article, const ReadingContext& context);

} // namespace pfind::indexer
