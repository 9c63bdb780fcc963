#include "searcher/query/lexer.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <optional>

#include "searcher/query/field_notices.hpp"
#include "searcher/query/pasted_text.hpp"
#include "searcher/query/tree.hpp"

namespace pfind::query {
namespace {

using Kind = Token::Kind;

constexpr std::size_t k_max_notices = 10;
constexpr std::string_view k_replacement = "\xEF\xBF\xBD"; // U+FFFD

constexpr std::array<std::string_view, 6> k_quotes{"\"", "“", "”", "„", "«", "»"};

// White space beyond ASCII: no-break, ogham, en quad .. hair, narrow no-break, mathematical, ideographic.
constexpr std::array<std::string_view, 16> k_wide_spaces{"\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                                         "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
                                                         "\u200A", "\u202F", "\u205F", "\u3000"};

/// The length of the one of `marks` that `text` starts with, 0 where there is none.
template <std::size_t N>
std::size_t mark_length(std::string_view text, const std::array<std::string_view, N>& marks) {
  const auto* const mark = std::ranges::find_if(marks, [&](std::string_view m) { return text.starts_with(m); });
  return mark == marks.end() ? 0 : mark->size();
}

std::size_t quote_length(std::string_view text) { return mark_length(text, k_quotes); }

std::size_t space_length(std::string_view text) {
  if (text.empty()) return 0;
  if (static_cast<unsigned char>(text.front()) < 0x80) return text.front() == ' ' ? 1 : 0;
  return mark_length(text, k_wide_spaces);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_character(char c) { return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; }
bool is_wild(char c) { return c == '*' || c == '?'; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// One character of a text: how many bytes it takes, and its code point or nothing where they are no valid UTF-8.
struct Decoded {
  std::size_t length = 1;
  std::optional<char32_t> code_point;
};

Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {1, lead};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {};
  char32_t code_point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= text.size() || (byte(i) & 0xC0) != 0x80) return {};
    code_point = code_point << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < smallest[length] || code_point > 0x10FFFF || surrogate) return {};
  return {length, code_point};
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029; }

/// The number that `digits` write, brought into 1..`most`; nothing where they are not all digits. `what` is said of a
/// number outside.
std::optional<int> number_up_to(int most, std::string_view digits, std::string_view what, std::string_view word,
                                Notices& notices) {
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  int number = most + 1;
  if (digits.size() <= 4) {
    number = 0;
    for (const char digit : digits) number = number * 10 + (digit - '0');
  }
  const int allowed = std::clamp(number, 1, most);
  if (allowed != number)
    notices.add(
        fmt::format("The {} of {} was read as {}: it goes from 1 to {}.", what, quoted_excerpt(word), allowed, most));
  return allowed;
}

/// Whether `word` begins with `name`, letters' case aside.
bool begins_with(std::string_view word, std::string_view name) {
  return word.size() >= name.size() && equal_ignoring_case(word.substr(0, name.size()), name);
}

/// The distance of `NEAR`, `NEAR/5`, `near/5`; nothing for any other word.
std::optional<int> near_distance(std::string_view word, Notices& notices) {
  constexpr std::string_view k_name = "near/";
  if (word == "NEAR") return k_default_distance;
  if (!begins_with(word, k_name)) return std::nullopt;
  return number_up_to(k_max_distance, word.substr(k_name.size()), "distance", word, notices);
}

/// The number of `ATLEAST/3`, also written `ATLEAST3`; nothing for any other word.
std::optional<int> least_mentions(std::string_view word, Notices& notices) {
  constexpr std::string_view k_name = "atleast";
  if (!begins_with(word, k_name)) return std::nullopt;
  if (word == "ATLEAST") notices.add("ATLEAST has no number, as ATLEAST/3 has, so it was read as a plain word.");
  std::string_view digits = word.substr(k_name.size());
  if (digits.starts_with('/')) digits.remove_prefix(1);
  return number_up_to(k_max_mentions, digits, "number", word, notices);
}

/// Whether a `?` of the pattern stands for a character. At the end of a word it ends a question.
bool has_inner_question_mark(std::string_view pattern) {
  for (std::size_t at = pattern.find('?'); at != std::string_view::npos; at = pattern.find('?', at)) {
    at = pattern.find_first_not_of("*?", at);
    if (at == std::string_view::npos) return false;
    if (is_word_character(pattern[at])) return true;
  }
  return false;
}

/// Takes away what is neither word nor wildcard from both ends, and the question marks at the end.
std::string_view without_punctuation(std::string_view word) {
  while (!word.empty()) {
    if (const std::size_t quote = quote_length(word); quote > 0)
      word.remove_prefix(quote);
    else if (!is_word_character(word.front()) && !is_wild(word.front()))
      word.remove_prefix(1);
    else
      break;
  }
  while (!word.empty() && !is_word_character(word.back()) && word.back() != '*') word.remove_suffix(1);
  return word;
}

/// The pattern that a word is, if it is one. A word with a colon is none: it was meant for an address or a field.
std::optional<std::string> wildcard_pattern(std::string_view word) {
  if (word.find_first_of("*?") == std::string_view::npos || word.find(':') != std::string_view::npos)
    return std::nullopt;
  if (word.find_first_not_of('*') == std::string_view::npos) return "*";
  const std::string_view bare = without_punctuation(word);
  if (std::ranges::none_of(bare, is_word_character)) return std::nullopt;
  if (bare.find('*') == std::string_view::npos && !has_inner_question_mark(bare)) return std::nullopt;
  std::string pattern;
  for (const char c : bare) {
    if (c != '*' || !pattern.ends_with('*')) pattern += c;
  }
  return pattern;
}

/// Walks over a query once. Where it stands after a prefix (`-`, `field:`), operators are plain words.
class Lexer {
public:
  Lexer(std::string_view text, Notices& notices)
      : rest_(text), notices_(notices), is_headline_(is_headline_in_capitals(text)), is_pasted_(is_pasted_text(text)) {}

