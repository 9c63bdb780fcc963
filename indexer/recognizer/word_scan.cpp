#include "indexer/recognizer/word_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "common/text/fold.hpp"
#include "indexer/recognizer/stock_code.hpp"
#include "indexer/recognizer/word_class.hpp"

namespace pfind::indexer {
namespace {

constexpr std::uint64_t k_fnv_offset = 0xcbf29ce484222325u; // FNV-1a
constexpr std::uint64_t k_fnv_prime = 0x100000001b3u;

enum class CharClass : std::uint8_t { gap, lower, upper, digit, ampersand, multibyte };

constexpr std::array<CharClass, 256> k_char_classes = [] {
  std::array<CharClass, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    if (c >= 'a' && c <= 'z') classes[c] = CharClass::lower;
    if (c >= 'A' && c <= 'Z') classes[c] = CharClass::upper;
    if (c >= '0' && c <= '9') classes[c] = CharClass::digit;
    if (c == '&') classes[c] = CharClass::ampersand;
    if (c >= 0x80) classes[c] = CharClass::multibyte;
  }
  return classes;
}();

CharClass char_class(char c) { return k_char_classes[static_cast<unsigned char>(c)]; }

std::uint64_t hash_ascii(std::string_view word) {
  std::uint64_t hash = k_fnv_offset;
  for (const char c : word) {
    const auto lower = static_cast<unsigned char>(char_class(c) == CharClass::upper ? c | 0x20 : c);
    hash = (hash ^ lower) * k_fnv_prime;
  }
  return hash;
}

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 1; ///< bytes
};

/// The code point at `at`; a broken sequence counts as one byte with the value 0.
CodePoint decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead > 0xF4 || at + size > text.size()) return {};
  char32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3F);
  }
  return {value, size};
}

/// Letters beyond ASCII are told by the blocks that hold punctuation and symbols: a wrong guess only splits or joins a
/// word that no list holds.
bool is_letter(char32_t c) {
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  return !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFE10 && c <= 0xFE6F) &&
         !(c >= 0xFF00 && c <= 0xFF0F) && !(c >= 0xFF1A && c <= 0xFF20) && c != 0xFEFF && c != 0xFFFD && c < 0x1F000;
}

bool is_cjk(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF);
}

/// Capitals of Latin-1, Latin Extended-A, Greek and Cyrillic.
bool is_capital(char32_t c) {
  if (c >= 0xC0 && c <= 0xDE) return true;
  if (c >= 0x100 && c <= 0x17F) {
    const bool odd_is_capital = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    return (c % 2 == 1) == odd_is_capital;
  }
  return (c >= 0x391 && c <= 0x3A9) || (c >= 0x400 && c <= 0x42F);
}

class Scanner {
public:
  Scanner(std::string_view text, Words& out) : text_(text), out_(out) {
    out_.words.clear();
    out_.lines.clear();
  }

  void run() {
    while (skip_gap()) {
      Word word = start_word();
      read_word(word);
      out_.words.push_back(word);
      out_.lines.back().end_word = static_cast<std::uint32_t>(out_.words.size());
    }
  }

private:
  struct Gap {
    std::uint32_t spaces = 0, newlines = 0, dots = 0, hyphens = 0, apostrophes = 0, commas = 0, slashes = 0, others = 0;
    bool sentence_end = false; ///< `!`, `?`, or a period that may end one
    bool opening = false;      ///< a quotation mark, bracket or bullet behind white space: what follows begins anew
  };

  bool at_letter(std::size_t at) const {
    const CharClass c = char_class(text_[at]);
    return c == CharClass::multibyte ? is_letter(decode(text_, at).value) : c != CharClass::gap;
  }

  /// Moves to the next word; the gap's punctuation is counted in gap_.
  bool skip_gap() {
    gap_ = {};
    while (at_ < text_.size() && !at_letter(at_)) {
      const CodePoint c = decode(text_, at_);
      count(c.value);
      at_ += c.size;
    }
    return at_ < text_.size();
  }

