#include "common/text/sentences.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <unicode/uchar.h>

#include "common/text/characters.hpp"

namespace pfind::text {
namespace {

// What a full stop after one of these words means.
enum class Abbreviation {
  inner,    // never ends a sentence: Mr. vs. e.g.
  numeric,  // ends none before a number: No. 5, Sept. 13
  ambiguous // ends one only before a word that often begins sentences: Inc. The
};

struct AbbreviationRow {
  std::string_view word; // as written before the full stop
  Abbreviation kind;
};

// Sorted by the bytes of the word.
constexpr std::array k_abbreviations{
    AbbreviationRow{"A.G", Abbreviation::ambiguous},   AbbreviationRow{"Adm", Abbreviation::inner},
    AbbreviationRow{"Apr", Abbreviation::numeric},     AbbreviationRow{"Art", Abbreviation::numeric},
    AbbreviationRow{"Assn", Abbreviation::ambiguous},  AbbreviationRow{"Atty", Abbreviation::inner},
    AbbreviationRow{"Aug", Abbreviation::numeric},     AbbreviationRow{"Ave", Abbreviation::ambiguous},
    AbbreviationRow{"Bhd", Abbreviation::ambiguous},   AbbreviationRow{"Blvd", Abbreviation::ambiguous},
    AbbreviationRow{"Brig", Abbreviation::inner},      AbbreviationRow{"Bros", Abbreviation::ambiguous},
    AbbreviationRow{"Calif", Abbreviation::ambiguous}, AbbreviationRow{"Capt", Abbreviation::inner},
    AbbreviationRow{"Cie", Abbreviation::ambiguous},   AbbreviationRow{"Cir", Abbreviation::ambiguous},
    AbbreviationRow{"Cmdr", Abbreviation::inner},      AbbreviationRow{"Co", Abbreviation::ambiguous},
    AbbreviationRow{"Col", Abbreviation::inner},       AbbreviationRow{"Colo", Abbreviation::ambiguous},
    AbbreviationRow{"Conn", Abbreviation::ambiguous},  AbbreviationRow{"Corp", Abbreviation::ambiguous},
    AbbreviationRow{"Cos", Abbreviation::ambiguous},   AbbreviationRow{"Dec", Abbreviation::numeric},
    AbbreviationRow{"Del", Abbreviation::ambiguous},   AbbreviationRow{"Dept", Abbreviation::ambiguous},
    AbbreviationRow{"Dist", Abbreviation::ambiguous},  AbbreviationRow{"Dr", Abbreviation::inner},
    AbbreviationRow{"Eq", Abbreviation::numeric},      AbbreviationRow{"Esq", Abbreviation::ambiguous},
    AbbreviationRow{"Feb", Abbreviation::numeric},     AbbreviationRow{"Fed", Abbreviation::ambiguous},
    AbbreviationRow{"Fig", Abbreviation::numeric},     AbbreviationRow{"Figs", Abbreviation::numeric},
    AbbreviationRow{"Fla", Abbreviation::ambiguous},   AbbreviationRow{"Fri", Abbreviation::numeric},
    AbbreviationRow{"Ft", Abbreviation::ambiguous},    AbbreviationRow{"Ga", Abbreviation::ambiguous},
    AbbreviationRow{"Gen", Abbreviation::inner},       AbbreviationRow{"Gov", Abbreviation::inner},
    AbbreviationRow{"Hon", Abbreviation::inner},       AbbreviationRow{"Ill", Abbreviation::ambiguous},
    AbbreviationRow{"Inc", Abbreviation::ambiguous},   AbbreviationRow{"Ind", Abbreviation::ambiguous},
    AbbreviationRow{"Insp", Abbreviation::inner},      AbbreviationRow{"Intl", Abbreviation::ambiguous},
    AbbreviationRow{"Jan", Abbreviation::numeric},     AbbreviationRow{"Jr", Abbreviation::ambiguous},
    AbbreviationRow{"Jul", Abbreviation::numeric},     AbbreviationRow{"Jun", Abbreviation::numeric},
    AbbreviationRow{"Lt", Abbreviation::inner},        AbbreviationRow{"Ltd", Abbreviation::ambiguous},
    AbbreviationRow{"M", Abbreviation::inner},         AbbreviationRow{"Maj", Abbreviation::inner},
    AbbreviationRow{"Mar", Abbreviation::numeric},     AbbreviationRow{"Mass", Abbreviation::ambiguous},
    AbbreviationRow{"Messrs", Abbreviation::inner},    AbbreviationRow{"Mfg", Abbreviation::ambiguous},
    AbbreviationRow{"Mich", Abbreviation::ambiguous},  AbbreviationRow{"Minn", Abbreviation::ambiguous},
    AbbreviationRow{"Mlle", Abbreviation::inner},      AbbreviationRow{"Mme", Abbreviation::inner},
    AbbreviationRow{"Mon", Abbreviation::numeric},     AbbreviationRow{"Mr", Abbreviation::inner},
    AbbreviationRow{"Mrs", Abbreviation::inner},       AbbreviationRow{"Ms", Abbreviation::inner},
    AbbreviationRow{"Mt", Abbreviation::inner},        AbbreviationRow{"Mx", Abbreviation::inner},
    AbbreviationRow{"No", Abbreviation::numeric},      AbbreviationRow{"Nos", Abbreviation::numeric},
    AbbreviationRow{"Nov", Abbreviation::numeric},     AbbreviationRow{"Nr", Abbreviation::numeric},
    AbbreviationRow{"Oct", Abbreviation::numeric},     AbbreviationRow{"Pa", Abbreviation::ambiguous},
    AbbreviationRow{"Ph", Abbreviation::inner},        AbbreviationRow{"Pres", Abbreviation::inner},
    AbbreviationRow{"Prof", Abbreviation::inner},      AbbreviationRow{"Pte", Abbreviation::inner},
    AbbreviationRow{"Pty", Abbreviation::inner},       AbbreviationRow{"Pvt", Abbreviation::inner},
    AbbreviationRow{"Rd", Abbreviation::ambiguous},    AbbreviationRow{"Rep", Abbreviation::inner},
    AbbreviationRow{"Reps", Abbreviation::inner},      AbbreviationRow{"Rev", Abbreviation::inner},
    AbbreviationRow{"Sat", Abbreviation::numeric},     AbbreviationRow{"Sec", Abbreviation::numeric},
    AbbreviationRow{"Sen", Abbreviation::inner},       AbbreviationRow{"Sens", Abbreviation::inner},
    AbbreviationRow{"Sep", Abbreviation::numeric},     AbbreviationRow{"Sept", Abbreviation::numeric},
    AbbreviationRow{"Sgt", Abbreviation::inner},       AbbreviationRow{"Sr", Abbreviation::ambiguous},
    AbbreviationRow{"St", Abbreviation::ambiguous},    AbbreviationRow{"Sun", Abbreviation::numeric},
    AbbreviationRow{"Supt", Abbreviation::inner},      AbbreviationRow{"Tenn", Abbreviation::ambiguous},
    AbbreviationRow{"Tex", Abbreviation::ambiguous},   AbbreviationRow{"Thu", Abbreviation::numeric},
    AbbreviationRow{"Thur", Abbreviation::numeric},    AbbreviationRow{"Thurs", Abbreviation::numeric},
    AbbreviationRow{"Tue", Abbreviation::numeric},     AbbreviationRow{"Tues", Abbreviation::numeric},
    AbbreviationRow{"Univ", Abbreviation::ambiguous},  AbbreviationRow{"Va", Abbreviation::ambiguous},
    AbbreviationRow{"Vol", Abbreviation::numeric},     AbbreviationRow{"Vt", Abbreviation::ambiguous},
    AbbreviationRow{"Wash", Abbreviation::ambiguous},  AbbreviationRow{"Wed", Abbreviation::numeric},
    AbbreviationRow{"Wis", Abbreviation::ambiguous},   AbbreviationRow{"al", Abbreviation::ambiguous},
    AbbreviationRow{"approx", Abbreviation::inner},    AbbreviationRow{"art", Abbreviation::numeric},
    AbbreviationRow{"ca", Abbreviation::inner},        AbbreviationRow{"cf", Abbreviation::inner},
    AbbreviationRow{"ch", Abbreviation::numeric},      AbbreviationRow{"co", Abbreviation::ambiguous},
    AbbreviationRow{"corp", Abbreviation::ambiguous},  AbbreviationRow{"e.g", Abbreviation::inner},
    AbbreviationRow{"eg", Abbreviation::inner},        AbbreviationRow{"est", Abbreviation::numeric},
    AbbreviationRow{"etc", Abbreviation::ambiguous},   AbbreviationRow{"fig", Abbreviation::numeric},
    AbbreviationRow{"i.e", Abbreviation::inner},       AbbreviationRow{"ie", Abbreviation::inner},
    AbbreviationRow{"inc", Abbreviation::ambiguous},   AbbreviationRow{"incl", Abbreviation::inner},
    AbbreviationRow{"ltd", Abbreviation::ambiguous},   AbbreviationRow{"no", Abbreviation::numeric},
    AbbreviationRow{"nos", Abbreviation::numeric},     AbbreviationRow{"p", Abbreviation::numeric},
    AbbreviationRow{"para", Abbreviation::numeric},    AbbreviationRow{"pp", Abbreviation::numeric},
    AbbreviationRow{"sec", Abbreviation::numeric},     AbbreviationRow{"v", Abbreviation::inner},
    AbbreviationRow{"viz", Abbreviation::inner},       AbbreviationRow{"vol", Abbreviation::numeric},
    AbbreviationRow{"vs", Abbreviation::inner},
};
static_assert(std::ranges::is_sorted(k_abbreviations, {}, &AbbreviationRow::word));

// Words that, capitalised after an abbreviation, begin a sentence far more often than they go on a name.
constexpr std::array<std::string_view, 63> k_starters{
    "A",       "About", "According",  "After",  "Also",      "Although", "An",      "And",     "Another",
    "As",      "At",    "Both",       "But",    "By",        "Did",      "During",  "Earlier", "For",
    "From",    "He",    "Her",        "His",    "How",       "However",  "I",       "If",      "In",
    "Instead", "It",    "Its",        "Last",   "Meanwhile", "Most",     "Neither", "Not",     "On",
    "One",     "Our",   "Separately", "Shares", "She",       "Since",    "So",      "Some",    "Such",
    "That",    "The",   "Their",      "Then",   "There",     "These",    "They",    "This",    "Those",
    "Under",   "Until", "We",         "What",   "When",      "Where",    "While",   "With",    "You"};
static_assert(std::ranges::is_sorted(k_starters));

// What follows a.m. and p.m. within the sentence.
constexpr std::array<std::string_view, 23> k_after_hour{
    "BST",    "CEST", "CET", "CST", "Central", "EDT",      "EST",    "ET",       "Eastern", "Friday", "GMT",      "JST",
    "Monday", "PDT",  "PST", "PT",  "Pacific", "Saturday", "Sunday", "Thursday", "Tuesday", "UTC",    "Wednesday"};
static_assert(std::ranges::is_sorted(k_after_hour));

constexpr std::size_t k_longest_abbreviation = 12; // bytes looked at before a full stop

bool is_blank(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const Character c = character_at(line, at);
    if (!is_space(c.code_point)) return false;
    at += c.bytes;
  }
  return true;
}

Span trimmed(std::string_view text, Span span) {
  while (span.begin < span.end) {
    const Character c = character_at(text, span.begin);
    if (!is_space(c.code_point)) break;
    span.begin += c.bytes;
  }
  while (span.begin < span.end) {
    std::size_t last = span.end - 1;
    while (last > span.begin && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    const Character c = character_at(text, last);
    if (!is_space(c.code_point) || last + c.bytes != span.end) break;
    span.end = last;
  }
  return span;
}

bool is_stop(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == U'…' || c == U'‥' || c == U'‼' || c == U'⁇';
}

// Stops that no other use competes for, and that need no space after them.
bool is_full_stop_of_other_scripts(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'｡' || c == U'．' || c == U'؟' || c == U'۔' || c == U'।' ||
         c == U'॥' || c == U'։' || c == U'።' || c == U'။';
}

bool is_closer(char32_t c) {
  if (c == '"' || c == '\'') return true;
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION;
}

bool is_opener(char32_t c) {
  if (c == '"' || c == '\'' || c == U'¿' || c == U'¡') return true;
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
}

bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)) || u_istitle(static_cast<UChar32>(c)); }
bool is_lower(char32_t c) { return u_islower(static_cast<UChar32>(c)); }
bool is_digit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)); }

