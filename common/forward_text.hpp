#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/text/analyzer.hpp"

namespace pfind {

/// How many words of an article its forward text holds; what comes later is found, but tells nothing more about rank.
inline constexpr std::size_t k_max_forward_words = 4000;

/// A word as the forward text knows it: numbers of its term and of how it was written. Different terms share a number
/// about once in four billion pairs, different spellings of one term once in 256.
struct ForwardWord {
  std::uint32_t term = 0;
  std::uint8_t written = 0;

  bool operator==(const ForwardWord&) const = default;
};

/// The number of a term (Token::term).
std::uint32_t term_number(std::string_view term);

/// The number of a word as written (Token::word).
std::uint8_t written_number(std::string_view word);

/// The words of an article as numbers, headline first: what Xapian's inverted lists do not give quickly, the whole of
/// one article. Ranking reads it for each candidate (a forward index).
struct ForwardText {
  /// A compound written as one, or an acronym in capitals, beside the word at a position.
  struct Beside {
    std::uint32_t position = 0; ///< index into `sequence`
    std::uint32_t word = 0;     ///< index into `words`

    bool operator==(const Beside&) const = default;
  };

  std::vector<ForwardWord> words;      ///< each once, in order of first occurrence
  std::vector<std::uint32_t> sequence; ///< of the text: indices into `words`
  std::vector<Beside> beside;
  std::uint32_t headline = 0; ///< how many of the sequence are the headline's
  std::uint32_t length = 0;   ///< words of the whole article, also those that the sequence leaves out

  bool operator==(const ForwardText&) const = default;
};

/// Makes the forward text of one article from its tokens.
class ForwardTextBuilder {
public:
  /// Adds the tokens of the headline, then those of the body.
  void add(std::span<const text::Token> tokens, bool is_headline);

  /// The encoded text; the builder is empty again.
  std::string take();

private:
  std::uint32_t number_of(const text::Token& token);

  ForwardText text_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_; // word as one number -> index into text_.words
};

/// Reads what ForwardTextBuilder made into `out` (whose storage is used again). Throws codec::DecodeError.
void decode_forward_text(std::string_view in, ForwardText& out);

} // namespace pfind
