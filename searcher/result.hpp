#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "common/article.hpp"
#include "common/entity/entity.hpp"
#include "common/schema.hpp"

namespace pfind::searcher {

/// A byte range of a text to be shown as matching.
struct Highlight {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool operator==(const Highlight&) const = default;
};

/// Plain text cut from an article (valid UTF-8, no control characters, no markup) and what matches in it.
/// Highlights are sorted and do not overlap.
struct Snippet {
  std::string text;
  std::vector<Highlight> highlights;
};

/// One article found.
struct Hit {
  std::size_t rank = 0; ///< from 1, over all pages
  double score = 0;
  Article article;                ///< as stored; body only where asked for
  std::vector<Appearance> copies; ///< where else it was met, by location
  EntitySets entities;            ///< by kind, most mentioned first
  Snippet title;                  ///< the headline (or, without one, the file's name) with its matches
  Snippet snippet;
  std::vector<std::string>
      missing; ///< what of the query it lacks, as typed; nothing of more than a dozen words that it need not have
  std::vector<std::string> explanation; ///< lines for --explain
};

/// How often one value of a facet occurs among all results: exactly the number of results its filter would leave.
struct FacetCount {
  std::string value;
  std::uint64_t count = 0;
};

/// Counts of one facet, most frequent first, ties by value.
struct FacetCounts {
  Field field{};
  std::vector<FacetCount> values;
  std::size_t distinct = 0; ///< how many values there are, `values` may be cut to a limit
};

/// The answer to one query.
struct Results {
  std::string query_id; ///< of a batch's query; empty elsewhere
  std::string query;    ///< as typed
  std::uint64_t total = 0;
  std::size_t offset = 0;
  std::vector<Hit> hits;
  std::size_t partial = 0; ///< how many of the hits, the last, follow though they lack words; not in `total`
  std::vector<FacetCounts> facets;
  bool timed_out = false;             ///< the time was up: all this is what was found by then
  bool relaxed = false;               ///< no article has all the words: these have some of them
  std::vector<std::string> notices;   ///< what was assumed or relaxed, one sentence each
  std::string suggestion;             ///< the query, its words that are likely misspelt corrected, or empty
  std::string corrected;              ///< the query whose results these are, where the one typed had none; else empty
  std::vector<std::string> explained; ///< how the query was understood, for --explain
  std::string xapian_query;           ///< what Xapian was asked, for --explain
};

} // namespace pfind::searcher
