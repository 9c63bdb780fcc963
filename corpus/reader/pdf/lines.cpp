#include "corpus/reader/pdf/lines.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string_view>

#include "corpus/reader/encoding.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

constexpr double k_edge = 0.1; // of a page's height, above and below
constexpr double k_headline_size = 1.15;

bool goes_on(const PdfLine& line, const PdfWord& word) {
  const double overlap = std::min(line.bottom, word.bottom) - std::max(line.top, word.top);
  const double lower = std::min(line.bottom - line.top, word.bottom - word.top);
  const double gap = word.left - line.right;
  const double size = std::max(line.size, word.size);
  return overlap > lower / 2 && gap > -size && gap < 4 * size;
}

/// Puts the large letter with which a text begins before the rest of its word.
void join_initials(std::vector<PdfLine>& lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    PdfLine& rest = lines[i + 1];
    if (lines[i].text.size() != 1 || lines[i].size < 1.8 * rest.size || rest.left < lines[i].left) continue;
    rest.text = lines[i].text + rest.text;
    lines[i].text.clear();
  }
  std::erase_if(lines, [](const PdfLine& line) { return line.text.empty(); });
}

/// How a line at the edge is compared: digits differ from page to page.
std::string without_digits(std::string_view text) {
  std::string key;
  for (const char c : comparable(text)) {
    if (c < '0' || c > '9') key += c;
  }
  return key;
}

bool is_page_number(std::string_view text) {
  std::string_view words = text;
  while (!words.empty() && (words.front() == '-' || words.front() == '|' || words.front() == ' '))
    words.remove_prefix(1);
  std::string plain = comparable(words);
  if (plain.starts_with("page ")) plain.erase(0, 5);
  const std::size_t longest = std::string_view("1234 of 1234").size();
  if (plain.empty() || plain.size() > longest) return false;
  const bool roman = plain.size() <= 6 && plain.find_first_not_of("ivxl") == std::string::npos;
  if (const std::size_t of = plain.find(" of "); of != std::string::npos) plain.erase(of, 3);
  return roman || (plain.size() <= 9 && plain.find_first_not_of("0123456789 ") == std::string::npos);
}

bool is_at_edge(const PdfLine& line, double height) {
  return line.bottom < height * k_edge * 1.2 || line.top > height * (1 - k_edge);
}

/// Lines of a column as far as they can be seen from one of them: where they begin and end.
struct Column {
  double left;
  double right;
};

Column column_around(const std::vector<PdfLine>& lines, std::size_t at) {
  constexpr std::size_t neighbours = 12;
  const PdfLine& line = lines[at];
  Column column{line.left, line.right};
  const std::size_t begin = at - std::min(at, neighbours);
  for (std::size_t i = begin; i < std::min(lines.size(), at + neighbours); ++i) {
    const PdfLine& other = lines[i];
    const bool beside = other.left > line.right || other.right < line.left;
    if (other.page != line.page || beside || std::abs(other.size - line.size) > line.size / 10) continue;
    if (std::abs(other.left - line.left) > 4 * line.size) continue;
    column.left = std::min(column.left, other.left);
    column.right = std::max(column.right, other.right);
  }
  return column;
}

/// Joins lines to paragraphs.
class Paragraphs {
public:
  explicit Paragraphs(const std::vector<PdfLines>& pages) {
    for (const PdfLines& page : pages) lines_.insert(lines_.end(), page.lines.begin(), page.lines.end());
    for (const PdfLine& line : lines_) note_words(line.text);
    pitch_ = usual_pitch(); // NOLINT(cppcoreguidelines-prefer-member-initializer): of the lines above
  }

  std::vector<std::string> join() {
    std::vector<std::string> paragraphs;
    bool in_list = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (paragraphs.empty() || starts_paragraph(i, in_list)) {
        paragraphs.push_back(lines_[i].text);
        in_list = is_list_item(lines_[i].text);
      } else {
        append(paragraphs.back(), lines_[i].text);
      }
    }
    return paragraphs;
  }