  void count(char32_t c) {
    const bool behind_blank = gap_.spaces + gap_.newlines > 0 || out_.words.empty();
    switch (c) {
    case ' ':
    case '\t':
    case 0xA0:
    case 0x3000: ++gap_.spaces; break;
    case '\n': ++gap_.newlines; break;
    case '\r':
    case 0xAD: break;
    case '.': ++gap_.dots; break;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015: ++gap_.hyphens; break;
    case '\'':
    case 0x2019:
    case 0x2018:
      ++gap_.apostrophes;
      gap_.opening |= behind_blank;
      break;
    case ',': ++gap_.commas; break;
    case '/': ++gap_.slashes; break;
    case '!':
    case '?':
    case ';':
    case 0x3002:
      ++gap_.others;
      gap_.sentence_end = true;
      break;
    case '"':
    case '(':
    case '[':
    case '*':
    case ':':
    case 0x201C:
    case 0x2022:
    case 0xAB:
    case 0xBB:
      ++gap_.others;
      gap_.opening |= behind_blank || c == ':';
      break;
    default: ++gap_.others;
    }
  }

  Separator separator() const {
    const Gap& g = gap_;
    const std::uint32_t blanks = g.spaces + g.newlines;
    const std::uint32_t marks = g.dots + g.hyphens + g.apostrophes + g.commas + g.slashes + g.others;
    if (marks == 2 && g.dots == 1 && g.commas == 1 && blanks > 0 && g.newlines < 2)
      return Separator::comma; // "Co., Ltd"
    if (g.newlines > 1 || marks > 1 || g.others > 0) return Separator::other;
    if (marks == 0) return blanks == 0 ? Separator::none : Separator::space;
    if (g.dots == 1) return blanks == 0 ? Separator::dot : Separator::dot_space;
    if (g.commas == 1) return blanks == 0 ? Separator::other : Separator::comma;
    if (blanks > 0) return Separator::other;
    return g.hyphens == 1 ? Separator::hyphen : g.slashes == 1 ? Separator::slash : Separator::apostrophe;
  }

  bool starts_sentence() const {
    if (out_.words.empty() || gap_.newlines > 1 || gap_.opening || gap_.sentence_end) return true;
    if (gap_.dots == 0 || gap_.spaces + gap_.newlines == 0) return false;
    const Word& last = out_.words.back();
    const bool abbreviated =
        last.initials || (last.length == 1 && last.capitalised()) || is(last, WordClass::abbreviation);
    return !abbreviated || gap_.dots > 1;
  }

  Word start_word() {
    Word word;
    word.begin = static_cast<std::uint32_t>(at_);
    word.before = separator();
    word.sentence_start = starts_sentence();
    word.line_start = out_.words.empty() || gap_.newlines > 0;
    if (word.line_start) {
      const auto first = static_cast<std::uint32_t>(out_.words.size());
      out_.lines.push_back({first, first, LineStyle::prose});
    }
    word.line = static_cast<std::uint32_t>(out_.lines.size() - 1);
    return word;
  }

  void read_word(Word& word) {
    if (read_initials(word)) return;
    bool ascii = true;
    if (text_[at_] == '&') {
      ++at_;
      word.length = 1;
    } else if (const CodePoint first = decode(text_, at_); is_cjk(first.value)) {
      add_character(word, true, false);
      at_ += first.size;
      ascii = false;
    } else {
      ascii = read_letters(word);
    }
    word.end = static_cast<std::uint32_t>(at_);
    const std::string_view written = text_.substr(word.begin, word.end - word.begin);
    word.key = ascii && written != "&" ? hash_ascii(written) : word_key(written);
  }

  /// Reads on to the end of the run; whether it is all ASCII. `+` and `#` behind a letter belong to it: `C++`, `C#`.
  bool read_letters(Word& word) {
    bool ascii = true;
    for (; at_ < text_.size(); ++at_) {
      const CharClass c = char_class(text_[at_]);
      if (c == CharClass::lower || c == CharClass::upper || c == CharClass::digit) {
        add_character(word, c != CharClass::digit, c == CharClass::upper);
      } else if (c == CharClass::multibyte) {
        const CodePoint point = decode(text_, at_);
        if (point.value != 0xAD && (!is_letter(point.value) || is_cjk(point.value))) break; // a soft hyphen is nothing
        if (point.value != 0xAD) add_character(word, true, is_capital(point.value));
        at_ += point.size - 1;
        ascii = false;
      } else if (text_[at_] != '+' && text_[at_] != '#') {
        break;
      }
    }
    return ascii;
  }

