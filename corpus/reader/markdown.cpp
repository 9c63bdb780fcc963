#include "corpus/reader/markdown.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/front_matter.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_punctuation(char c) { return c > ' ' && c < 0x7f && !is_word_byte(c); }

/// How far behind its beginning an inline element is looked for: without a bound, a long line of unclosed brackets
/// would take time with its square.
constexpr std::size_t k_longest_inline = 1024;

/// Where the bracket that opens at `at` closes, npos where it does not.
std::size_t closing(std::string_view line, std::size_t at, char open, char close) {
  int depth = 0;
  const std::size_t last = std::min(line.size(), at + k_longest_inline);
  for (std::size_t i = at; i < last; ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == open) {
      ++depth;
    } else if (line[i] == close && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// Writes the text of one line; links within links are read to a small depth only, as nobody nests them.
class InlineText {
public:
  explicit InlineText(std::string_view line, int depth = 0) : line_(line), depth_(depth) {}

  std::string text() {
    while (at_ < line_.size()) {
      if (!(take_escape() || take_code() || take_link() || take_tag() || take_emphasis())) text_ += line_[at_++];
    }
    return std::move(text_);
  }

private:
  bool take_escape() {
    if (line_[at_] != '\\' || at_ + 1 >= line_.size() || !is_punctuation(line_[at_ + 1])) return false;
    text_ += line_[at_ + 1];
    at_ += 2;
    return true;
  }

  bool take_code() {
    if (line_[at_] != '`') return false;
    std::size_t marks = 0;
    while (at_ + marks < line_.size() && line_[at_ + marks] == '`' && marks <= 8) ++marks;
    const std::size_t begin = at_ + marks;
    const std::size_t length = line_.substr(begin, k_longest_inline).find(std::string(marks, '`'));
    if (marks > 8 || length == std::string_view::npos) return false;
    text_ += trimmed(line_.substr(begin, length));
    at_ = begin + length + marks;
    return true;
  }

  /// "[words](address)" and "[words][label]" leave their words, "![description](address)" leaves nothing.
  bool take_link() {
    const bool image = line_.substr(at_).starts_with("![");
    const std::size_t open = image ? at_ + 1 : at_;
    if (line_[open] != '[' || depth_ > 3) return false;
    const std::size_t close = closing(line_, open, '[', ']');
    if (close == std::string_view::npos) return false;
    std::size_t end = close + 1;
    const char next = end < line_.size() ? line_[end] : ' ';
    if (next == '(')
      end = closing(line_, end, '(', ')');
    else if (next == '[')
      end = closing(line_, end, '[', ']');
    else
      return false;
    if (end == std::string_view::npos) return false;
    if (!image) text_ += InlineText(line_.substr(open + 1, close - open - 1), depth_ + 1).text();
    at_ = end + 1;
    return true;
  }

  /// "<https://address>" leaves the address, an HTML tag nothing.
  bool take_tag() {
    if (line_[at_] != '<' || at_ + 1 >= line_.size()) return false;
    const char next = line_[at_ + 1];
    if (!is_word_byte(next) && next != '/' && next != '!') return false;
    const std::size_t length = line_.substr(at_, k_longest_inline).find('>');
    if (length == std::string_view::npos) return false;
    const std::string_view inside = line_.substr(at_ + 1, length - 1);
    if (inside.starts_with("http") || inside.find('@') != std::string_view::npos) text_ += inside;
    at_ += length + 1;
    return true;
  }

  /// A run of marks at the edge of a word. A `_` inside a word and a `*` between spaces are text.
  bool take_emphasis() {
    const char mark = line_[at_];
    if (mark != '*' && mark != '_' && mark != '~') return false;
    std::size_t end = at_;
    while (end < line_.size() && line_[end] == mark) ++end;
    const bool before = at_ > 0 && line_[at_ - 1] != ' ';
    const bool behind = end < line_.size() && line_[end] != ' ';
    const bool inside_word = before && behind && is_word_byte(line_[at_ - 1]) && is_word_byte(line_[end]);
    const bool single_tilde = mark == '~' && end - at_ == 1;
    if ((!before && !behind) || (inside_word && mark == '_') || single_tilde) {
      text_.append(end - at_, mark);
    }
    at_ = end;
    return true;
  }

  std::string_view line_;
  int depth_;
  std::size_t at_ = 0;
  std::string text_;
};

std::size_t heading_level(std::string_view line) {
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  return level > 0 && level <= 6 && (level == line.size() || line[level] == ' ') ? level : 0;
}

bool consists_of(std::string_view line, std::string_view characters, std::size_t least) {
  return line.size() >= least && line.find_first_not_of(characters) == std::string_view::npos;
}

bool is_rule(std::string_view line) {
  return consists_of(line, "- ", 3) || consists_of(line, "* ", 3) || consists_of(line, "_ ", 3);
}
bool is_underline(std::string_view line) { return consists_of(line, "=", 2) || consists_of(line, "-", 2); }
bool is_table_rule(std::string_view line) {
  return consists_of(line, "|-: ", 3) && line.find('-') != std::string_view::npos &&
         line.find('|') != std::string_view::npos;
}
bool is_reference(std::string_view line) {
  return line.starts_with('[') && line.find("]: ") != std::string_view::npos && !line.starts_with("[ ]");
}

std::string table_row(std::string_view line) {
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  std::string row;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('|', begin), line.size());
    const std::string cell = strip_inline_markdown(trimmed(line.substr(begin, end - begin)));
    if (!cell.empty()) row += (row.empty() ? "" : " | ") + cell;
    begin = end + 1;
  }
  return row;
}

