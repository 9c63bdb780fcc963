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
  bool find(Xapian::docid article);

  GlassCursor cursor_;
  std::string key_; // with which the keys of all articles begin
  std::string wanted_;
  bool is_placed_ = false; // the cursor, at or before what is asked for next
  std::vector<std::uint32_t> positions_;
};

/// The positions of a list as it is stored. Throws Xapian::DatabaseCorruptError.
void decode_positions(std::string_view stored, std::vector<std::uint32_t>& positions);

/// Whether the terms stand side by side in an article, in their order, in any place. For articles in increasing order.
class PhraseFinder {
public:
  /// `lists`, which have a table of positions, must outlive it.
  PhraseFinder(const PostingLists& lists, const std::vector<std::string>& terms);

  bool is_in(Xapian::docid article);

private:
  struct Word {
    Positions positions;
    std::uint32_t offset; ///< from the first word of the phrase
  };

  std::vector<Word> words_; // the rarest first
  std::vector<std::uint32_t> begins_;
};

} // namespace pfind::searcher
