// A reader on arbitrary bytes. PFIND_FUZZ_PATH is the name that the bytes have as a file, which chooses the reader.
#include <string>

#include "common/text/lines.hpp"
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

} // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  pfind::corpus::MemoryStream bytes(pfind::fuzz::text_of(data, size));
  pfind::corpus::ReadOptions options;
  options.max_article_bytes = 1U << 20;
  pfind::corpus::read_articles(bytes, PFIND_FUZZ_PATH, options,
                               {.article = [](const Article& article) { check(article); },
                                .problem =
                                    [](const pfind::corpus::Problem& problem) {
                                      require(!problem.reason.empty() && problem.reason.find('\n') == std::string::npos,
                                              "a problem is told in one line");
                                      require(pfind::text::is_utf8(problem.reason), "problems are UTF-8");
                                    }});
  return 0;
}
