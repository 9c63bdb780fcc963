#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.hpp"

namespace pfind::bench {

/// One stage of indexing or searching, on its own.
struct Stage {
  std::string_view name;
  /// Makes what the stage keeps between articles or queries; calling the result does a fixed amount of work and returns
  /// a number that depends on all of it.
  std::function<std::function<std::size_t()>(const std::vector<Article>&)> prepare;
  bool reads_all = false; ///< whether the work grows with the articles' bytes
};

/// analyzer, recognizer, document_builder, query_parser, snippet_maker; ten_snippets: those of one page of results, of
/// articles of six thousand bytes.
const std::vector<Stage>& stages();

/// The articles below a folder, in the order of their paths.
std::vector<Article> articles_below(const std::filesystem::path& folder);

} // namespace pfind::bench