  std::vector<Token> run() {
    while (skip_spaces(), !rest_.empty()) {
      if (rest_.front() == '(')
        bracket(Kind::open);
      else if (rest_.front() == ')')
        bracket(Kind::close);
      else
        operand();
    }
    return std::move(tokens_);
  }

private:
  void push(Kind kind, std::string text = {}) { tokens_.push_back({.kind = kind, .text = std::move(text)}); }

  void skip_spaces() {
    while (const std::size_t length = space_length(rest_)) {
      rest_.remove_prefix(length);
      glued_ = prefixed_ = in_list_ = false;
    }
  }

  void bracket(Kind kind) {
    push(kind);
    rest_.remove_prefix(1);
    glued_ = kind == Kind::close;
    prefixed_ = in_list_ = false;
  }

  /// Whether a word, prefix or bracket that stands here ends: nothing follows without white space.
  static bool is_end(std::string_view rest) { return rest.empty() || rest.front() == ')' || space_length(rest) > 0; }

  /// Reads one operand or prefix. Pushes a token unless only punctuation was there to skip.
  void operand() {
    if (glued_ && !prefixed_)
      skip_glued_punctuation();
    else if (is_pasted_ && !prefixed_)
      text_word();
    else if (rest_.front() == '-')
      minus();
    else if (starts_with_quote(rest_))
      phrase(Kind::phrase);
    else if (rest_.front() == '=' && starts_with_quote(rest_.substr(1)))
      rest_.remove_prefix(1), phrase(Kind::exact_phrase);
    else
      word();
  }

