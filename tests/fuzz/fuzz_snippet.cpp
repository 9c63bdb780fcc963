// A snippet of any text for any query: its first line is the query.
#include <string>

#include "common/text/lines.hpp"
#include "searcher/snippets.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace pfind::searcher;
using pfind::fuzz::require;

namespace {

void check(const Snippet& snippet) {
  require(pfind::text::is_utf8(snippet.text), "a snippet is UTF-8");
  require(snippet.text.find('\n') == std::string::npos, "a snippet is one line");
  std::size_t end = 0;
  for (const Highlight& match : snippet.highlights) {
    require(match.begin >= end && match.begin < match.end && match.end <= snippet.text.size(),
            "matches are in the snippet, one behind the other");
    end = match.end;
  }
}

} // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input = pfind::fuzz::text_of(data, size);
  const std::string_view query = input.substr(0, input.find('\n'));
  const std::string_view body = input.substr(std::min(query.size() + 1, size));
  if (!pfind::text::is_utf8(body)) return -1; // articles are
  pfind::text::Analyzer analyzer;
  QueryTerms terms;
  Phrase phrase;
  for (const pfind::text::Token& token : analyzer.analyze(query)) {
    terms.terms.push_back({token.term, 1});
    phrase.terms.push_back(token.term);
  }
  if (phrase.terms.size() > 1) terms.phrases.push_back(phrase);
  SnippetMaker snippets(std::move(terms));
  check(snippets.snippet(body, body.substr(0, body.find('.')), analyzer));
  check(snippets.highlight(body, analyzer));
  return 0;
}
