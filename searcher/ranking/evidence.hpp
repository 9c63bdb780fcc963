#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "common/forward_text.hpp"
#include "searcher/ranking/number_table.hpp"
#include "searcher/ranking/query_words.hpp"

namespace pfind::searcher {

/// How often an article has a word of the query.
struct WordEvidence {
  std::uint32_t occurrences = 0; ///< in headline and text
  std::uint32_t in_headline = 0;
  std::uint32_t as_written = 0; ///< of the occurrences
  std::uint32_t in_capitals = 0;
};

/// How often two neighbouring words of the query stand together in an article.
struct PairEvidence {
  std::uint32_t side_by_side = 0; ///< in this order
  std::uint32_t near = 0;         ///< within the window, in any order, side by side included
};

/// What an article says about a query.
struct Evidence {
  std::vector<WordEvidence> words; ///< as QueryWords::words
  std::vector<PairEvidence> pairs; ///< as QueryWords::neighbours
  std::uint32_t headline = 0;      ///< words of the headline
  std::uint32_t length = 0;        ///< words of headline and text
};

/// Finds a query's words in forward texts. Not thread-safe (it uses its buffers again).
class EvidenceReader {
public:
  /// `query` must outlive the reader. `window`: see RankingModel.
  EvidenceReader(const QueryWords& query, int window);

  /// What `text` has of the query; overwrites `out`.
  void read(const ForwardText& text, Evidence& out);

private:
  /// The words of the query that a number stands for, by index of a NumberTable.
  using Targets = std::vector<std::vector<std::uint32_t>>;

  static void map(std::string_view term, std::size_t word, NumberTable& table, Targets& targets);
  void count_word(const ForwardText::Word& found, std::uint32_t headline, Evidence& out);
  void count_beside(const ForwardText::Word& found, std::uint32_t headline, Evidence& out);
  void find_places(const ForwardText::Word& word);
  PairEvidence count_pair(const std::vector<std::uint32_t>& first, const std::vector<std::uint32_t>& second) const;

  const QueryWords& query_;
  std::uint32_t window_;
  NumberTable in_sequence_;
  NumberTable beside_;
  Targets sequence_targets_;
  Targets beside_targets_;
  std::vector<std::uint8_t> written_;                 // number of the written form, by word of the query
  std::vector<std::uint32_t> acronyms_;               // number of the acronym, by word of the query
  std::vector<bool> has_neighbour_;                   // by word of the query
  std::vector<std::uint32_t> places_;                 // of the word at hand
  std::vector<std::vector<std::uint32_t>> positions_; // by word of the query; only of those that have a neighbour
};

} // namespace pfind::searcher