  /// A word of a pasted text; marks before it are punctuation.
  void text_word() {
    if (const std::size_t quote = quote_length(rest_)) return rest_.remove_prefix(quote);
    if (const std::size_t marks = std::min(rest_.find_first_not_of("-=*\\"), rest_.size()); marks > 0) {
      if (rest_.front() == '-' && !is_end(rest_.substr(marks))) say_pasted();
      return rest_.remove_prefix(marks);
    }
    if (field_word()) return;
    const std::string_view raw = peek_word();
    if (raw == "NOT" || raw == "OR" || raw == "AND") say_pasted();
    take(raw, Kind::word, raw);
  }

  void say_pasted() {
    notices_.add(
        "The query reads like a pasted text, in which a dash or NOT excludes nothing; in parentheses it would.");
  }

  /// `"a","b"`, `(a)-b`: what stands between without white space is neither a word nor a prefix.
  void skip_glued_punctuation() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of("-,;.:!?/"), rest_.size()));
    glued_ = false;
  }

  /// One dash before something excludes it, several are part of a word (`--help`), those by themselves are nothing.
  void minus() {
    const std::size_t dashes = std::min(rest_.find_first_not_of('-'), rest_.size());
    const bool alone = is_end(rest_.substr(dashes));
    if (!alone && dashes > 1) return word();
    rest_.remove_prefix(dashes);
    if (!alone)
      push(Kind::minus);
    else if (prefixed_)
      push(Kind::word); // the prefix before it must apply to something
    prefixed_ = !alone;
  }

  void phrase(Kind kind) {
    push(kind, collapsed(read_quotes()));
    end_item();
  }

  /// What stands between the quotes that open here; to the end where none closes them.
  std::string read_quotes() {
    rest_.remove_prefix(quote_length(rest_));
    std::string text;
    while (!rest_.empty()) {
      if (const std::size_t quote = quote_length(rest_)) {
        rest_.remove_prefix(quote);
        return text;
      }
      const bool escape = rest_.front() == '\\' && (rest_.substr(1).starts_with('\\') || quote_length(rest_.substr(1)));
      if (escape) rest_.remove_prefix(1);
      const std::size_t length = escape ? std::max<std::size_t>(quote_length(rest_), 1) : 1;
      text += rest_.substr(0, length);
      rest_.remove_prefix(length);
    }
    notices_.add("A quotation mark has no partner, so everything after it was read as one phrase.");
    return text;
  }

  /// After one value of a text field: a comma without a space brings another.
  void end_item() {
    glued_ = true;
    prefixed_ = false;
    if (!in_list_ || !rest_.starts_with(',') || is_end(rest_.substr(1)) || rest_.substr(1).starts_with('(')) return;
    push(Kind::comma);
    rest_.remove_prefix(1);
    prefixed_ = true;
  }

  /// The characters up to white space or a bracket, in a list up to a comma that separates values (not that of
  /// `4,000`).
  std::string_view peek_word() const {
    std::size_t length = 0;
    while (length < rest_.size()) {
      const std::string_view here = rest_.substr(length);
      if (here.front() == '(' || is_end(here)) break;
      if (in_list_ && here.front() == ',' && length > 0 && !is_end(here.substr(1)) &&
          !(is_digit(rest_[length - 1]) && is_digit(here[1])))
        break;
      ++length;
    }
    return rest_.substr(0, length);
  }

  void word() {
    if (!in_list_ && field_word()) return;
    const std::string_view raw = peek_word();
    if (raw.starts_with('\\')) return take(raw, Kind::word, raw.substr(1));
    if (raw.starts_with('=') && raw.size() > 1 && raw[1] != '=' && raw != "=\\")
      return take(raw, Kind::exact, raw.substr(raw[1] == '\\' ? 2 : 1));
    if (!prefixed_ && operator_word(raw)) return;
    if (const std::optional<std::string> pattern = wildcard_pattern(raw)) return take(raw, Kind::wildcard, *pattern);
    take(raw, Kind::word, raw);
  }

  void take(std::string_view raw, Kind kind, std::string_view text) {
    push(kind, std::string{text});
    rest_.remove_prefix(raw.size());
    end_item();
  }

  bool operator_word(std::string_view raw) {
    if (is_headline_) return false;
    if (raw == "OR")
      push(Kind::or_);
    else if (raw == "AND")
      push(Kind::and_);
    else if (raw == "NOT")
      push(Kind::not_);
    else if (raw == "SENTENCE")
      push(Kind::sentence);
    else if (const std::optional<int> distance = near_distance(raw, notices_))
      tokens_.push_back({.kind = Kind::near, .text = {}, .number = *distance});
    else if (const std::optional<int> mentions = least_mentions(raw, notices_))
      tokens_.push_back({.kind = Kind::at_least, .text = {}, .number = *mentions});
    else
      return false;
    tokens_.back().text = raw;
    rest_.remove_prefix(raw.size());
    return true;
  }

  /// `name:value`, where the name is all letters. What follows the colon of `http://` or `std::` makes it a plain word.
  /// Looks no further than that, so that a word of many fields takes linear time.
  bool field_word() {
    const std::size_t colon = static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_letter) - rest_.begin());
    if (colon == 0 || !rest_.substr(colon).starts_with(':')) return false;
    const std::string_view name = rest_.substr(0, colon);
    const std::string_view value = rest_.substr(colon + 1);
    if (value.starts_with("//") || value.starts_with(':')) return false;
    if (const std::optional<Field> field = field_named(name))
      known_field(*field, name);
    else if (is_pasted_ || name.size() == 1 || is_end(value) || value.starts_with('\\'))
      return false;
    else
      unknown_field(name, value);
    return true;
  }

  void known_field(Field field, std::string_view name) {
    rest_.remove_prefix(name.size() + 1);
    const bool is_text = info(field).use == FieldUse::text;
    Token values{.kind = Kind::values, .text = {}};
    const bool group = rest_.starts_with('(');
    if (!group && !is_text) read_values(field, values);
    const bool lone_dash = rest_.starts_with('-') && is_end(rest_.substr(1));
    const bool has_value =
        is_text ? !is_end(rest_) && !lone_dash : group || !values.values.empty() || !values.excluded.empty();
    if (!has_value) return field_without_value(name);
    tokens_.push_back({.kind = Kind::field, .text = std::string{name}, .field = field});
    prefixed_ = is_text && !group;
    in_list_ = prefixed_;
    glued_ = !is_text && !group;
    if (glued_) tokens_.push_back(std::move(values));
  }

  void field_without_value(std::string_view name) {
    if (!is_pasted_) notices_.add(missing_value_notice(name));
    push(Kind::word, std::string{name} + ':');
    if (rest_.starts_with('-')) rest_.remove_prefix(1);
    glued_ = true;
    prefixed_ = false;
  }

  /// `a,b`, `"a b",c`: the values of a field that holds no text. Addresses and paths may hold commas.
  void read_values(Field field, Token& values) {
    const bool is_id = info(field).use == FieldUse::id;
    while (!is_end(rest_) && rest_.front() != '(') {
      const bool is_excluded = rest_.starts_with('-');
      if (is_excluded) rest_.remove_prefix(1);
      const bool is_quoted = starts_with_quote(rest_);
      if (!is_quoted && rest_.starts_with('\\')) rest_.remove_prefix(1);
      std::string value = is_quoted ? read_quotes() : std::string{read_bare_value(!is_id)};
      if (!is_id) value = collapsed(value);
      if (!value.empty()) (is_excluded ? values.excluded : values.values).push_back(std::move(value));
      if (!rest_.starts_with(',')) break;
      rest_.remove_prefix(1);
    }
  }

  std::string_view read_bare_value(bool until_comma) {
    std::size_t length = 0;
    while (!is_end(rest_.substr(length)) && rest_[length] != '(' && !(until_comma && rest_[length] == ',')) ++length;
    const std::string_view value = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return value;
  }

  /// Reads `foo:bar` as two words, without a fuss where the name is in capitals as a stock exchange's; a name with a
  /// slip, `compny:Huawei`, is none of the words.
  void unknown_field(std::string_view name, std::string_view value) {
    const bool is_code = std::ranges::all_of(name, is_upper);
    const bool is_misspelt = !is_code && !notices_.full() && is_misspelt_field(name);
    if (!is_code && !notices_.full()) notices_.add(unknown_field_notice(name));
    if (!value.starts_with('(') && !starts_with_quote(value)) {
      const std::string_view raw = peek_word();
      const std::string_view rest = raw.substr(name.size() + 1);
      return take(raw, Kind::word, is_misspelt ? std::string{rest} : fmt::format("{} {}", name, rest));
    }
    const bool excluded = prefixed_ && tokens_.back().kind == Kind::minus;
    if (!is_misspelt) push(Kind::word, std::string{name});
    if (excluded && !is_misspelt) push(Kind::minus);
    rest_.remove_prefix(name.size() + 1);
    prefixed_ = true;
  }

  std::string_view rest_;
  Notices& notices_;
  bool is_headline_; ///< in which NOT and OR are words
  bool is_pasted_;   ///< in which they are too, and quotes and dashes punctuation
  std::vector<Token> tokens_;
  bool glued_ = false;    ///< right behind quotes, a bracket or a word, without white space
  bool prefixed_ = false; ///< right behind a minus, a field or a comma
  bool in_list_ = false;  ///< in the values of a text field
};

} // namespace

