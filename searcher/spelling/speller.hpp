#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/text/analyzer.hpp"
#include "searcher/index.hpp"
#include "searcher/spelling/near_terms.hpp"

namespace pfind::searcher {

/// A word of the collection that another may stand for.
struct BetterWord {
  std::string word;               ///< folded, in one of the forms that articles have
  std::size_t distance = 0;       ///< edits from the word as typed; see misspelling_distance
  Xapian::doccount frequency = 0; ///< articles that have it in any form
};

/// Knows how the words of an index are spelled.
class Speller {
public:
  explicit Speller(Snapshot& index) : index_(index) {}

  /// For each word (a token of a query) the one that it most likely stands for: near, frequent, rather a word of a
  /// known name than another. Nothing for numbers and codes, words of fewer than 3 letters, stop words, and where no
  /// word is near.
  std::vector<std::optional<BetterWord>> better_words(std::span<const text::Token> words);

  /// Whether a folded word is one of a company's, a person's or another entity's name that the index knows.
  bool is_name(const std::string& word) const;

private:
  struct WrittenForm {
    std::string word;
    std::size_t distance = 0;
  };
  struct Lead;

  static std::vector<Lead> leads(const std::vector<NearTerm>& stems, const std::vector<NearTerm>& beginnings);
  std::optional<BetterWord> best(const text::Token& word, const std::vector<Lead>& leads);
  std::optional<BetterWord> choose(std::vector<BetterWord> candidates) const;
  WrittenForm written_form(const Lead& lead, std::u32string_view like);

  Snapshot& index_;
};

} // namespace pfind::searcher
