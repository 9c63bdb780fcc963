#include "corpus/reader/paragraphs.hpp"

#include <algorithm>
#include <cstddef>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

// Columns are bytes here; that accents count twice does not matter for telling wrapped lines.
constexpr std::size_t k_widest_column = 132;
constexpr std::size_t k_narrowest_column = 40;

bool is_indented(std::string_view line) { return line.starts_with("  ") || line.starts_with('\t'); }

/// Whether `next` goes on with the sentence of `line` because its first word did not fit any more.
bool wraps_into(std::string_view line, std::string_view next, std::size_t width) {
  const std::string_view first_word = next.substr(0, next.find(' '));
  return line.size() + 1 + first_word.size() > width;
}

/// The column at which the text is wrapped, 0 where it is not: nearly every line that another follows must be one that
/// could not have taken that one's first word.
std::size_t wrap_column(const std::vector<std::string_view>& lines) {
  std::size_t width = 0;
  for (const std::string_view line : lines) width = std::max(width, line.size());
  if (width > k_widest_column || width < k_narrowest_column) return 0;
  std::size_t followed = 0;
  std::size_t wrapped = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].empty() || lines[i + 1].empty() || is_list_item(lines[i + 1]) || count_words(lines[i]) < 4) continue;
    ++followed;
    // Some slack, for the width is that of the longest line and not of the page.
    wrapped += wraps_into(lines[i], lines[i + 1], width - std::min<std::size_t>(width / 8, 12));
  }
  return followed >= 3 && wrapped * 10 >= followed * 7 ? width : 0;
}

bool starts_paragraph(std::string_view raw, std::string_view raw_before, std::string_view before, std::size_t width) {
  if (before.empty() || is_list_item(raw)) return true;
  if (is_indented(raw) && !is_indented(raw_before) && !is_list_item(before)) return true; // first-line indent
  return before.size() < width / 2 && ends_sentence(before);
}

} // namespace

std::vector<std::string> split_paragraphs(std::string_view text) {
  const std::vector<std::string_view> raw = split_lines(text);
  std::vector<std::string_view> lines;
  lines.reserve(raw.size());
  for (const std::string_view line : raw) lines.push_back(trimmed(line));
  const std::size_t width = wrap_column(lines);
  std::vector<std::string> paragraphs;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const bool joins = width != 0 && i > 0 && !starts_paragraph(raw[i], raw[i - 1], lines[i - 1], width);
    if (joins && !paragraphs.empty()) {
      paragraphs.back() += ' ' + single_spaced(lines[i]);
    } else {
      paragraphs.push_back(single_spaced(lines[i]));
    }
  }
  return paragraphs;
}

std::string join_paragraphs(const std::vector<std::string>& paragraphs) {
  std::string body;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (i > 0) body += is_list_item(paragraphs[i]) && is_list_item(paragraphs[i - 1]) ? "\n" : "\n\n";
    body += paragraphs[i];
  }
  return body;
}

} // namespace pfind::corpus
