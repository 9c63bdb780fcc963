#include "corpus/reader/text_line.hpp"

#include <algorithm>
#include <array>

#include "common/text/spaced_writer.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_wide_spaces{"\xc2\xa0"sv, "\xe2\x80\x8b"sv, "\xe2\x80\xaf"sv, "\xe3\x80\x80"sv};
constexpr std::array k_closers{"”"sv, "’"sv, "»"sv, "」"sv, "』"sv, "）"sv, "\""sv, "'"sv, ")"sv, "]"sv};
constexpr std::array k_sentence_ends{"."sv, "!"sv, "?"sv, "…"sv, "。"sv, "！"sv, "？"sv, ":"sv, "："sv};
constexpr std::array k_bullets{"•"sv, "‣"sv, "◦"sv, "▪"sv, "●"sv, "·"sv, "- "sv, "* "sv, "– "sv, "— "sv, "+ "sv};

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

bool may_begin_wide_space(char c) {
  return static_cast<unsigned char>(c) >= 0xc2 && (c == '\xc2' || c == '\xe2' || c == '\xe3');
}

/// Each byte, and a space for white space.
constexpr std::array<char, 256> k_spaced = [] {
  std::array<char, 256> spaced{};
  for (std::size_t c = 0; c < spaced.size(); ++c)
    spaced[c] = is_space(static_cast<char>(c)) ? ' ' : static_cast<char>(c);
  return spaced;
}();

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

template <std::size_t N>
bool remove_prefix(std::string_view& text, const std::array<std::string_view, N>& prefixes) {
  for (const std::string_view prefix : prefixes) {
    if (!text.starts_with(prefix)) continue;
    text.remove_prefix(prefix.size());
    return true;
  }
  return false;
}

template <std::size_t N>
bool remove_suffix(std::string_view& text, const std::array<std::string_view, N>& suffixes) {
  for (const std::string_view suffix : suffixes) {
    if (!text.ends_with(suffix)) continue;
    text.remove_suffix(suffix.size());
    return true;
  }
  return false;
}

} // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    if (is_space(text.front())) {
      text.remove_prefix(1);
    } else if (!may_begin_wide_space(text.front()) || !remove_prefix(text, k_wide_spaces)) {
      break;
    }
  }
  while (!text.empty()) {
    if (is_space(text.back())) {
      text.remove_suffix(1);
    } else if (static_cast<unsigned char>(text.back()) < 0x80 || !remove_suffix(text, k_wide_spaces)) {
      break;
    }
  }
  return text;
}

std::string_view valid_prefix(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  return text.substr(0, size);
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

std::string latin_lower(std::string_view text) {
  std::string folded = ascii_lower(text);
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    if (folded[i] != '\xc3') continue;
    const auto next = static_cast<unsigned char>(folded[i + 1]);
    if (next >= 0x80 && next <= 0x9e) folded[i + 1] = static_cast<char>(next + 0x20);
  }
  return folded;
}

std::string single_spaced(std::string_view text) {
  std::string result(text.size(), '\0');
  text::SpacedWriter writer(result.data());
  while (!text.empty()) {
    if (may_begin_wide_space(text.front()) && remove_prefix(text, k_wide_spaces)) {
      writer.put(' ');
      continue;
    }
    std::size_t size = 0;
    do writer.put(k_spaced[static_cast<unsigned char>(text[size++])]);
    while (size < text.size() && !may_begin_wide_space(text[size]));
    text.remove_prefix(size);
  }
  result.resize(static_cast<std::size_t>(writer.end() - result.data()));
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  lines.reserve(1 + static_cast<std::size_t>(std::ranges::count(text, '\n')));
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::size_t count_words(std::string_view line) {
  std::size_t words = 0;
  std::size_t ideographs = 0;
  bool inside = false;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_space(c)) {
      inside = false;
    } else if (!inside && is_alnum(c)) {
      inside = true;
      ++words;
    }
    ideographs += byte >= 0xe3 && byte <= 0xe9; // lead bytes of U+3000..U+9FFF
  }
  return words + ideographs / 2;
}

bool ends_sentence(std::string_view line) {
  line = trimmed(line);
  while (remove_suffix(line, k_closers)) {
  }
  return remove_suffix(line, k_sentence_ends);
}

bool is_prose(std::string_view line) {
  const std::size_t words = count_words(line);
  return words >= 35 || (words >= 8 && ends_sentence(line));
}

bool is_list_item(std::string_view line) {
  line = trimmed(line);
  std::string_view rest = line;
  if (remove_prefix(rest, k_bullets)) return !trimmed(rest).empty();
  std::size_t digits = 0;
  while (digits < line.size() && digits < 3 && line[digits] >= '0' && line[digits] <= '9') ++digits;
  return digits > 0 && digits < 3 && line.size() > digits + 2 && (line[digits] == '.' || line[digits] == ')') &&
         line[digits + 1] == ' ';
}

std::string comparable(std::string_view line) {
  std::string result;
  bool pending = false;
  for (const char c : line) {
    if (is_alnum(c)) {
      if (pending && !result.empty()) result += ' ';
      pending = false;
      result += c;
    } else {
      pending = true;
    }
  }
  return latin_lower(result);
}

} // namespace pfind::corpus
