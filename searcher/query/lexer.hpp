#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/schema.hpp"

namespace pfind::query {

/// One piece of a query's text.
struct Token {
  enum class Kind : std::uint8_t {
    word,         ///< plain text; several words where an unknown field came apart, none after an empty escape
    phrase,       ///< what stood between quotes
    exact,        ///< a word after `=`
    exact_phrase, ///< quotes after `=`
    wildcard,     ///< a pattern, or `*` alone
    values,       ///< of a field that holds no text
    comma,        ///< between the values of a text field
    field,        ///< `company:`; what follows without white space is its value
    minus,        ///< what follows without white space is excluded
    not_,
    and_,
    or_,
    near,
    sentence,
    at_least, ///< applies to what follows, like not_
    open,
    close
  };

  Kind kind{};
  std::string text;
  Field field{};                       ///< of a field
  int number = 0;                      ///< the distance of a near, the mentions of an at_least
  std::vector<std::string> values{};   ///< of values
  std::vector<std::string> excluded{}; ///< of values: those with a minus
};

/// Notices for the user: each once, at most so many, control characters impossible by construction of their texts.
class Notices {
public:
  /// Adds a sentence unless it is there already or there are plenty.
  void add(std::string notice);
  /// Whether nothing more is taken.
  bool full() const;
  const std::vector<std::string>& list() const { return list_; }

private:
  std::vector<std::string> list_;
};

/// `text` as valid UTF-8 without control characters: invalid sequences become U+FFFD, control characters and line
/// separators a space each.
std::string sanitized(std::string_view text);

/// `text` with every run of white space as one space, none at its ends.
std::string collapsed(std::string_view text);

/// `text` for a notice, cut where it has more than `most` bytes.
std::string excerpt(std::string_view text, std::size_t most = 40);

/// The same in quotes.
std::string quoted_excerpt(std::string_view text, std::size_t most = 40);

/// `text` in straight quotes, so that the lexer reads it back as the same phrase or value.
std::string quoted(std::string_view text);

/// The tokens of a sanitized text. Every prefix (field, minus) is followed by what it applies to.
std::vector<Token> tokenize(std::string_view text, Notices& notices);

/// Whether `word` by itself is read as that plain word, without a notice.
bool is_plain_word(std::string_view word);

/// Whether a text is written in capitals throughout, as old headlines are: FED NOT EXPECTED TO TAKE MARKET ACTION. In
/// it NOT and OR are words. A short one may as well be acronyms with an operator (USPTO OR EPO), one with quotes,
/// parentheses or fields is a query.
bool is_headline_in_capitals(std::string_view text);

/// Whether quotes open or close at the start of `text`.
bool starts_with_quote(std::string_view text);

} // namespace pfind::query
