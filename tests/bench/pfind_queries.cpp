// pfind_queries INDEX QUERIES: what pfind takes for each query, in one process. See suite.measure.Driver for how it is
// asked.

#include <cstdlib>
#include <exception>
#include <fmt/format.h>

#include "searcher/index.hpp"
#include "searcher/query/parser.hpp"
#include "searcher/search.hpp"
#include "tests/bench/driver.hpp"

namespace {

using namespace pfind;
using bench::DrawnQuery;

/// As a person types it, with words between words where they may not be left out.
std::string typed(const DrawnQuery& query) {
  std::string text;
  for (const std::string& word : query.words) text += (text.empty() ? "" : query.kind == "or" ? " OR " : " ") + word;
  if (query.kind == "phrase") text = '"' + text + '"';
  if (!query.first.empty()) text += " date:" + query.first + ".." + query.last;
  return text;
}

/// What the mode asks for. Synonyms and looser matching are left out: other engines would find less.
searcher::SearchRequest request_for(const DrawnQuery& query, const std::string& mode) {
  searcher::SearchRequest request;
  request.query = typed(query);
  request.tree = query::parse_query(request.query, {2030, 1, 1}).root;
  request.matching = searcher::Matching::all;
  request.without_total = mode != "counts";
  if (mode == "counts") request.facets = {Field::company};
  return request;
}

/// Headline, passage and, where asked for, counts are made by every search: there is no asking for less.
std::optional<std::uint64_t> ask(searcher::Index& index, const DrawnQuery& query, const std::string& mode) {
  const searcher::Results results = search(index, request_for(query, mode));
  for (const searcher::Hit& hit : results.hits) {
    if (hit.snippet.text.empty() && hit.title.text.empty()) throw std::runtime_error("a result without text");
  }
  if (mode != "counts") return std::nullopt;
  return results.total;
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: pfind_queries INDEX QUERIES\n");
    return EXIT_FAILURE;
  }
  try {
    searcher::Index index({argv[1]});
    bench::answer_all(bench::read_queries(argv[2]),
                      [&](const DrawnQuery& query, const std::string& mode) { return ask(index, query, mode); });
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    fmt::print(stderr, "pfind_queries: {}\n", error.what());
    return EXIT_FAILURE;
  }
}
