#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace pfind::indexer {

/// What stands between a word and the one before it.
enum class Separator : std::uint8_t {
  none,       ///< nothing (Chinese characters are words each), or the first word of a text
  space,      ///< white space within a line, or the break of a hard-wrapped line
  hyphen,     ///< a hyphen or dash without white space
  dot,        ///< a period without white space: `Amazon.com`
  dot_space,  ///< a period and white space, behind an abbreviation or at the end of a sentence
  apostrophe, ///< `Moody's`
  comma,      ///< a comma and white space
  slash,
  other ///< anything else: names never reach across it
};

/// A run of letters and digits, `&`, or a single CJK character. Initials written with periods are one word: `U.S.`.
struct Word {
  std::uint64_t key = 0;      ///< of the folded word, see `word_key`
  std::uint32_t begin = 0;    ///< byte range in the text, closing period of initials included
  std::uint32_t end = 0;      ///<
  std::uint32_t capitals = 0; ///< bit i: character i is a capital letter; the first 32 count
  std::uint32_t line = 0;     ///< into Words::lines
  std::uint8_t length = 0;    ///< characters, 255 for more
  std::uint8_t letters = 0;   ///< of them letters, 255 for more
  Separator before = Separator::none;
  bool initials = false;       ///< written with periods
  bool sentence_start = false; ///< would be capitalised in any case
  bool line_start = false;
  bool stock_code = false; ///< see mark_stock_codes

  bool capitalised() const { return (capitals & 1) != 0; }
  bool lower_case() const { return letters > 0 && capitals == 0; }
  bool all_capitals() const;
};

/// How a line uses capitals, which decides what a capital letter proves.
enum class LineStyle : std::uint8_t { prose, title_case, capitals };

struct Line {
  std::uint32_t first_word = 0;
  std::uint32_t end_word = 0;
  LineStyle style = LineStyle::prose;
};

/// The words of a text, for matching names. This is no tokenizer: nothing is indexed with it.
struct Words {
  std::vector<Word> words;
  std::vector<Line> lines; ///< those that hold words
};

/// Overwrites `words` with those of UTF-8 text of less than 4 GiB, using its storage again.
void scan_words(std::string_view text, Words& words);

/// The key of a word given without separators: equal for words that are equal once folded (text::fold), and for `&` and
/// `and`. 64 bits; chance collisions are not worth guarding against.
std::uint64_t word_key(std::string_view word);

} // namespace pfind::indexer