  static void add_character(Word& word, bool letter, bool capital) {
    if (capital && word.length < 32) word.capitals |= std::uint32_t{1} << word.length;
    if (word.length < 255) ++word.length;
    if (letter && word.letters < 255) ++word.letters;
  }

  /// `U.S.`, `U.S`, `J.P.`: single capitals joined by periods are one word.
  bool read_initials(Word& word) {
    std::size_t at = at_;
    std::array<char, 8> letters{};
    std::size_t count = 0;
    while (count < letters.size() && is_single_capital(at)) {
      letters[count++] = text_[at++];
      if (at == text_.size() || text_[at] != '.') break;
      ++at;
    }
    if (count < 2) return false;
    for (std::size_t i = 0; i < count; ++i) add_character(word, true, true);
    at_ = at;
    word.initials = true;
    word.end = static_cast<std::uint32_t>(at);
    word.key = hash_ascii({letters.data(), count});
    return true;
  }

  bool is_single_capital(std::size_t at) const {
    return at < text_.size() && char_class(text_[at]) == CharClass::upper &&
           (at + 1 == text_.size() || !at_letter(at + 1));
  }

  std::string_view text_;
  Words& out_;
  std::size_t at_ = 0;
  Gap gap_;
};

/// A line within a hard-wrapped paragraph says nothing by its own capitals; a heading stands alone or among short
/// lines.
bool is_wrapped(const Words& words, const Line& line) {
  constexpr std::uint32_t k_full_line = 45; // bytes
  const auto breaks_full_line = [&](std::uint32_t next, std::uint32_t first) {
    const Word& word = words.words[next];
    const bool single =
        word.before == Separator::space || word.before == Separator::comma || word.before == Separator::dot_space;
    return single && words.words[next - 1].end - words.words[first].begin >= k_full_line;
  };
  const Word& first = words.words[line.first_word];
  if (first.lower_case() && line.first_word > 0) return true;
  if (line.first_word > 0 && breaks_full_line(line.first_word, words.lines[first.line - 1].first_word)) return true;
  if (line.end_word == words.words.size()) return false;
  return words.words[line.end_word].lower_case() || breaks_full_line(line.end_word, line.first_word);
}

LineStyle style_of(const Words& words, const Line& line) {
  constexpr std::uint32_t k_longest_heading = 30; // words
  std::uint32_t long_words = 0, capitalised = 0, shouted = 0, lettered = 0;
  for (std::uint32_t i = line.first_word; i < line.end_word; ++i) {
    const Word& word = words.words[i];
    if (word.letters >= 2) {
      ++lettered;
      shouted += word.all_capitals();
    }
    if (word.letters >= 4) {
      ++long_words;
      capitalised += word.capitalised();
    }
  }
  if (lettered >= 2 && shouted * 5 >= lettered * 4) return LineStyle::capitals;
  if (line.end_word - line.first_word > k_longest_heading || long_words < 2) return LineStyle::prose;
  return capitalised * 4 >= long_words * 3 && !is_wrapped(words, line) ? LineStyle::title_case : LineStyle::prose;
}

} // namespace

bool Word::all_capitals() const { return letters > 0 && letters <= 32 && std::popcount(capitals) == letters; }

void scan_words(std::string_view text, Words& words) {
  Scanner(text, words).run();
  for (Line& line : words.lines) line.style = style_of(words, line);
  mark_stock_codes(text, words);
}

std::uint64_t word_key(std::string_view word) {
  if (word == "&") return hash_ascii("and");
  const bool ascii = std::ranges::none_of(word, [](unsigned char c) { return c >= 0x80; });
  if (ascii) return hash_ascii(word);
  std::string plain;
  for (std::size_t i = 0; i < word.size();) {
    const CodePoint c = decode(word, i);
    if (c.value != 0xAD) plain += word.substr(i, c.size);
    i += c.size;
  }
  return hash_ascii(text::fold(plain));
}

} // namespace pfind::indexer
