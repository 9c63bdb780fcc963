#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "searcher/index.hpp"
#include "searcher/query/synonyms.hpp"
#include "searcher/query/tree.hpp"
#include "searcher/result.hpp"

namespace pfind::searcher {

enum class SortOrder : std::uint8_t { relevance, newest, oldest };

/// Everything one search asks for.
struct SearchRequest {
  query::Node tree;
  std::string query;      ///< as typed, for the results
  std::string similar_to; ///< path or location of an article: find others like it, within `tree`
  SortOrder sort = SortOrder::relevance;
  std::size_t offset = 0;
  std::size_t limit = 10;
  std::vector<Field> facets;    ///< to count over the whole result
  std::size_t facet_limit = 10; ///< values shown per facet
  bool explain = false;
  std::shared_ptr<const Synonyms> synonyms; ///< of the words of the query; null for none
};

/// Answers a request. Words must all match; where no article has them all, those with some are found and a notice says
/// so. Totals and counts are exact.
Results search(Index& index, const SearchRequest& request);

/// All values of a facet with the number of articles each has among those that `within` finds, most frequent first;
/// only values whose name, or a word of it, begins with `beginning` (case and diacritics aside).
std::vector<FacetCount> list_values(Index& index, Field facet, const std::string& beginning, SearchRequest within = {});

/// The article at a path or location, with its body; nothing where the index has none. A file with several articles
/// gives the first.
std::optional<Hit> find_article(Index& index, const std::string& path);

} // namespace pfind::searcher