void Notices::add(std::string notice) {
  if (full() || std::ranges::find(list_, notice) != list_.end()) return;
  if (list_.size() + 1 == k_max_notices) notice = "More of the query was not understood and read as plain words.";
  list_.push_back(std::move(notice));
}

bool Notices::full() const { return list_.size() >= k_max_notices; }

std::string sanitized(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Decoded character = decode(text);
    if (!character.code_point)
      clean += k_replacement;
    else if (is_control(*character.code_point))
      clean += ' ';
    else
      clean += text.substr(0, character.length);
    text.remove_prefix(character.length);
  }
  return clean;
}

std::string collapsed(std::string_view text) {
  std::string words;
  words.reserve(text.size());
  while (!text.empty()) {
    if (const std::size_t space = space_length(text)) {
      if (!words.empty() && words.back() != ' ') words += ' ';
      text.remove_prefix(space);
    } else {
      words += text.front();
      text.remove_prefix(1);
    }
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

std::string excerpt(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string{text};
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return fmt::format("{}...", text.substr(0, most));
}

std::string quoted_excerpt(std::string_view text, std::size_t most) {
  return fmt::format("\"{}\"", excerpt(text, most));
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.front() == '\\' || starts_with_quote(text)) out += '\\';
    out += text.front();
  }
  return out + '"';
}

std::vector<Token> tokenize(std::string_view text, Notices& notices) { return Lexer{text, notices}.run(); }

bool is_plain_word(std::string_view word) {
  Notices notices;
  const std::vector<Token> tokens = tokenize(word, notices);
  return notices.list().empty() && tokens.size() == 1 && tokens.front().kind == Kind::word &&
         tokens.front().text == word;
}

bool is_headline_in_capitals(std::string_view text) {
  constexpr std::ptrdiff_t k_least_spaces = 5;
  constexpr std::string_view k_marks = " .,'$%&-<>";
  const auto belongs = [&](char c) { return is_upper(c) || is_digit(c) || k_marks.find(c) != std::string_view::npos; };
  return std::ranges::count(text, ' ') >= k_least_spaces && std::ranges::any_of(text, is_upper) &&
         std::ranges::all_of(text, belongs);
}

bool starts_with_quote(std::string_view text) { return quote_length(text) > 0; }

} // namespace pfind::query
