// An article of any bytes printed as JSON.
#include <nlohmann/json.hpp>
#include <string>

#include "common/article_json.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(pfind::fuzz::text_of(data, size));
  pfind::Article article{.path = text, .title = text, .body = text};
  article.authors.push_back(text);
  const std::string line = article_line(article, {});
  require(line.find_first_of("\n\r\x1b\x7f") == std::string::npos, "the line has no control characters");
  require(nlohmann::json::accept(line), "the line is JSON");
  return 0;
}
