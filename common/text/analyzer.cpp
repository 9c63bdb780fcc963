#include "common/text/analyzer.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "common/text/byte_kind.hpp"
#include "common/text/fold.hpp"
#include "common/text/spelling.hpp"
#include "common/text/token_stems.hpp"
#include "common/text/words.hpp"

namespace pfind::text {
namespace {

constexpr std::size_t k_max_word_bytes = 64; // longer runs are data, not words; the head is kept
constexpr char k_small = 0x20;               // the bit that small letters of ASCII have
constexpr std::size_t k_max_joined_parts = 4;
constexpr std::size_t k_max_joined_bytes = 128; // with a prefix below the 245 bytes that a term of the index may have
constexpr std::size_t k_shortest_acronym = 2;   // letters
constexpr std::size_t k_longest_acronym = 5;

/// A word as the field writes it, made of one or several scanned words: `5G`, `AT&T`, `C++`, `U.S.`.
struct Unit {
  std::size_t begin = 0; // byte range to highlight
  std::size_t end = 0;
  std::size_t resume = 0; // where scanning goes on
  std::string word;       // folded
  std::string capitals;   // as written, where it is an acronym in capitals
  bool number = false;    // digits only
};

bool is_ascii(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string without_apostrophes(std::string word) {
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t apostrophe = apostrophe_length(word, at);
    apostrophe > 0 ? static_cast<void>(word.erase(at, apostrophe)) : static_cast<void>(++at);
  }
  return word;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_ascii_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c); }

bool is_acronym_length(std::size_t letters) { return letters >= k_shortest_acronym && letters <= k_longest_acronym; }

/// Length of the ampersand at `at`: bare, or as HTML writes it; 0 where there is none.
std::size_t ampersand_length(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '&') return 0;
  return text.substr(at, 5) == "&amp;" ? 5 : 1;
}

/// Cuts a word to the length that words may have, never inside a character.
void limit_word(std::string& word) {
  if (word.size() <= k_max_word_bytes) return;
  std::size_t kept = k_max_word_bytes;
  while (kept > 0 && (static_cast<unsigned char>(word[kept]) & 0xC0) == 0x80) --kept;
  word.resize(kept);
}

/// Writes 4,000 as 4000; `1,5` and lists such as 1,23,4 stay.
void drop_thousands_separators(std::string& number) {
  std::size_t comma = number.find(',');
  if (comma == std::string::npos || comma == 0 || comma > 3) return;
  const std::size_t fraction = std::min(number.find('.'), number.size());
  for (std::size_t at = comma; at < fraction; at += 4) {
    if (number[at] != ',' || at + 4 > fraction) return;
  }
  if ((fraction - comma) % 4 != 0) return;
  number.erase(std::remove(number.begin(), number.end(), ','), number.end());
}

std::size_t word_bytes(const std::vector<Unit>& units) {
  std::size_t bytes = 0;
  for (const Unit& unit : units) bytes += unit.word.size();
  return bytes;
}

} // namespace

struct Analyzer::Impl {
  explicit Impl(std::string_view code) : elides(code == "fr" || code == "it" || code == "ca"), stems(code) {}

  // --- one text ---
  void start(std::string_view new_text, std::vector<Token>& out, const WantedWords* only = nullptr) {
    text = new_text;
    scanner.reset(text);
    tokens = &out;
    used = 0;
    stems.forget();
    line_end = 0;
    wanted = stems.stemmer().keeps_beginnings() ? only : nullptr;
    is_next_wanted = false;
  }

  void run(std::uint32_t first_position);

  bool take_wanted(std::string_view word);

  std::size_t skip_gaps(std::size_t from) const;
  bool ends_word(std::size_t at) const;
  std::size_t possessive_length(std::size_t at) const;
  std::size_t behind_plain_word(std::size_t begin, std::size_t end) const;
  std::size_t pass_plain_word(std::size_t begin);
  std::size_t emit_plain_word(std::size_t begin, std::uint32_t position);
  std::size_t emit_plain_number(std::size_t begin, std::uint32_t position);

