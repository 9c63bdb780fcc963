#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace pfind::text {

/// One word as it stands in a text.
struct WordSpan {
  std::size_t begin = 0; ///< byte range
  std::size_t end = 0;
  int letters = 0;         ///< code points that are letters
  int digits = 0;          ///< code points that are digits
  bool ascii = true;       ///< all bytes are ASCII
  bool all_upper = true;   ///< every letter is upper case; meaningless without letters
  bool apostrophe = false; ///< holds an apostrophe between letters
};

/// Cuts a text into words by Unicode's rules (UAX #29) with the exceptions a news text needs: a full stop, colon or
/// underscore between letters ends a word (`said.The`, `re:invent`), since scraped text often lacks the space; the
/// caller sees the byte between and decides. Scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese) are cut by ICU's dictionaries.
class WordScanner {
public:
  explicit WordScanner(std::string_view text);
  ~WordScanner();
  WordScanner(WordScanner&&) noexcept;
  WordScanner& operator=(WordScanner&&) noexcept;

  /// Starts over on another text.
  void reset(std::string_view text);

  /// Finds the next word that begins at or behind byte `from`; false at the end of the text.
  bool next(std::size_t from, WordSpan& word);

private:
  struct Dictionary;

  bool next_in_run(std::size_t from, WordSpan& word);
  void read_word(std::size_t begin, WordSpan& word) const;

  std::string_view text_;
  std::unique_ptr<Dictionary> dictionary_; // ICU's iterator and the run of characters it stands on
};

/// The kind of dash or hyphen at byte `at`, by its length in bytes; 0 where there is none. Em dashes and horizontal
/// bars separate words like a comma and do not count; a soft hyphen is no character at all and does not either.
std::size_t dash_length(std::string_view text, std::size_t at);

/// Length in bytes of the apostrophe at byte `at` (straight, curly, modifier letter, full width), else 0.
std::size_t apostrophe_length(std::string_view text, std::size_t at);

} // namespace pfind::text
