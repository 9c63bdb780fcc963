#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/bit_view.hpp"
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
/// one article. Ranking reads it for each candidate (a forward index). A view of the stored bytes: the numbers of all
/// words stand there one after the other, and the rest of a word is looked up where it is asked for.
///
/// Stored are length, headline and how many words, in LEB128; then
///  - term_number of each word, 4 bytes;
///  - a bit per word: whether its written_number is another than the lowest byte of the term's, which that of a word
///    written as its stem is; a bit per word: whether it occurs again; a bit per position: whether a word in sequence
///    occurs there for the first time;
///  - the written_number of each word that has another; how often each word that occurs again does so, a byte;
///  - positions, in a byte each where all of the article fit in one, else in two: the first of each word beside others,
///    then the further ones of all words.
class ForwardText {
public:
  /// One spelling of a term, all its places. Holds as long as the text it is of.
  class Word {
  public:
    std::uint32_t term() const { return term_; } ///< term_number
    std::uint8_t written() const;                ///< written_number

    /// Whether it is a compound written as one or an acronym in capitals, beside the words at its positions.
    bool is_beside() const { return number_ >= text_->in_sequence_; }

    /// How often it occurs, at least once, 255 at most.
    std::uint32_t count() const { return 1 + text_->repeats(number_); }

    /// Calls `use(position)` for each, in increasing order; words are counted from 0, headline first.
    template <typename Use>
    void for_each_position(Use&& use) const {
      use(text_->first_position(number_));
      const std::uint32_t repeats = text_->repeats(number_);
      if (repeats == 0) return;
      const std::size_t begin = text_->further_positions(number_);
      for (std::uint32_t i = 0; i < repeats; ++i) use(text_->stored_position(begin + i));
    }

  private:
    friend class ForwardText;
    Word(const ForwardText& text, std::size_t number, std::uint32_t term)
        : text_(&text), number_(number), term_(term) {}

    const ForwardText* text_;
    std::size_t number_;
    std::uint32_t term_;
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
    for (std::size_t i = 0; i < words_; ++i) use(Word(*this, i, term(i)));
  }

private:
  friend class ForwardTextBuilder;
  static constexpr std::size_t k_term_bytes = 4;

  /// Bytes of a stored position of an article whose words stand at so many.
  static std::size_t position_bytes(std::size_t places) { return places <= 256 ? 1 : 2; }

  std::uint32_t term(std::size_t word) const {
    const unsigned char* const at = terms_ + k_term_bytes * word;
    return std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16 | std::uint32_t{at[3]} << 24;
  }
  std::uint32_t repeats(std::size_t word) const { return repeated_[word] ? counts_[repeated_.count_before(word)] : 0U; }
  std::uint32_t stored_position(std::size_t at) const {
    return position_bytes_ == 1 ? std::uint32_t{positions_[at]}
                                : std::uint32_t{positions_[2 * at]} | std::uint32_t{positions_[2 * at + 1]} << 8;
  }
  std::uint32_t first_position(std::size_t word) const;
  std::size_t further_positions(std::size_t word) const;

  std::uint32_t length_ = 0;
  std::uint32_t headline_ = 0;
  std::size_t words_ = 0;
  std::size_t in_sequence_ = 0; // of the words, the first
  std::size_t position_bytes_ = 0;
  const unsigned char* terms_ = nullptr;
  BitView otherwise_written_;
  BitView repeated_;
  BitView begins_; // by position
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
    std::uint16_t first = 0; // its position
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

  /// Calls `use(const Word&)` for each, those in sequence first.
  template <typename Use>
  void for_each_word(Use&& use) const {
    for (const Words* words : {&sequence_, &beside_}) {
      for (const Word& word : words->all) use(word);
    }
  }

  void put_words(std::size_t places, std::string& out) const;
  void put_positions(std::size_t bytes, std::string& out) const;

  Words sequence_;
  Words beside_;
  std::uint32_t length_ = 0;
  std::uint32_t headline_ = 0;
};

} // namespace pfind
