#include "common/text/analyzer.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace pfind::text {

struct Analyzer::Impl {};
Analyzer::Analyzer(std::string_view) : impl_(std::make_unique<Impl>()) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

void Analyzer::analyze(std::string_view text, std::vector<Token>& tokens, std::uint32_t first_position) {
  tokens.clear();
  std::size_t i = 0;
  while (i < text.size()) {
    if (!isalnum(static_cast<unsigned char>(text[i]))) { ++i; continue; }
    std::size_t e = i;
    while (e < text.size() && isalnum(static_cast<unsigned char>(text[e]))) ++e;
    Token t;
    t.word = fold(text.substr(i, e - i));
    t.term = stem(t.word);
    t.position = first_position++;
    t.begin = static_cast<std::uint32_t>(i);
    t.end = static_cast<std::uint32_t>(e);
    tokens.push_back(t);
    i = e;
  }
}

std::vector<Token> Analyzer::analyze(std::string_view text) {
  std::vector<Token> tokens;
  analyze(text, tokens);
  return tokens;
}

std::string Analyzer::stem(std::string_view word) { return std::string(word); }

std::string fold(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* n = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string out;
  n->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), status).toUTF8String(out);
  return out;
}

} // namespace pfind::text
