#include <string>

#include "common/text/lines.hpp"
#include "searcher/query/parser.hpp"
#include "searcher/query/tree.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  constexpr pfind::Date today{.year = 2026, .month = 1, .day = 31};
  const auto parsed = pfind::query::parse_query(pfind::fuzz::text_of(data, size), today);
  for (const std::string& notice : parsed.notices) {
    require(pfind::text::is_utf8(notice), "notices are UTF-8");
    require(notice.find_first_of("\n\r\x1b") == std::string::npos, "a notice is one line");
  }
  const std::string tree = to_string(parsed.root);
  require(pfind::text::is_utf8(tree), "the tree is UTF-8");
  require(pfind::text::is_utf8(to_query(parsed.root)), "the query that a tree is written as is UTF-8");
  return 0;
}
