// A reader on arbitrary bytes. PFIND_FUZZ_PATHS are the names that the bytes may have as a file, which choose the
// reader; of several, with a space between, the first byte chooses one.
#include <sstream>
#include <string>
#include <vector>

#include "common/text/lines.hpp"
#include "corpus/isolated/isolated_reader.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "corpus/reader/reader.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::Article;
using pfind::fuzz::require;

namespace {

void check(const Article& article) {
  for (const std::string* text :
       {&article.record, &article.id, &article.url, &article.title, &article.outlet, &article.language, &article.body})
    require(pfind::text::is_utf8(*text), "every text is UTF-8");
  for (const std::string& author : article.authors) {
    require(pfind::text::is_utf8(author), "authors are UTF-8");
    require(!author.empty(), "authors have names");
  }
  require(!article.date || is_valid(*article.date), "dates are in the calendar");
  require(article.title.find('\n') == std::string::npos, "a title is one line");
  require(!article.title.empty() || !article.body.empty(), "an article has a text");
}

std::vector<std::string> paths() {
  std::istringstream names(PFIND_FUZZ_PATHS);
  std::vector<std::string> paths;
  for (std::string path; names >> path;) paths.push_back(path);
  return paths;
}

} // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::vector<std::string> k_paths = paths();
  std::string_view text = pfind::fuzz::text_of(data, size);
  std::size_t chosen = 0;
  if (k_paths.size() > 1) {
    if (text.empty()) return 0;
    chosen = static_cast<unsigned char>(text.front()) % k_paths.size();
    text.remove_prefix(1);
  }
  pfind::corpus::MemoryStream bytes(text);
  pfind::corpus::ReadOptions options;
  options.max_article_bytes = 1U << 20;
  try {
    pfind::corpus::read_articles(bytes, k_paths[chosen], options,
                                 {.article = [](const Article& article) { check(article); },
                                  .problem =
                                      [](const pfind::corpus::Problem& problem) {
                                        require(!problem.reason.empty() &&
                                                    problem.reason.find('\n') == std::string::npos,
                                                "a problem is told in one line");
                                        require(pfind::text::is_utf8(problem.reason), "problems are UTF-8");
                                      }});
  } catch (const pfind::corpus::ReaderMissing&) { // what a process of its own reads is for other targets
  }
  return 0;
}