// The first word behind white space and opening marks, as far as the rules look at it.
struct NextWord {
  bool exists = false;
  bool upper = false; // begins with a capital, or is a name such as iPhone
  bool lower = false; // begins with a small letter
  bool digit = false;
  bool continues = false;   // begins with a mark that goes on with a sentence: , ; : ) -
  std::string_view letters; // of a word in ASCII letters
};

std::string_view ascii_letters(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < 16 && std::isalpha(static_cast<unsigned char>(text[end]))) ++end;
  return text.substr(at, end - at);
}

bool has_inner_capital(std::string_view letters) {
  return letters.size() > 2 && (std::isupper(static_cast<unsigned char>(letters[1])) != 0 ||
                                std::isupper(static_cast<unsigned char>(letters[2])) != 0);
}

NextWord next_word(std::string_view unit, std::size_t at) {
  NextWord next;
  while (at < unit.size()) {
    const Character c = character_at(unit, at);
    if (!is_space(c.code_point) && !is_opener(c.code_point)) break;
    at += c.bytes;
  }
  if (at == unit.size()) return next;
  const char32_t first = character_at(unit, at).code_point;
  next.exists = true;
  next.letters = ascii_letters(unit, at);
  next.upper = is_upper(first) || has_inner_capital(next.letters);
  next.lower = is_lower(first) && !next.upper;
  next.digit = is_digit(first);
  next.continues = first < 0x80
                       ? std::string_view(",;:)]}-/&+=").find(static_cast<char>(first)) != std::string_view::npos
                       : u_charType(static_cast<UChar32>(first)) == U_DASH_PUNCTUATION;
  return next;
}

