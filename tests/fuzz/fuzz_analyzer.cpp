#include <string>
#include <string_view>
#include <vector>

#include "common/text/analyzer.hpp"
#include "common/text/lines.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

namespace {

/// No place of a term is lost where only that is wanted.
void check_wanted(std::string_view text, const std::vector<pfind::text::Token>& all, const std::string& term,
                  pfind::text::Analyzer& analyzer) {
  pfind::text::WantedWords wanted;
  wanted.add_term(term);
  std::vector<pfind::text::Token> some;
  analyzer.analyze(text, some, &wanted);
  const auto places = [&](const std::vector<pfind::text::Token>& tokens) {
    std::vector<std::uint32_t> positions;
    for (const pfind::text::Token& token : tokens) {
      if (token.term == term) positions.push_back(token.position);
    }
    return positions;
  };
  require(places(some) == places(all), "what is wanted is left out nowhere");
}

} // namespace

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = pfind::fuzz::text_of(data, size);
  for (const char* language : {"en", "de", "zh"}) {
    pfind::text::Analyzer analyzer(language);
    std::uint32_t begin = 0;
    const std::vector<pfind::text::Token> tokens = analyzer.analyze(text);
    if (!tokens.empty()) check_wanted(text, tokens, tokens[size % tokens.size()].term, analyzer);
    for (const pfind::text::Token& token : tokens) {
      require(!token.term.empty(), "a token has a term");
      require(pfind::text::is_utf8(token.term) && pfind::text::is_utf8(token.word), "terms are UTF-8");
      require(token.begin < token.end && token.end <= size, "a token is in the text");
      require(token.begin >= begin, "tokens come in the order of their begin");
      begin = token.begin;
    }
  }
  return 0;
}