  bool read_unit(std::size_t from, Unit& unit);
  void read_acronym(const WordSpan& first, Unit& unit);
  bool read_ampersand_name(const WordSpan& first, Unit& unit);
  void read_signs(const WordSpan& word, Unit& unit) const;
  void trim_apostrophes(WordSpan& word, Unit& unit) const;
  std::size_t elision_length(const WordSpan& word) const;
  std::string fold_word(const WordSpan& word) const;
  bool in_capitals_line(std::size_t at);

  std::size_t joiner_length(std::size_t at) const;
  std::uint32_t emit_chain(const std::vector<Unit>& units, std::uint32_t position);
  void emit_joined(const std::vector<Unit>& units, std::uint32_t position);
  void emit(TokenKind kind, const Unit& unit, std::uint32_t position);
  Token& next_token(TokenKind kind, std::size_t begin, std::size_t end, std::uint32_t position);

  bool elides;
  WordScanner scanner{""};
  TokenStems stems;
  std::vector<Unit> chain;

  std::string_view text;
  std::vector<Token>* tokens = nullptr;
  const WantedWords* wanted = nullptr; // null for all
  bool is_next_wanted = false;         // whatever it is
  std::size_t used = 0;
  std::size_t line_end = 0; // of the line last looked at by in_capitals_line
  bool line_in_capitals = false;
};

/// Whether the line around byte `at` is written in capitals throughout, as headlines are: then capitals say nothing.
bool Analyzer::Impl::in_capitals_line(std::size_t at) {
  if (at < line_end) return line_in_capitals;
  line_end = std::min(text.find('\n', at), text.size());
  const std::string_view line = text.substr(at, line_end - at);
  const bool lower = std::ranges::any_of(line, [](char c) { return c >= 'a' && c <= 'z'; });
  line_in_capitals = !lower && std::ranges::count(line, ' ') >= 2;
  return line_in_capitals;
}

/// Length of the article or pronoun that French, Italian and Catalan write before an apostrophe: `l'accord`.
std::size_t Analyzer::Impl::elision_length(const WordSpan& word) const {
  if (!elides || !word.apostrophe) return 0;
  for (std::size_t at = word.begin; at < word.end && at < word.begin + 7; ++at) {
    if (const std::size_t length = apostrophe_length(text, at); length > 0) return at + length - word.begin;
  }
  return 0;
}

/// Takes the possessive 's (either apostrophe) and elided articles off a word's range.
void Analyzer::Impl::trim_apostrophes(WordSpan& word, Unit& unit) const {
  if (const std::size_t elided = elision_length(word); elided > 0) {
    word.begin += elided;
    unit.begin = word.begin;
  }
  if (word.end < word.begin + 3 || (text[word.end - 1] != 's' && text[word.end - 1] != 'S')) return;
  for (const std::size_t length : {1U, 2U, 3U}) {
    if (word.end - 1 < word.begin + length + 1) return;
    const std::size_t at = word.end - 1 - length;
    if (apostrophe_length(text, at) == length) {
      word.end = at;
      unit.end = at;
      return;
    }
  }
}

std::string Analyzer::Impl::fold_word(const WordSpan& word) const {
  std::string folded(text.substr(word.begin, std::min(word.end - word.begin, k_max_word_bytes + 1)));
  limit_word(folded);
  if (word.apostrophe) { // without which most are in ASCII, and folded in no time
    if (std::string plain = without_apostrophes(folded); is_ascii(plain)) folded = std::move(plain);
  }
  folded = fold(folded);
  if (word.apostrophe) folded = without_apostrophes(std::move(folded));
  if (word.digits > 0 && word.letters == 0) drop_thousands_separators(folded);
  return folded;
}

