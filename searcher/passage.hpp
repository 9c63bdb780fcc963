#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/text/span.hpp"
#include "searcher/matcher.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

/// A piece of an article on one line: white space collapsed to single spaces.
struct Passage {
  std::string text;
  std::vector<Match> matches; ///< bytes are those of `text`
  bool cut_before = false;    ///< whether its sentence goes on before or after it
  bool cut_after = false;
};

/// The passage that `range` of `text` gives, with those of `matches` (sorted by begin) that begin in it, clipped to it.
/// `text` holds no controls (text::without_controls).
Passage passage_of(std::string_view text, text::Span range, const std::vector<Match>& matches);

/// The part of a passage that shows its best matches in at most `limit` code points, two of them left free for ellipses
/// where it is cut. Cuts between words where there are any to cut between, never within a user-perceived character.
/// Matches that are no longer whole are dropped. `weights`: of the concepts (Matcher::weights).
Passage shortened(Passage passage, std::size_t limit, const std::vector<double>& weights);

/// The bytes of all matches, overlapping and touching ones merged.
std::vector<Highlight> highlights_of(const std::vector<Match>& matches);

} // namespace pfind::searcher
