#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>
#include <xapian.h>

#include "searcher/postings/posting_list.hpp"

namespace pfind::searcher {

/// Reads where a term stands in articles, from the table of positions. Throws Xapian::Error.
class Positions {
public:
  /// `table` must outlive it.
  Positions(const GlassTable& table, const std::string& term);

  /// The positions in an article, in increasing order; none where it has none. Articles must be asked for in
  /// increasing order. Holds until the next call.
  const std::vector<std::uint32_t>& in(Xapian::docid article);

  /// Whether `found(position)` says so of any position in an article, the first, the last or those between in any
  /// order.
  template <typename Found>
  bool has_any(Xapian::docid article, const Found& found);

private:
  bool go_to(Xapian::docid article);
  void place_at(Xapian::docid article);
  void look_at_key();

  GlassCursor cursor_;
  std::string key_; // with which the keys of all articles begin
  std::string wanted_;
  // Where the cursor stands: 0 before the keys of the term, k_behind behind them.
  static constexpr std::uint64_t k_behind = UINT64_MAX;
  std::uint64_t article_ = 0;
  bool is_placed_ = false;
  std::vector<std::uint32_t> positions_;
};

/// The positions of a list as it is stored. Throws Xapian::DatabaseCorruptError.
void decode_positions(std::string_view stored, std::vector<std::uint32_t>& positions);

/// A word of a phrase, or a phrase of one.
struct PhraseWord {
  std::string term;
  std::uint32_t offset = 0; ///< from the first word of the phrase
};

/// The words of a phrase, the rarest first, which leave the fewest places.
std::vector<PhraseWord> rarest_first(const std::vector<std::string>& terms, const PostingLists& lists);

/// Finds the places of an article where the words of a phrase stand side by side. For articles in increasing order.
class PhraseFinder {
public:
  /// `positions` must outlive it.
  PhraseFinder(const GlassTable& positions, const std::vector<PhraseWord>& words);

  /// The positions of the first word, in increasing order. Holds until the next call.
  const std::vector<std::uint32_t>& begins_in(Xapian::docid article);

  /// How many such places there are; counts to `enough`, at least 1.
  std::size_t count_in(Xapian::docid article, std::size_t enough);

  /// Whether there is any.
  bool is_in(Xapian::docid article) { return count_in(article, 1) > 0; }

private:
  struct Word {
    Positions positions;
    std::uint32_t offset = 0;
  };

  /// Numbers by their last bits: most that were not added it does not have.
  class Marks {
  public:
    void add(std::uint32_t number) { marks_[number / k_bits % k_words] |= std::uint64_t{1} << (number % k_bits); }
    bool may_have(std::uint32_t number) const {
      return (marks_[number / k_bits % k_words] >> (number % k_bits) & 1) != 0;
    }

  private:
    static constexpr std::size_t k_bits = 64;
    static constexpr std::size_t k_words = 16;
    std::array<std::uint64_t, k_words> marks_{};
  };

  void begin_by(std::size_t count, Xapian::docid article);

  std::vector<Word> words_;
  std::vector<std::uint32_t> begins_;
  Marks marks_;
};

} // namespace pfind::searcher
