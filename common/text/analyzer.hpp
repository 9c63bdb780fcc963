#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/wanted_words.hpp"

namespace pfind::text {

/// Changes whenever the same text could yield other terms: an index made by another version must be rebuilt.
inline constexpr int k_analyzer_version = 1;

/// What a token is; decides which terms are indexed under which prefix and what a query makes of it.
enum class TokenKind : std::uint8_t {
  word,   ///< a word by itself
  part,   ///< one part of a hyphenated word; the parts stand at consecutive positions
  joined, ///< a hyphenated word written as one, at the position of its first part
  cased   ///< the capitals-only acronym (`US`) beside the folded word, at the same position
};

/// One searchable unit of a text.
struct Token {
  std::string term;           ///< normalised and stemmed; for `cased` tokens the capitals as written
  std::string word;           ///< normalised, not stemmed: what `=word` compares and compounds are split from
  std::uint32_t position = 0; ///< counts words from 1
  std::uint32_t begin = 0;    ///< byte range in the analysed text, exact for highlighting
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::word;
};

/// The chain normalizer -> word bounds -> field's own rules -> spelling variants -> stemmer. Articles, queries and the
/// text that snippets are cut from all go through it; there is no other tokenizer.
///
/// Not thread-safe (it keeps a cache of stems): one per thread.
class Analyzer {
public:
  /// `language`: ISO 639-1 code of the text; one without a Snowball stemmer is not stemmed, empty means English.
  explicit Analyzer(std::string_view language = "en");
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  /// The tokens of `text` in order of their begin, positions from `first_position`. Bytes that are not UTF-8 separate
  /// words; nothing is an error. `tokens` is overwritten (and its storage used again).
  void analyze(std::string_view text, std::vector<Token>& tokens, std::uint32_t first_position = 1);
  std::vector<Token> analyze(std::string_view text);

  /// The same, but that words which are not wanted, do not begin what is wanted and do not follow one that does may be
  /// left out, as far as the language lets that be told without their stems. Positions are those in the whole text; of
  /// hyphenated words all tokens are there, and a `cased` one is where its word is. `wanted`: null for all words.
  void analyze(std::string_view text, std::vector<Token>& tokens, const WantedWords* wanted);

  /// The term under which one normalised word (`Token::word`) is indexed.
  std::string stem(std::string_view word);

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace pfind::text
