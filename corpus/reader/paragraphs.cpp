#include "corpus/reader/paragraphs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

// Columns are bytes here; that accents count twice does not matter for telling wrapped lines.
constexpr std::size_t k_widest_column = 132;
constexpr std::size_t k_narrowest_column = 40;

bool is_indented(std::string_view line) { return line.starts_with("  ") || line.starts_with('\t'); }

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// Whether the first word of `next` had no room in `line`.
bool wraps_into(std::string_view line, std::string_view next, std::size_t width) {
  const std::string_view first_word = next.substr(0, next.find(' '));
  return line.size() + 1 + first_word.size() > width;
}

/// Whether a sentence runs from `line` into `next` by all that shows.
bool runs_on(std::string_view line, std::string_view next) { return is_lower(next.front()) && !ends_sentence(line); }

/// A row of a table: a wide gap within the line, or several, that are no ends of sentences.
bool is_table_row(std::string_view line) {
  std::size_t gaps = 0;
  for (std::size_t at = line.find("  "); at != std::string_view::npos && at > 0; at = line.find("  ", at)) {
    const std::size_t end = std::min(line.find_first_not_of(' ', at), line.size());
    if (end - at >= 4) return true;
    if (!ends_sentence(line.substr(0, at))) ++gaps;
    at = end;
  }
  return gaps >= 2;
}

/// A plain text as lines, raw and without the space around them.
struct Lines {
  std::vector<std::string_view> raw;
  std::vector<std::string_view> text;
  bool indents_first_lines = false; ///< an indented line begins a paragraph

  explicit Lines(std::string_view whole) : raw(split_lines(whole)) {
    text.reserve(raw.size());
    for (const std::string_view line : raw) text.push_back(trimmed(line));
  }

  void judge_indents() {
    std::size_t indented = 0;
    std::size_t all = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      all += !text[i].empty();
      indented += !text[i].empty() && is_indented(raw[i]);
    }
    indents_first_lines = indented * 2 < all;
  }
};

/// Some slack, for the width is that of the longest line and not of the page.
std::size_t least_full(std::size_t width) { return width - std::min<std::size_t>(width / 8, 12); }

/// Whether the page put a blank line between any two lines of a paragraph: sentences run on over most of those.
bool is_double_spaced(const std::vector<std::string_view>& lines) {
  std::size_t adjacent = 0;
  std::size_t spaced = 0;
  std::size_t running_on = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    adjacent += !lines[i + 1].empty();
    if (!lines[i + 1].empty() || i + 2 >= lines.size() || lines[i + 2].empty()) continue;
    ++spaced;
    running_on += lines[i].size() <= k_widest_column && runs_on(lines[i], lines[i + 2]);
  }
  return running_on >= 3 && running_on * 5 >= spaced * 2 && adjacent * 5 <= spaced;
}

/// Takes out single blank lines; of several, one stays.
void close_up(Lines& lines) {
  Lines closed{""};
  for (std::size_t i = 0; i < lines.raw.size(); ++i) {
    if (lines.text[i].empty() && (i + 1 == lines.raw.size() || !lines.text[i + 1].empty())) {
      if (i == 0 || !lines.text[i - 1].empty()) continue;
    } else if (lines.text[i].empty()) {
      continue;
    }
    closed.raw.push_back(lines.raw[i]);
    closed.text.push_back(lines.text[i]);
  }
  lines = std::move(closed);
}

bool begins_by_itself(const Lines& lines, std::size_t i) {
  return is_list_item(lines.text[i]) || is_table_row(lines.text[i]) || is_table_row(lines.text[i - 1]) ||
         (lines.indents_first_lines && is_indented(lines.raw[i]));
}