/// Turns the lines of a Markdown text into paragraphs. The first heading of level one is the title.
class Blocks {
public:
  explicit Blocks(std::string_view text) : lines_(split_lines(text)) {}

  void read() {
    for (at_ = 0; at_ < lines_.size(); ++at_) read_line(lines_[at_]);
    end_paragraph();
  }

  std::vector<std::string> paragraphs;
  std::string title;

private:
  void read_line(std::string_view raw) {
    std::string_view line = trimmed(raw);
    if (line.starts_with("```") || line.starts_with("~~~")) return toggle_code();
    if (in_code_) return add_paragraph(std::string(raw));
    if (line.starts_with("<!--")) return skip_comment();
    while (line.starts_with('>')) line = trimmed(line.substr(1));
    if (line.empty() || is_table_rule(line) || is_reference(line)) return end_paragraph();
    if (const std::size_t level = heading_level(line)) return add_heading(line.substr(level), level);
    if (!paragraph_.empty() && !in_item_ && is_underline(line)) return underline_heading(line);
    if (is_rule(line)) return end_paragraph();
    if (line.starts_with('|') || (in_table(at_) && line.find('|') != std::string_view::npos))
      return add_paragraph(table_row(line));
    if (is_list_item(line)) return begin_item(line);
    add_text(line, raw);
  }

  bool in_table(std::size_t at) const {
    return (at + 1 < lines_.size() && is_table_rule(trimmed(lines_[at + 1]))) ||
           (at > 0 && is_table_rule(trimmed(lines_[at - 1])));
  }

  void toggle_code() {
    end_paragraph();
    in_code_ = !in_code_;
  }

  void skip_comment() {
    end_paragraph();
    while (at_ < lines_.size() && lines_[at_].find("-->") == std::string_view::npos) ++at_;
  }

  void add_heading(std::string_view text, std::size_t level) {
    end_paragraph();
    text = trimmed(text);
    while (text.ends_with('#')) text.remove_suffix(1);
    take_heading(strip_inline_markdown(trimmed(text)), level);
  }

  void underline_heading(std::string_view line) {
    const std::string text = strip_inline_markdown(paragraph_);
    paragraph_.clear();
    take_heading(text, line.front() == '=' ? 1 : 2);
  }

  void take_heading(std::string text, std::size_t level) {
    if (level == 1 && title.empty() && !text.empty()) {
      title = std::move(text);
    } else {
      add_paragraph(std::move(text));
    }
  }

  void begin_item(std::string_view line) {
    end_paragraph();
    in_item_ = true;
    const bool bullet = line.front() == '-' || line.front() == '*' || line.front() == '+';
    std::string_view text = bullet ? trimmed(line.substr(1)) : line;
    for (const std::string_view box : {"[ ] ", "[x] ", "[X] "}) {
      if (text.starts_with(box)) text.remove_prefix(box.size());
    }
    paragraph_ = (bullet ? "• " : "") + std::string(text);
  }