bool is_starter(const NextWord& next) { return std::ranges::binary_search(k_starters, next.letters); }

// The text before the full stop at `stop`, back to a space or an opening mark, at most k_longest_abbreviation bytes;
// empty where it is longer than that.
std::string_view word_before(std::string_view unit, std::size_t stop) {
  std::size_t begin = stop;
  while (begin > 0 && stop - begin <= k_longest_abbreviation) {
    const char c = unit[begin - 1];
    if (std::string_view(" \t\n\r\f\v([{\"'/-,;").find(c) != std::string_view::npos) break;
    --begin;
  }
  return stop - begin > k_longest_abbreviation ? std::string_view() : unit.substr(begin, stop - begin);
}

std::optional<Abbreviation> abbreviation(std::string_view word) {
  const auto row = std::ranges::lower_bound(k_abbreviations, word, {}, &AbbreviationRow::word);
  if (row == k_abbreviations.end() || row->word != word) return std::nullopt;
  return row->kind;
}

bool is_initial(std::string_view word) { // J
  return !word.empty() && character_at(word, 0).bytes == word.size() && is_upper(character_at(word, 0).code_point);
}

bool is_dotted(std::string_view word) { // U.S  a.m  Ph.D  N.V
  const std::size_t dot = word.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot > 2) return false;
  std::size_t letters = 0;
  for (const char c : word) {
    if (c == '.') {
      letters = 0;
    } else if (!std::isalpha(static_cast<unsigned char>(c)) || ++letters > 2) {
      return false;
    }
  }
  return true;
}

