#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "searcher/index.hpp"
#include "searcher/query/matching.hpp"
#include "searcher/query/synonyms.hpp"
#include "searcher/query/tree.hpp"
#include "searcher/ranking/model.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

enum class SortOrder : std::uint8_t {
  relevance,
  recent, ///< relevance, of which a share fades with age
  newest,
  oldest
};

/// Whether articles that lack words of the query follow those that have all (Results::partial).
enum class Partial : std::uint8_t {
  none, ///< only where nothing has all the words
  few,  ///< to fill up the first page where it would be short
  all   ///< as many as asked for
};

/// Everything one search asks for.
struct SearchRequest {
  query::Node tree;
  std::string query;      ///< as typed, for the results
  std::string similar_to; ///< path or location of an article: find others like it, within `tree`
  SortOrder sort = SortOrder::relevance;
  Matching matching = Matching::automatic;
  Partial partial = Partial::none;
  RankingModel model;
  std::size_t offset = 0;
  std::size_t limit = 10;
  std::vector<Field> facets;    ///< to count over the whole result
  std::size_t facet_limit = 10; ///< values shown per facet
  bool explain = false;
  bool without_total = false; ///< the number of matches is not wanted, and 0 in the results where finding it costs time
  std::optional<std::chrono::nanoseconds> time_limit; ///< then the answer is what was found by then
  bool only_locations = false; ///< of hits no more than rank, score, path, record and id of the article, and its copies
  std::shared_ptr<const Synonyms> synonyms; ///< of the words of the query; null for none
};

/// Answers a request. Which words must match says SearchRequest::matching; where that is automatic and no article has
/// them all, those with some are found and a notice says so. Totals and counts are exact; articles that follow as
/// Partial allows are in neither. Where the time is up before all is done, Results::timed_out.
Results search(Index& index, const SearchRequest& request);

/// All values of a facet with the number of articles each has among those that `within` finds, most frequent first;
/// only values whose name, or a word of it, begins with `beginning` (case and diacritics aside). `timed_out`: where to
/// say that the time of `within` was up, so that they are not all; may be null.
std::vector<FacetCount> list_values(Index& index, Field facet, const std::string& beginning, SearchRequest within = {},
                                    bool* timed_out = nullptr);

/// The article at a path or location, with its body; nothing where the index has none. A file with several articles
/// gives the first.
std::optional<Hit> find_article(Index& index, const std::string& path);

} // namespace pfind::searcher