  void add_text(std::string_view line, std::string_view raw) {
    if (!paragraph_.empty()) paragraph_ += ' ';
    paragraph_ += line;
    if (raw.ends_with("  ") || raw.ends_with('\\')) { // a hard line break
      if (paragraph_.ends_with('\\')) paragraph_.pop_back();
      end_paragraph();
    }
  }

  void end_paragraph() {
    in_item_ = false;
    if (!paragraph_.empty()) add_paragraph(strip_inline_markdown(paragraph_));
    paragraph_.clear();
  }

  void add_paragraph(std::string_view text) {
    if (!trimmed(text).empty()) paragraphs.emplace_back(trimmed(text));
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  std::string paragraph_;
  bool in_item_ = false;
  bool in_code_ = false;
};

using Keys = std::initializer_list<std::string_view>;

void note_front_matter(const FrontMatter& matter, std::string_view field, Keys keys, ReadingNotes& notes) {
  for (const std::string_view key : keys) {
    if (matter.value({key}).empty()) continue;
    return notes.found(field, "", fmt::format("front matter, {}", key));
  }
}

void take_front_matter(const FrontMatter& matter, ParsedArticle& parsed) {
  Article& article = parsed.article;
  const auto value = [&](std::string_view field, Keys keys) {
    note_front_matter(matter, field, keys, parsed.notes);
    return matter.value(keys);
  };
  article.title = value("title", {"title", "headline"});
  article.id = value("id", {"id", "guid"});
  article.url = value("url", {"url", "link", "canonical", "canonical_url", "permalink"});
  article.outlet = value("outlet", {"outlet", "source", "publisher", "publication", "site"});
  if (article.url.empty() && article.outlet.starts_with("http")) article.url.swap(article.outlet);
  article.language = language_code(value("language", {"language", "lang", "locale"}));
  const Keys author_keys{"author", "authors", "byline", "by"};
  note_front_matter(matter, "author", author_keys, parsed.notes);
  for (const std::string& name : matter.values(author_keys)) {
    for (std::string& author : split_authors(name)) article.authors.push_back(std::move(author));
  }
  set_date(parsed, value("date", {"date", "published", "pubdate", "published_at", "publishdate", "created"}));
}

/// Byline and date that stand as text right below the title, for Markdown without front matter.
void take_credits(std::vector<std::string>& paragraphs, ParsedArticle& parsed) {
  Article& article = parsed.article;
  for (std::size_t left = 3; left > 0 && !paragraphs.empty(); --left) {
    const std::string& line = paragraphs.front();
    const auto authors = article.authors.empty() ? parse_byline(line) : std::nullopt;
    const bool short_line = line.size() <= 90 && !is_prose(line);
    const auto date = !article.date && short_line ? (authors ? find_date(line) : parse_date(line)) : std::nullopt;
    if (!authors && !date) return;
    if (authors) {
      article.authors = *authors;
      parsed.notes.found("author", fmt::format("{}", fmt::join(*authors, "; ")), "the byline below the heading");
    }
    if (date) {
      article.date = date;
      parsed.notes.found("date", to_iso(*date), "the date below the heading");
    }
    paragraphs.erase(paragraphs.begin());
  }
}

} // namespace

std::string strip_inline_markdown(std::string_view line) { return single_spaced(InlineText(line).text()); }

ParsedArticle parse_markdown(std::string_view text, const std::string& path) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  const FrontMatter matter = parse_front_matter(text);
  take_front_matter(matter, parsed);
  Blocks blocks(matter.rest);
  blocks.read();
  if (article.title.empty()) {
    article.title = blocks.title;
    if (!article.title.empty()) parsed.notes.found("title", article.title, "the first heading");
  } else if (!blocks.title.empty() && comparable(blocks.title) != comparable(article.title)) {
    blocks.paragraphs.insert(blocks.paragraphs.begin(), blocks.title);
  }
  take_credits(blocks.paragraphs, parsed);
  if (!article.date && parsed.problems.empty()) {
    article.date = find_date(path.substr(path.rfind('/') + 1));
    if (article.date) parsed.notes.found("date", to_iso(*article.date), "the file's name");
  }
  article.body = join_paragraphs(blocks.paragraphs);
  return parsed;
}

} // namespace pfind::corpus