/// The column at which the text is wrapped, 0 where it is not: nearly every line that another follows must be one that
/// could not have taken that one's first word. Where few do, sentences must also run on.
std::size_t wrap_column(const Lines& lines) {
  std::size_t width = 0;
  for (const std::string_view line : lines.text) width = std::max(width, line.size());
  if (width > k_widest_column || width < k_narrowest_column) return 0;
  std::size_t followed = 0;
  std::size_t wrapped = 0;
  std::size_t running_on = 0;
  for (std::size_t i = 0; i + 1 < lines.text.size(); ++i) {
    const std::string_view line = lines.text[i];
    if (line.empty() || lines.text[i + 1].empty() || begins_by_itself(lines, i + 1) || count_words(line) < 4) continue;
    const bool full = wraps_into(line, lines.text[i + 1], least_full(width));
    // A first line may be short by the dateline that stood before it; a word by itself is a mark of the agency.
    const bool says_nothing = ends_sentence(line) ? count_words(lines.text[i + 1]) < 2 : i == 0;
    if (!full && says_nothing) continue;
    ++followed;
    wrapped += full;
    running_on += full && runs_on(line, lines.text[i + 1]);
  }
  if (wrapped * 10 < followed * 7) return 0;
  return followed >= 3 || running_on > 0 ? width : 0;
}

bool starts_paragraph(const Lines& lines, std::size_t i, std::size_t width) {
  const std::string_view before = lines.text[i - 1];
  if (before.empty() || begins_by_itself(lines, i)) return true;
  if (is_indented(lines.raw[i]) && !is_indented(lines.raw[i - 1]) && !is_list_item(before)) return true;
  return before.size() < width / 2 && ends_sentence(before);
}

bool holds_word(std::string_view text, std::string_view word) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && (is_lower(text[at]) || (text[at] >= 'A' && text[at] <= 'Z') || text[at] == '-');
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

/// Joins a line to its paragraph. A hyphen at the line's end stays where the text has the word before it by itself or
/// writes the whole so ("cross-" + "licensing"), and goes where it divides a word ("exam-" + "ple").
void append_line(std::string& paragraph, std::string_view line, std::string_view whole_text) {
  const bool divided = paragraph.size() > 2 && paragraph.back() == '-' && is_lower(paragraph[paragraph.size() - 2]) &&
                       !line.empty() && is_lower(line.front());
  if (!divided) {
    paragraph += ' ' + single_spaced(line);
    return;
  }
  const std::size_t space = paragraph.find_last_of(" -", paragraph.size() - 2);
  const std::string head = paragraph.substr(space == std::string::npos ? 0 : space + 1);
  const std::string stem = head.substr(0, head.size() - 1);
  const std::string tail(line.substr(0, std::min(line.find_first_of(" ,.;:)'\"-"), line.size())));
  constexpr std::array k_prefixes{"cross"sv, "non"sv,  "self"sv, "co"sv,   "anti"sv, "multi"sv, "semi"sv, "long"sv,
                                  "short"sv, "high"sv, "low"sv,  "well"sv, "half"sv, "pre"sv,   "post"sv, "mid"sv,
                                  "year"sv,  "so"sv,   "full"sv, "part"sv, "two"sv,  "three"sv, "five"sv, "ten"sv};
  const bool is_word = std::ranges::find(k_prefixes, ascii_lower(stem)) != k_prefixes.end() ||
                       (stem.size() > 3 && holds_word(whole_text, stem)) || holds_word(whole_text, head + tail);
  if (!is_word || holds_word(whole_text, stem + tail)) paragraph.pop_back();
  paragraph += single_spaced(line);
}

} // namespace

std::vector<std::string> split_paragraphs(std::string_view text) {
  Lines lines(text);
  if (is_double_spaced(lines.text)) close_up(lines);
  lines.judge_indents();
  const std::size_t width = wrap_column(lines);
  std::vector<std::string> paragraphs;
  if (width == 0) paragraphs.reserve(lines.text.size());
  for (std::size_t i = 0; i < lines.text.size(); ++i) {
    if (lines.text[i].empty()) continue;
    const bool joins = width != 0 && i > 0 && !starts_paragraph(lines, i, width);
    if (joins && !paragraphs.empty()) {
      append_line(paragraphs.back(), lines.text[i], text);
    } else {
      paragraphs.push_back(single_spaced(lines.text[i]));
    }
  }
  return paragraphs;
}

std::string join_paragraphs(const std::vector<std::string>& paragraphs) {
  std::string body;
  std::size_t size = 0;
  for (const std::string& paragraph : paragraphs) size += 2 + paragraph.size();
  body.reserve(size);
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (i > 0) body += is_list_item(paragraphs[i]) && is_list_item(paragraphs[i - 1]) ? "\n" : "\n\n";
    body += paragraphs[i];
  }
  return body;
}

} // namespace pfind::corpus