bool is_hour(std::string_view word) { return word == "a.m" || word == "p.m" || word == "A.M" || word == "P.M"; }

bool is_number(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// Whether a full stop after `word` ends the sentence before a next word that could begin one.
bool stop_ends_sentence(std::string_view word, bool word_begins_unit, const NextWord& next) {
  if (word_begins_unit && is_number(word)) return false; // 1. First item
  if (is_hour(word)) return !std::ranges::binary_search(k_after_hour, next.letters);
  if (const auto kind = abbreviation(word)) {
    if (*kind == Abbreviation::inner) return false;
    return *kind == Abbreviation::numeric ? !next.digit : is_starter(next);
  }
  if (is_initial(word) || is_dotted(word)) return is_starter(next) && !next.digit;
  return true;
}

// A run of stops and the closing marks after it.
struct Stop {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool single = true;   // one ASCII full stop
  bool certain = false; // holds a stop of a script that uses it for nothing else
  bool strong = false;  // holds ! or ?
};

Stop read_stop(std::string_view unit, std::size_t at) {
  Stop stop{at, at};
  std::size_t stops = 0;
  while (stop.end < unit.size()) {
    const Character c = character_at(unit, stop.end);
    const bool other = is_full_stop_of_other_scripts(c.code_point);
    if (!other && !is_stop(c.code_point) && !is_closer(c.code_point)) break;
    if (other || is_stop(c.code_point)) ++stops;
    stop.certain = stop.certain || other;
    stop.strong = stop.strong || c.code_point == '!' || c.code_point == '?';
    stop.single = stop.single && (stops < 2) && (c.code_point == '.' || is_closer(c.code_point));
    stop.end += c.bytes;
  }
  return stop;
}

bool ends_sentence(std::string_view unit, std::size_t unit_begin, const Stop& stop) {
  if (stop.end == unit.size()) return true;
  const bool space = is_space(character_at(unit, stop.end).code_point);
  const NextWord next = next_word(unit, stop.end);
  if (!next.exists) return true;
  if (stop.certain) return !next.continues;
  if (!space || next.lower || next.continues) return false;
  if (!stop.single) return true;
  const std::string_view word = word_before(unit, stop.begin);
  const bool begins_unit = !word.empty() && word.data() == unit.data() + unit_begin;
  return stop_ends_sentence(word, begins_unit, next);
}

// Whether a byte is a character that is no stop, as most are; one beyond ASCII has to be looked at.
bool is_inner(char byte) {
  return static_cast<unsigned char>(byte) < 0x80 && byte != '.' && byte != '!' && byte != '?';
}

// Where the first byte from `at` on is that is not inner; `end` where all are.
std::size_t behind_inner(std::string_view text, std::size_t at, std::size_t end) {
  constexpr std::size_t k_together = 16;
  for (; at + k_together <= end; at += k_together) {
    bool all = true;
    for (std::size_t i = 0; i < k_together; ++i) all &= is_inner(text.data()[at + i]);
    if (!all) break;
  }
  while (at < end && is_inner(text[at])) ++at;
  return at;
}

void split_unit(std::string_view text, Span range, std::vector<Span>& out) {
  range = trimmed(text, range);
  const std::string_view unit = text.substr(0, range.end);
  std::size_t begin = range.begin;
  for (std::size_t at = range.begin; at < range.end;) {
    if (at = behind_inner(text, at, range.end); at == range.end) break;
    const Character c = character_at(text, at);
    if (!is_stop(c.code_point) && !is_full_stop_of_other_scripts(c.code_point)) {
      at += c.bytes;
      continue;
    }
    const Stop stop = read_stop(unit, at);
    at = stop.end;
    if (!ends_sentence(unit, range.begin, stop)) continue;
    out.push_back(trimmed(text, {begin, stop.end}));
    begin = stop.end;
  }
  if (const Span rest = trimmed(text, {begin, range.end}); rest.size() > 0) out.push_back(rest);
}

bool begins_list_item(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  const std::string_view rest = line.substr(at);
  for (const std::string_view bullet : {"- ", "* ", "+ ", "• ", "•\t", "– ", "— ", "· ", "▪ ", "‣ ", "◦ ", "● "}) {
    if (rest.starts_with(bullet)) return true;
  }
  std::size_t digits = 0;
  while (digits < rest.size() && std::isdigit(static_cast<unsigned char>(rest[digits]))) ++digits;
  return digits > 0 && digits < 4 && digits + 1 < rest.size() && (rest[digits] == '.' || rest[digits] == ')') &&
         rest[digits + 1] == ' ';
}

// Hard-wrapped text has lines of about the same length: a line end is a wrap where the next word would not have fitted.
constexpr std::size_t k_narrowest_wrap = 40;
constexpr std::size_t k_widest_wrap = 120;

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

bool ends_in_small_letters(std::string_view line) {
  const std::size_t space = line.find_last_of(' ');
  const std::size_t word = space == std::string_view::npos ? 0 : space + 1;
  return is_lower(character_at(line, word).code_point) && std::isalpha(static_cast<unsigned char>(line.back())) != 0;
}

bool line_end_is_wrap(std::string_view line, std::string_view next, std::size_t longest) {
  if (begins_list_item(next)) return false;
  const NextWord word = next_word(next, 0);
  if (word.lower || line.ends_with(',') || line.ends_with(';')) return true;
  if (longest < k_narrowest_wrap || longest > k_widest_wrap) return false;
  if (indentation(next) > indentation(line) + 1) return false;                    // a paragraph begins
  if (line.size() >= longest * 3 / 4 && ends_in_small_letters(line)) return true; // "... based in San Francisco and"
  const std::size_t first_word = indentation(next);
  const std::size_t word_end = std::min(next.find(' ', first_word), next.size());
  return line.size() + 1 + (word_end - first_word) > longest;
}

// `lines`: those of one paragraph with their indentation, none blank.
void split_paragraph(std::string_view text, const std::vector<Span>& lines, std::vector<Span>& out) {
  std::size_t longest = 0;
  for (const Span line : lines) longest = std::max(longest, line.size());
  for (std::size_t i = 0; i < lines.size();) {
    Span unit = lines[i++];
    while (i < lines.size() && line_end_is_wrap(lines[i - 1].of(text), lines[i].of(text), longest))
      unit.end = lines[i++].end;
    split_unit(text, unit, out);
  }
}

} // namespace

std::vector<Span> sentences(std::string_view text) {
  std::vector<Span> out;
  std::vector<Span> paragraph;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const Span line{at, end};
    at = end + 1;
    if (!is_blank(line.of(text))) {
      paragraph.push_back({line.begin, trimmed(text, line).end});
      continue;
    }
    split_paragraph(text, paragraph, out);
    paragraph.clear();
  }
  split_paragraph(text, paragraph, out);
  return out;
}

} // namespace pfind::text