/// `U.S.`, `U.S`, `e.g.`: single letters with full stops between them are one word, with or without the last stop.
void Analyzer::Impl::read_acronym(const WordSpan& first, Unit& unit) {
  std::size_t end = first.end;
  bool upper = first.all_upper;
  WordSpan next;
  std::string letters = unit.word;
  while (end < text.size() && text[end] == '.' && scanner.next(end + 1, next) && next.begin == end + 1 &&
         next.letters == 1 && next.digits == 0 && next.end - next.begin <= 4) {
    letters += fold_word(next);
    upper = upper && next.all_upper;
    end = next.end;
  }
  if (end == first.end) return;
  unit.word = std::move(letters);
  unit.end = unit.resume = end;
  if (end < text.size() && text[end] == '.') unit.end = unit.resume = end + 1;
  if (upper) {
    unit.capitals = unit.word;
    std::ranges::transform(unit.capitals, unit.capitals.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  }
}

/// `AT&T`, `R&D`, `S&P`: short or capital words with an ampersand and no space between them are one word.
bool Analyzer::Impl::read_ampersand_name(const WordSpan& first, Unit& unit) {
  const auto fits = [](const WordSpan& w) {
    return w.letters > 0 && (w.letters <= 2 || (w.all_upper && w.letters <= 5));
  };
  if (!fits(first)) return false;
  std::size_t end = first.end;
  std::string word = unit.word;
  WordSpan next;
  for (;;) {
    const std::size_t length = ampersand_length(text, end);
    if (length == 0 || !scanner.next(end + length, next) || next.begin != end + length) break;
    if (!fits(next)) break;
    unit.resume = next.end;
    trim_apostrophes(next, unit);
    word += '&' + fold_word(next);
    end = unit.end = next.end;
    if (end != unit.resume) break; // AT&T's
  }
  if (end == first.end) return false;
  unit.word = std::move(word);
  unit.capitals.clear();
  return true;
}

/// The signs that belong to a name: `C++`, `C#`, `F#`.
void Analyzer::Impl::read_signs(const WordSpan& word, Unit& unit) const {
  const std::string_view rest = text.substr(word.end);
  const bool single = word.letters == 1 && word.digits == 0;
  std::string_view signs;
  if (rest.starts_with("++") && (single || rest.size() == 2 || !is_ascii_alnum(rest[2]))) signs = "++";
  if (rest.starts_with('#') && single && (rest.size() == 1 || !is_ascii_alnum(rest[1]))) signs = "#";
  if (signs.empty() || word.end != unit.end) return;
  unit.word += signs;
  unit.end = unit.resume = word.end + signs.size();
  unit.capitals.clear();
}

bool Analyzer::Impl::read_unit(std::size_t from, Unit& unit) {
  WordSpan word;
  if (!scanner.next(from, word)) return false;
  unit = Unit{.begin = word.begin, .end = word.end, .resume = word.end, .number = word.letters == 0};
  const WordSpan whole = word;
  trim_apostrophes(word, unit);
  unit.word = fold_word(word);
  if (word.all_upper && word.ascii && word.digits == 0 && is_acronym_length(static_cast<std::size_t>(word.letters)))
    unit.capitals = text.substr(word.begin, word.end - word.begin);
  if (whole.letters == 1 && whole.digits == 0) read_acronym(whole, unit);
  if (!read_ampersand_name(whole, unit)) read_signs(whole, unit);
  limit_word(unit.word); // folding can lengthen words, and U.S. or R&D may go on and on
  limit_word(unit.capitals);
  return true;
}

/// Length of what joins the word that ends at `at` to the next one without a space: a dash, or a full stop or
/// underscore inside a name (`amazon.com`, `H.265`, `snake_case`). 0 where nothing does.
std::size_t Analyzer::Impl::joiner_length(std::size_t at) const {
  if (at >= text.size()) return 0;
  if (text[at] == '.' || text[at] == '_') return 1;
  return dash_length(text, at);
}

Token& Analyzer::Impl::next_token(TokenKind kind, std::size_t begin, std::size_t end, std::uint32_t position) {
  if (used == tokens->size()) tokens->emplace_back();
  Token& token = (*tokens)[used++];
  token.kind = kind;
  token.position = position;
  token.begin = static_cast<std::uint32_t>(begin);
  token.end = static_cast<std::uint32_t>(end);
  return token;
}

void Analyzer::Impl::emit(TokenKind kind, const Unit& unit, std::uint32_t position) {
  Token& token = next_token(kind, unit.begin, unit.end, position);
  const bool is_cased = kind == TokenKind::cased;
  token.word = is_cased ? unit.capitals : unit.word;
  token.term = is_cased ? unit.capitals : stems.stem(unit.word);
}

void Analyzer::Impl::emit_joined(const std::vector<Unit>& units, std::uint32_t position) {
  Token& token = next_token(TokenKind::joined, units.front().begin, units.back().end, position);
  token.word.clear();
  std::string american;
  for (const Unit& unit : units) {
    token.word += unit.word;
    std::string part = unit.word;
    if (stems.english()) americanize(part);
    american += part;
  }
  token.term = stems.stem(american);
}

/// Where the next byte is that may belong to a word.
std::size_t Analyzer::Impl::skip_gaps(std::size_t from) const {
  for (;;) {
    while (from < text.size() && kind_at(text, from) < ByteKind::letter) ++from;
    const std::size_t mark = gap_length(text, from);
    if (mark == 0) return from;
    from += mark;
  }
}

/// Whether a folded word is to be emitted where not all are; of words beyond ASCII that says nothing. Notes whether the
/// next one is, whatever it is.
bool Analyzer::Impl::take_wanted(std::string_view word) {
  const bool begins = wanted->may_go_on(word);
  const bool follows = std::exchange(is_next_wanted, begins);
  return follows || begins || wanted->may_have(word);
}

/// Whether nothing that could belong to a word stands at `at`, behind one.
bool Analyzer::Impl::ends_word(std::size_t at) const {
  return is_gap(text, at) || (kind_at(text, at) == ByteKind::joiner &&
                              (kind_at(text, at + 1) < ByteKind::letter || gap_length(text, at + 1) > 0));
}

/// Length of a possessive 's at `at`, behind letters, if nothing goes on behind it; 0 for anything else.
std::size_t Analyzer::Impl::possessive_length(std::size_t at) const {
  const std::size_t apostrophe = elides ? 0 : apostrophe_length(text, at);
  if (apostrophe == 0 || at + apostrophe >= text.size() || text[at + apostrophe] != 's') return 0;
  return ends_word(at + apostrophe + 1) ? apostrophe + 1 : 0;
}

/// Where scanning goes on behind the letters from `begin` to `end`, if none of the rules for names, numbers, hyphens
/// and other scripts can apply to them: nothing stands behind them that could belong to them but a possessive 's. Else
/// `begin`.
std::size_t Analyzer::Impl::behind_plain_word(std::size_t begin, std::size_t end) const {
  const std::size_t size = end - begin;
  if (size < 2) // in names there is more behind: C#, U.S.
    return size == 1 && end < text.size() && text[end] == ' ' ? end : begin;
  if (size > k_max_word_bytes) return begin;
  if (ends_word(end)) return end;
  const std::size_t possessive = possessive_length(end);
  return possessive > 0 ? end + possessive : begin;
}

/// Passes over the plain word at `begin` if it surely is not wanted; returns where scanning goes on, or `begin`.
std::size_t Analyzer::Impl::pass_plain_word(std::size_t begin) {
  if (is_next_wanted || kind_at(text, begin) != ByteKind::letter || wanted->may_begin_with(text[begin])) return begin;
  std::size_t end = begin + 1;
  char any_small = static_cast<char>(text[begin] & k_small);
  for (; kind_at(text, end) == ByteKind::letter; ++end)
    any_small = static_cast<char>(any_small | (text[end] & k_small));
  const std::size_t resume = behind_plain_word(begin, end);
  if (resume == end && any_small == 0 && is_acronym_length(end - begin))
    in_capitals_line(begin); // which knows a line by its first acronym
  return resume;
}

/// Emits the word at `begin`, if it is wanted, and returns where scanning goes on, if it is a plain one in letters of
/// ASCII, as most words are. Returns `begin` for others; read_unit() would make the same of this one.
std::size_t Analyzer::Impl::emit_plain_word(std::size_t begin, std::uint32_t position) {
  std::array<char, k_max_word_bytes> folded{};
  std::size_t size = 0;
  char any_small = 0;
  for (; kind_at(text, begin + size) == ByteKind::letter; ++size) {
    if (size == folded.size()) return begin;
    const char c = text[begin + size];
    any_small = static_cast<char>(any_small | (c & k_small));
    folded[size] = static_cast<char>(c | k_small);
  }
  const std::size_t end = begin + size;
  const std::size_t resume = behind_plain_word(begin, end);
  if (resume == begin) return begin;
  const std::string_view word(folded.data(), size);
  const bool is_cased = any_small == 0 && resume == end && is_acronym_length(size) && !in_capitals_line(begin);
  if (wanted != nullptr && !take_wanted(word)) return resume;
  Token& token = next_token(TokenKind::word, begin, end, position);
  token.word = word;
  stems.stem_later(*tokens, used - 1);
  if (is_cased) {
    Token& cased = next_token(TokenKind::cased, begin, end, position);
    cased.word = cased.term = text.substr(begin, size);
  }
  return resume;
}

/// Likewise of a number in digits of ASCII with neither separators nor letters.
std::size_t Analyzer::Impl::emit_plain_number(std::size_t begin, std::uint32_t position) {
  std::size_t end = begin;
  while (end < text.size() && is_digit(text[end])) ++end;
  const bool is_separated = end + 1 < text.size() && text[end] == ',' && kind_at(text, end + 1) >= ByteKind::letter;
  if (end == begin || end - begin > k_max_word_bytes || is_separated || !ends_word(end)) return begin;
  const std::string_view word = text.substr(begin, end - begin);
  if (wanted != nullptr && !take_wanted(word)) return end;
  Token& token = next_token(TokenKind::word, begin, end, position);
  token.word = word;
  token.term = word;
  return end;
}

/// Emits a word, or the parts of a hyphenated one with their joined form; returns the position behind it.
std::uint32_t Analyzer::Impl::emit_chain(const std::vector<Unit>& units, std::uint32_t position) {
  const bool compound = units.size() > 1;
  if (wanted != nullptr && compound) {
    is_next_wanted = true; // what its last part begins is not looked at
  } else if (wanted != nullptr && !units.front().word.empty()) {
    const bool may_be_wanted = take_wanted(units.front().word) || !is_ascii(units.front().word);
    const bool has_capitals = !units.front().capitals.empty(); // which may be longer than the word, by apostrophes
    if (!may_be_wanted && !has_capitals) return position + 1;
  }
  const bool numbers = std::ranges::all_of(units, &Unit::number); // 2019-2025 is no word
  const bool joins =
      compound && !numbers && units.size() <= k_max_joined_parts && word_bytes(units) <= k_max_joined_bytes;
  for (const Unit& unit : units) {
    if (unit.word.empty()) continue;
    emit(compound ? TokenKind::part : TokenKind::word, unit, position);
    if (!unit.capitals.empty() && !in_capitals_line(unit.begin)) emit(TokenKind::cased, unit, position);
    if (&unit == &units.front() && joins) emit_joined(units, position);
    ++position;
  }
  return position;
}

/// Makes the tokens of the text that was begun.
void Analyzer::Impl::run(std::uint32_t first_position) {
  std::uint32_t position = first_position;
  Unit unit;
  for (std::size_t at = 0;;) {
    at = skip_gaps(at);
    std::size_t end = wanted != nullptr ? pass_plain_word(at) : at;
    if (end == at) end = emit_plain_word(at, position);
    if (end == at) end = emit_plain_number(at, position);
    if (end > at) {
      at = end;
      ++position;
      continue;
    }
    if (!read_unit(at, unit)) break;
    chain.clear();
    at = unit.resume;
    chain.push_back(std::move(unit));
    for (;;) {
      const std::size_t joiner = joiner_length(at);
      if (joiner == 0 || !read_unit(at + joiner, unit) || unit.begin != at + joiner) break;
      at = unit.resume;
      chain.push_back(std::move(unit));
    }
    position = emit_chain(chain, position);
  }
  stems.finish(*tokens);
  tokens->resize(used);
}

Analyzer::Analyzer(std::string_view language) : impl_(std::make_unique<Impl>(language)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

void Analyzer::analyze(std::string_view text, std::vector<Token>& tokens, std::uint32_t first_position) {
  impl_->start(text, tokens);
  impl_->run(first_position);
}

void Analyzer::analyze(std::string_view text, std::vector<Token>& tokens, const WantedWords* wanted) {
  impl_->start(text, tokens, wanted);
  impl_->run(1);
}

std::vector<Token> Analyzer::analyze(std::string_view text) {
  std::vector<Token> tokens;
  analyze(text, tokens);
  return tokens;
}

std::string Analyzer::stem(std::string_view word) { return std::string(impl_->stems.stem(word)); }

} // namespace pfind::text
