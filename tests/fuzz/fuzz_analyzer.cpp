#include "common/text/analyzer.hpp"
#include "common/text/lines.hpp"
#include "tests/fuzz/fuzz.hpp"

using pfind::fuzz::require;

int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text = pfind::fuzz::text_of(data, size);
  for (const char* language : {"en", "de", "zh"}) {
    pfind::text::Analyzer analyzer(language);
    std::uint32_t begin = 0;
    for (const pfind::text::Token& token : analyzer.analyze(text)) {
      require(!token.term.empty(), "a token has a term");
      require(pfind::text::is_utf8(token.term) && pfind::text::is_utf8(token.word), "terms are UTF-8");
      require(token.begin < token.end && token.end <= size, "a token is in the text");
      require(token.begin >= begin, "tokens come in the order of their begin");
      begin = token.begin;
    }
  }
  return 0;
}
