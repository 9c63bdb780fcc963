#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/analyzer.hpp"
#include "searcher/query/word_chains.hpp"

namespace pfind::searcher {

/// Words that stand for each other, as files say: `SEP = standard-essential patent`, `handset => mobile phone`.
class Synonyms {
public:
  /// The beginning of a run of words that have synonyms.
  struct Match {
    std::size_t length = 0;                ///< how many word chains; 0 where none has any
    std::vector<std::string> alternatives; ///< texts as the files have them, each once
  };

  /// Reads UTF-8 lines: alternatives separated by ` = ` stand for each other, what stands left of ` => ` is also looked
  /// for as each of those on its right; `#` begins a comment line. Throws UsageError naming `file`, the line and what
  /// to do for any other line; a broken file gives nothing at all.
  static Synonyms parse(std::string_view text, std::string_view file);

  /// Reads a file of the user's. Throws UsageError.
  static Synonyms read(const std::filesystem::path& file);

  /// Those that come with pfind.
  static Synonyms shipped();

  /// Adds those of `other`. Words in both have the alternatives of both.
  void merge(const Synonyms& other);

  /// The longest run of words at the beginning of `chains` that has synonyms; stems are compared. `analyzer`: the one
  /// that made the chains.
  Match at(std::span<const WordChain> chains, text::Analyzer& analyzer) const;

private:
  using Words = std::vector<std::string>; // folded

  void add(const Words& words, const std::string& alternative);

  // Alternatives by their words, these by the first letters of the first, which no stemmer changes: so nothing need be
  // stemmed beforehand, once for each language.
  std::map<std::string, std::map<Words, std::vector<std::string>>, std::less<>> entries_;
};

} // namespace pfind::searcher