private:
  bool is_below(const PdfLine& line, const PdfLine& before) const {
    return line.page == before.page && line.top > before.top && line.left < before.right && line.right > before.left;
  }

  /// How far apart lines usually are, in units of their size.
  double usual_pitch() const {
    std::map<int, std::size_t> counts;
    constexpr double steps = 20;
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      if (!is_below(lines_[i], lines_[i - 1]) || lines_[i].size <= 0) continue;
      const double pitch = (lines_[i].top - lines_[i - 1].top) / lines_[i].size;
      if (pitch < 3) ++counts[static_cast<int>(std::lround(pitch * steps))];
    }
    const auto most = std::ranges::max_element(counts, {}, [](const auto& count) { return count.second; });
    return most == counts.end() ? 1.2 : most->first / steps;
  }

  bool starts_paragraph(std::size_t i, bool in_list) const {
    const PdfLine& line = lines_[i];
    const PdfLine& before = lines_[i - 1];
    if (std::abs(line.size - before.size) > before.size / 8 || line.bold != before.bold) return true;
    if (is_list_item(line.text)) return true;
    const Column column = column_around(lines_, i - 1);
    const double width = column.right - column.left;
    const bool short_line = before.right < column.right - width / 5;
    if (!is_below(line, before)) return short_line || ends_sentence(before.text);
    if (line.top - before.top > (pitch_ + 0.35) * line.size) return true;
    const bool indented = line.left > before.left + 0.8 * line.size && before.left < column.left + line.size / 2;
    if (indented && !in_list) return true;
    return short_line && ends_sentence(before.text);
  }

  void note_words(std::string_view text) {
    while (!text.empty()) {
      const std::string_view word = text.substr(0, text.find(' '));
      text.remove_prefix(std::min(text.size(), word.size() + 1));
      if (word.size() > 3) words_.insert(comparable(word));
    }
  }

  /// Whether the hyphen at the end of a line belongs to the word: as the document has it elsewhere, else not before a
  /// small letter.
  bool keeps_hyphen(const std::string& before, const std::string& behind, char next) const {
    if (words_.contains(comparable(before + behind))) return false;
    if (words_.contains(comparable(before + '-' + behind))) return true;
    static const std::set<std::string, std::less<>> prefixes{"cross", "non",   "self", "well", "co",   "high", "low",
                                                             "long",  "short", "full", "half", "post", "anti", "so"};
    return next < 'a' || next > 'z' || prefixes.contains(ascii_lower(before));
  }

  void append(std::string& paragraph, const std::string& line) const {
    const std::size_t hyphen = hyphen_length(paragraph);
    if (hyphen == 0) {
      const bool ideographs = paragraph.size() >= 3 &&
                              is_ideograph(std::string_view(paragraph).substr(paragraph.size() - 3)) &&
                              is_ideograph(line);
      paragraph += (ideographs ? "" : " ") + line;
      return;
    }
    const std::size_t begin = paragraph.find_last_of(' ') + 1; // npos + 1 is 0
    const std::string before = paragraph.substr(begin, paragraph.size() - hyphen - begin);
    const std::string behind = line.substr(0, line.find(' '));
    const bool soft = hyphen == 2;
    if (soft || (before.size() > 1 && !keeps_hyphen(before, behind, line.front())))
      paragraph.erase(paragraph.size() - hyphen);
    paragraph += line;
  }

  /// The bytes of a hyphen behind a letter at the end of a text.
  static std::size_t hyphen_length(std::string_view text) {
    for (const std::string_view hyphen : {"-", "\u2010", "\u00ad"}) {
      if (!text.ends_with(hyphen) || text.size() == hyphen.size()) continue;
      const auto letter = static_cast<unsigned char>(text[text.size() - hyphen.size() - 1]);
      return std::isalpha(letter) != 0 || letter >= 0x80 ? hyphen.size() : 0;
    }
    return 0;
  }

  /// Whether text begins with a kana or an ideograph, which no spaces stand between.
  static bool is_ideograph(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    return text.size() >= 3 && lead >= 0xe3 && lead <= 0xe9;
  }

  std::vector<PdfLine> lines_;
  std::set<std::string, std::less<>> words_; // of the whole document, as they are compared
  double pitch_ = 0;
};

} // namespace

PdfLines lines_of(const PdfPage& page, std::size_t number, ReadingNotes& notes) {
  PdfLines result{page.height, {}};
  std::size_t longest = 0; // of the words that the line's size is taken from
  std::string rotated;
  double space_from = 0;
  bool space = false;
  for (const PdfWord& word : page.words) {
    const std::string text = single_spaced(clean(word.text));
    if (text.empty()) continue;
    if (word.rotated) {
      rotated += text + ' ';
      continue;
    }
    if (result.lines.empty() || !goes_on(result.lines.back(), word)) {
      result.lines.push_back({text, word.left, word.top, word.right, word.bottom, word.size, word.bold, number});
      longest = text.size();
    } else {
      PdfLine& line = result.lines.back();
      if (space || word.left - space_from > word.size / 4) line.text += ' ';
      line.text += text;
      line.top = std::min(line.top, word.top);
      line.bottom = std::max(line.bottom, word.bottom);
      line.right = std::max(line.right, word.right);
      line.bold = line.bold && word.bold;
      if (text.size() > longest) line.size = word.size;
      longest = std::max(longest, text.size());
    }
    space = word.space_after;
    space_from = word.right;
  }
  notes.left_out(rotated, "text that stands on its side");
  join_initials(result.lines);
  return result;
}

double body_size(const std::vector<PdfLines>& pages) {
  std::map<long, std::size_t> bytes;
  constexpr double steps = 2;
  for (const PdfLines& page : pages) {
    for (const PdfLine& line : page.lines) bytes[std::lround(line.size * steps)] += line.text.size();
  }
  const auto most = std::ranges::max_element(bytes, {}, [](const auto& size) { return size.second; });
  return most == bytes.end() ? 0 : static_cast<double>(most->first) / steps;
}

std::vector<std::string> drop_page_furniture(std::vector<PdfLines>& pages, ReadingNotes& notes) {
  const double large = body_size(pages) * k_headline_size;
  std::map<std::string, std::set<std::size_t>> pages_with;
  for (const PdfLines& page : pages) {
    for (const PdfLine& line : page.lines) {
      if (is_at_edge(line, page.height)) pages_with[without_digits(line.text)].insert(line.page);
    }
  }
  const std::size_t enough = pages.size() <= 3 ? 2 : std::max<std::size_t>(3, pages.size() / 5);
  std::map<std::string, std::string> dropped;
  for (PdfLines& page : pages) {
    std::erase_if(page.lines, [&](const PdfLine& line) {
      if (!is_at_edge(line, page.height)) return false;
      const std::string key = without_digits(line.text);
      const bool repeated = pages_with[key].size() >= enough && !(line.page == 0 && line.size >= large);
      if (!repeated && !is_page_number(line.text)) return false;
      dropped.emplace(key, line.text);
      return true;
    });
  }
  std::vector<std::string> lines;
  for (const auto& [key, text] : dropped) {
    notes.left_out(text, is_page_number(text) ? "a page number" : "a line at the edge of many pages");
    lines.push_back(text);
  }
  return lines;
}

std::vector<std::string> paragraphs_of(const std::vector<PdfLines>& pages) { return Paragraphs(pages).join(); }

} // namespace pfind::corpus
