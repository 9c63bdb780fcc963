#pragma once

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

private:
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

/// Finds the places of an article where some terms, or one, stand side by side, in their order. For articles in
/// increasing order.
class PhraseFinder {
public:
  /// `lists`, which have a table of positions, must outlive it.
  PhraseFinder(const PostingLists& lists, const std::vector<std::string>& terms);

  /// The positions of the first term, in increasing order. Holds until the next call.
  const std::vector<std::uint32_t>& begins_in(Xapian::docid article);

private:
  struct Word {
    Positions positions;
    std::uint32_t offset = 0; ///< from the first word of the phrase
  };

  std::vector<Word> words_; // the rarest first
  std::vector<std::uint32_t> begins_;
};

} // namespace pfind::searcher
