#include "common/text/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

namespace pfind::text {
namespace {

enum class Class : std::uint8_t { other, letter, digit, extend, dictionary };

/// A code point with its length in bytes; an invalid byte is U+FFFD of length 1 or as much as ICU skips.
struct CodePoint {
  UChar32 value = 0;
  std::size_t length = 0;
};

CodePoint decode(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + at;
  const auto left = static_cast<int32_t>(std::min<std::size_t>(text.size() - at, 8));
  int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, i, left, c);
  return {c, static_cast<std::size_t>(i)};
}

constexpr std::array<Class, 128> k_ascii = [] {
  std::array<Class, 128> table{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = Class::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = Class::digit;
  return table;
}();

Class class_beyond_ascii(UChar32 c) {
  if (c >= 0x2010 && c <= 0x2027) return Class::other; // the dashes, quotes and bullets of most articles
  if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return Class::dictionary;
  switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
  case U_WB_ALETTER:
  case U_WB_HEBREW_LETTER: return Class::letter;
  case U_WB_NUMERIC: return Class::digit;
  case U_WB_KATAKANA: return Class::dictionary;
  case U_WB_EXTEND:
  case U_WB_FORMAT:
  case U_WB_ZWJ: return Class::extend;
  default: break;
  }
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || u_charType(c) == U_OTHER_LETTER) return Class::dictionary;
  return u_isdigit(c) ? Class::digit : Class::other; // full-width digits and letters: NFKC makes them ASCII
}

Class class_of(UChar32 c) { return c < 128 ? k_ascii[static_cast<std::size_t>(c)] : class_beyond_ascii(c); }

bool is_word_class(Class c) { return c == Class::letter || c == Class::digit; }

/// Whether a single `.`, `,` or apostrophe at `at` stands between two digits (MidNum of UAX #29): `13.7`, `4,000`.
bool is_number_separator(std::string_view text, std::size_t at) {
  const char c = text[at];
  return (c == '.' || c == ',') && at + 1 < text.size() && class_of(decode(text, at + 1).value) == Class::digit;
}

void add(WordSpan& word, const CodePoint& c, Class kind) {
  if (c.value >= 128) word.ascii = false;
  if (kind == Class::digit) ++word.digits;
  if (kind != Class::letter && kind != Class::dictionary) return;
  ++word.letters;
  const bool upper = c.value < 128 ? (c.value >= 'A' && c.value <= 'Z') : u_isUUppercase(c.value) != 0;
  if (!upper) word.all_upper = false;
}

} // namespace

struct WordScanner::Dictionary {
  std::unique_ptr<icu::BreakIterator> iterator;
  UText utext = UTEXT_INITIALIZER;
  std::size_t begin = 0; // byte range of the run in the text
  std::size_t end = 0;

  Dictionary() {
    UErrorCode status = U_ZERO_ERROR;
    iterator.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  }
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ~Dictionary() { utext_close(&utext); }

  void set_run(std::string_view text, std::size_t run_begin, std::size_t run_end) {
    begin = run_begin;
    end = run_end;
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&utext, text.data() + begin, static_cast<int64_t>(end - begin), &status);
    iterator->setText(&utext, status);
  }

  /// The end of the dictionary word that begins at byte `at` of the text.
  std::size_t word_end(std::size_t at) const {
    const int32_t bound = iterator->following(static_cast<int32_t>(at - begin));
    return bound == icu::BreakIterator::DONE ? end : begin + static_cast<std::size_t>(bound);
  }
};

WordScanner::WordScanner(std::string_view text) : text_(text) {}
WordScanner::~WordScanner() = default;
WordScanner::WordScanner(WordScanner&&) noexcept = default;
WordScanner& WordScanner::operator=(WordScanner&&) noexcept = default;

void WordScanner::reset(std::string_view text) {
  text_ = text;
  if (dictionary_) dictionary_->begin = dictionary_->end = 0;
}

bool WordScanner::next(std::size_t from, WordSpan& word) {
  for (std::size_t at = from; at < text_.size();) {
    const CodePoint c = decode(text_, at);
    const Class kind = class_of(c.value);
    if (is_word_class(kind)) {
      read_word(at, word);
      return true;
    }
    if (kind == Class::dictionary) return next_in_run(at, word);
    at += c.length;
  }
  return false;
}

/// Reads the word whose first character, a letter or digit, stands at `begin`.
void WordScanner::read_word(std::size_t begin, WordSpan& word) const {
  word = WordSpan{.begin = begin, .end = begin};
  Class last = Class::other;
  for (std::size_t at = begin; at < text_.size();) {
    const CodePoint c = decode(text_, at);
    const Class kind = class_of(c.value);
    if (is_word_class(kind)) {
      add(word, c, kind);
      last = kind;
    } else if (kind == Class::extend) {
      word.ascii = false; // belongs to the letter before it, whatever that is
    } else if (last == Class::digit && c.length == 1 && is_number_separator(text_, at)) {
      // the digit behind it is read next
    } else if (const std::size_t length = apostrophe_length(text_, at);
               length > 0 && last == Class::letter && at + length < text_.size() &&
               class_of(decode(text_, at + length).value) == Class::letter) {
      word.apostrophe = true;
      if (length > 1) word.ascii = false;
    } else {
      break;
    }
    at += c.length;
    word.end = at;
  }
}

/// Reads one word of a run of characters that a dictionary cuts.
bool WordScanner::next_in_run(std::size_t from, WordSpan& word) {
  if (!dictionary_) dictionary_ = std::make_unique<Dictionary>();
  if (from < dictionary_->begin || from >= dictionary_->end) {
    std::size_t end = from;
    while (end < text_.size()) {
      const CodePoint c = decode(text_, end);
      const Class kind = class_of(c.value);
      if (kind != Class::dictionary && kind != Class::extend) break;
      end += c.length;
    }
    dictionary_->set_run(text_, from, end);
  }
  word = WordSpan{.begin = from, .end = dictionary_->word_end(from), .ascii = false, .all_upper = false};
  for (std::size_t at = from; at < word.end; at += decode(text_, at).length) ++word.letters;
  return true;
}

std::size_t dash_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '-') return 1;
  if (static_cast<unsigned char>(text[at]) < 0xE2) return 0;
  const CodePoint c = decode(text, at);
  switch (c.value) {
  case 0x2010: // hyphen
  case 0x2011: // non-breaking hyphen
  case 0x2012: // figure dash
  case 0x2013: // en dash
  case 0x2212: // minus sign
  case 0xFE63: // small hyphen-minus
  case 0xFF0D: // full-width hyphen-minus
    return c.length;
  default: return 0;
  }
}

std::size_t apostrophe_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\'') return 1;
  if (static_cast<unsigned char>(text[at]) < 0xCA) return 0;
  const CodePoint c = decode(text, at);
  return c.value == 0x2019 || c.value == 0x2018 || c.value == 0x02BC || c.value == 0xFF07 ? c.length : 0;
}

} // namespace pfind::text
