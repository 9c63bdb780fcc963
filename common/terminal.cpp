#include "common/terminal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/text/characters.hpp"
#include "common/text/width.hpp"

namespace pfind {
namespace {

constexpr std::string_view k_ellipsis = "…";
constexpr std::size_t k_default_columns = 80; // of a terminal that does not tell

bool decide(When when, bool found) { return when == When::automatic ? found : when == When::always; }

std::size_t positive_number(std::optional<std::string_view> text) {
  std::size_t n = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), n);
  return n;
}

std::size_t find_columns(int descriptor, bool is_terminal, const TerminalEnvironment& environment) {
  if (const std::size_t n = positive_number(environment.columns); n > 0) return n;
  if (!is_terminal) return 0;
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : k_default_columns;
}

bool holds_controls(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~' || c == '/';
}

// Marks of East Asian scripts that no line begins with.
bool closes(std::string_view cluster) {
  constexpr std::array<std::string_view, 14> k_closing{"、", "。", "，", "．", "！", "？", "：",
                                                       "；", "）", "」", "』", "》", "】", "ー"};
  return std::ranges::find(k_closing, cluster) != k_closing.end();
}

std::string duration(double seconds) {
  const auto s = static_cast<std::uint64_t>(std::ceil(seconds));
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

std::string rate_text(double per_second) {
  if (per_second >= 10) return grouped(static_cast<std::uint64_t>(std::llround(per_second))) + "/s";
  return fmt::format("{:.1f}/s", per_second);
}

// White space that is not just space: tabs and the ends of lines and paragraphs.
bool breaks_line(char32_t c) { return c < 0x20 ? text::is_space(c) : c == 0x85 || c == 0x2028 || c == 0x2029; }

// With one decimal below 100 MB, where it still moves.
std::string megabytes(std::uint64_t bytes) {
  const double mb = double(bytes) / 1e6;
  return mb < 100 ? fmt::format("{:.1f}", mb) : grouped(static_cast<std::uint64_t>(mb));
}

// The parts of a progress line behind the bar, the most important first.
std::vector<std::string> progress_parts(const Progress& p) {
  std::vector<std::string> parts;
  const bool known = p.total > 0;
  const std::uint64_t done = known ? std::min(p.done, p.total) : p.done;
  if (known) parts.push_back(fmt::format("{:3.0f}%", std::floor(100.0 * double(done) / double(p.total))));
  if (p.in_bytes) {
    parts.push_back(known ? megabytes(done) + "/" + megabytes(p.total) + " MB" : megabytes(done) + " MB");
  } else {
    parts.push_back(known ? grouped(done) + "/" + grouped(p.total) : grouped(done));
  }
  if (p.elapsed_seconds <= 0 || done == 0) return parts;
  const double rate = double(done) / p.elapsed_seconds;
  parts.push_back(p.in_bytes ? megabytes(static_cast<std::uint64_t>(rate)) + " MB/s" : rate_text(rate));
  if (known && done < p.total) parts.push_back(duration(double(p.total - done) / rate) + " left");
  return parts;
}

} // namespace

Terminal detect_terminal(int descriptor, const TerminalEnvironment& environment, When color, When hyperlinks) {
  Terminal t;
  t.is_terminal = isatty(descriptor) == 1;
  const bool capable = t.is_terminal && environment.term.value_or("") != "dumb";
  const bool refused = !environment.no_color.value_or("").empty();
  t.color = decide(color, capable && !refused);
  t.hyperlinks = decide(hyperlinks, capable);
  t.columns = find_columns(descriptor, t.is_terminal, environment);
  return t;
}

std::string printable(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const text::Character c = text::character_at(text, at);
    if (!c.valid) {
      text::append_character(line, text::k_replacement);
    } else if (breaks_line(c.code_point)) {
      line += ' ';
    } else if (!text::is_control(c.code_point)) {
      line.append(text, at, c.bytes);
    }
    at += c.bytes;
  }
  return line;
}

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

std::string Style::operator()(std::string_view text) const {
  if (sgr.empty() || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", sgr, text);
}

std::string hyperlink(std::string_view uri, std::string_view text) {
  if (uri.empty() || holds_controls(uri)) return std::string(text);
  return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", uri, text);
}

std::string file_uri(std::string_view absolute_path) {
  std::string uri = "file://";
  for (const char c : absolute_path) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(byte)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", byte);
    }
  }
  return uri;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  std::size_t kept = 0; // bytes that leave room for the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text::cluster_end(text, at);
    width += text::cluster_width(text.substr(at, end - at));
    if (width > columns)
      return columns == 0 ? std::string() : std::string(text.substr(0, kept)) + std::string(k_ellipsis);
    if (width < columns) kept = end;
    at = end;
  }
  return std::string(text);
}

std::vector<text::Span> wrap(std::string_view text, std::size_t columns) {
  std::vector<text::Span> lines;
  if (columns == 0) columns = SIZE_MAX;
  text::Span line;            // being filled, up to its last character that is not a space
  std::size_t width = 0;      // from line.begin to here
  text::Span break_point;     // the last spaces on the line, or empty where it has none
  std::size_t word_width = 0; // from break_point.end to here
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text::cluster_end(text, at);
    const std::string_view cluster = text.substr(at, end - at);
    const std::size_t w = text::cluster_width(cluster);
    if (cluster == " ") {
      if (line.size() == 0) line = {end, end}; // no line begins with spaces
      break_point = {line.end, end};
      word_width = 0;
      width += line.size() == 0 ? 0 : w;
      at = end;
      continue;
    }
    if (w > 1 && line.size() > 0 && !closes(cluster)) {
      break_point = {line.end, at};
      word_width = 0;
    }
    while (width + w > columns && line.size() > 0) { // twice where the word taken along is too long itself
      const bool between_words = break_point.begin > line.begin;
      lines.push_back({line.begin, between_words ? break_point.begin : at});
      line.begin = between_words ? break_point.end : at;
      line.end = std::max(line.begin, line.end);
      width = word_width = between_words ? word_width : 0;
      break_point = {line.begin, line.begin};
    }
    line.end = end;
    width += w;
    word_width += w;
    at = end;
  }
  if (line.size() > 0) lines.push_back(line);
  return lines;
}

std::string progress_line(const Progress& progress, std::size_t columns) {
  constexpr std::size_t k_bar_columns = 20;
  std::string line = printable(progress.label);
  std::size_t left = columns > text::display_width(line) ? columns - text::display_width(line) : 0;
  std::string tail;
  for (const std::string& part : progress_parts(progress)) {
    if (tail.size() + part.size() + 2 > left) break;
    tail += "  " + part;
  }
  left -= std::min(left, tail.size());
  if (progress.total > 0 && left >= k_bar_columns + 4) {
    const double fraction = double(progress.done) / double(progress.total);
    line += "  ▕" + bar(fraction, k_bar_columns) + "▏";
  }
  return cut_to_width(line + tail, columns);
}

std::string bar(double fraction, std::size_t columns) {
  constexpr std::array<std::string_view, 8> k_eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const double clamped = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0.0;
  const auto eighths = static_cast<std::size_t>(std::llround(clamped * double(columns) * 8));
  std::string line;
  for (std::size_t i = 0; i < eighths / 8; ++i) line += "█";
  line += k_eighths[eighths % 8];
  line.append(columns - (eighths + 7) / 8, ' ');
  return line;
}

std::string grouped(std::uint64_t number) {
  const std::string digits = fmt::format("{}", number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

} // namespace pfind
