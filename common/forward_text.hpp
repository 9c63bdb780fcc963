#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/hash_index.hpp"
#include "common/text/analyzer.hpp"

namespace pfind {

/// How many words of an article its forward text holds; what comes later is found, but tells nothing more about rank.
inline constexpr std::size_t k_max_forward_words = 4000;

/// The number by which a forward text knows a term (Token::term). Different terms share one about once in four billion
/// pairs.
std::uint32_t term_number(std::string_view term);

/// The number of a word as written (Token::word), which tells spellings of one term apart but for one in 256.
std::uint8_t written_number(std::string_view word);

/// The words of an article as numbers, with their positions: what Xapian's inverted lists do not give quickly, all of
/// one article. Ranking reads it for each candidate (a forward index). A view of the stored bytes, in which nothing
/// needs decoding before it is looked at.
class ForwardText {
public:
  /// One spelling of a term, all its places.
  class Word {
  public:
    std::uint32_t term = 0;   ///< term_number
    std::uint8_t written = 0; ///< written_number
    bool is_beside = false;  ///< a compound written as one or an acronym in capitals, beside the words at its positions
    std::uint32_t count = 0; ///< how often it occurs, at least once, 255 at most

    /// Position `i` below `count`, in increasing order; words are counted from 0, headline first.
    std::uint32_t position(std::size_t i) const {
      return std::uint32_t{positions_[2 * i]} | std::uint32_t{positions_[2 * i + 1]} << 8;
    }

  private:
    friend class ForwardText;
    const unsigned char* positions_ = nullptr;
  };

  /// The text of an article without words.
  ForwardText() = default;

  /// What ForwardTextBuilder made; must outlive the view. Throws codec::DecodeError.
  explicit ForwardText(std::string_view stored);

  std::uint32_t length() const { return length_; }     ///< words of the whole article, also those that are left out
  std::uint32_t headline() const { return headline_; } ///< how many of them are the headline's

  std::size_t size() const { return words_; } ///< how many words for_each_word calls for

  /// Calls `use(const Word&)` for each word, in order of first occurrence, those that stand beside others last.
  template <typename Use>
  void for_each_word(Use&& use) const {
    Word word;
    word.positions_ = positions_;
    for (std::size_t i = 0; i < words_; ++i) {
      const unsigned char* const term = terms_ + k_term_bytes * i;
      word.term = std::uint32_t{term[0]} | std::uint32_t{term[1]} << 8 | std::uint32_t{term[2]} << 16 |
                  std::uint32_t{term[3]} << 24;
      word.written = written_[i];
      word.is_beside = i >= in_sequence_;
      word.count = counts_[i];
      use(static_cast<const Word&>(word));
      word.positions_ += k_position_bytes * word.count;
    }
  }

private:
  friend class ForwardTextBuilder;
  static constexpr std::size_t k_term_bytes = 4;
  static constexpr std::size_t k_position_bytes = 2;

  std::uint32_t length_ = 0; // members in the order in which they are read
  std::uint32_t headline_ = 0;
  std::size_t words_ = 0;
  std::size_t in_sequence_ = 0; // of the words, the first
  const unsigned char* terms_ = nullptr;
  const unsigned char* written_ = nullptr;
  const unsigned char* counts_ = nullptr;
  const unsigned char* positions_ = nullptr;
};

/// Makes the forward text of one article from its tokens.
class ForwardTextBuilder {
public:
  /// Adds the tokens of the headline, then those of the body.
  void add(std::span<const text::Token> tokens, bool is_headline);

  /// The encoded text; the builder is empty again.
  std::string take();

private:
  /// A word, and where in `occurrences` its last one is, counted from 1.
  struct Word {
    std::uint32_t term = 0;
    std::uint8_t written = 0;
    std::uint8_t count = 0;
    std::uint32_t last = 0;
  };

  struct Occurrence {
    std::uint16_t position = 0;
    std::uint32_t before = 0; // like Word::last, of the same word; 0 for none
  };

  /// Words, each once, in order of first occurrence.
  struct Words {
    std::vector<Word> all;
    std::vector<Occurrence> occurrences;
    HashIndex index;

    void add(const text::Token& token, std::uint16_t position);
    void clear();
  };

  Words sequence_;
  Words beside_;
  std::uint32_t length_ = 0;
  std::uint32_t headline_ = 0;
};

} // namespace pfind
