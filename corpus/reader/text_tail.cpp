#include "corpus/reader/text_tail.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/furniture.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

std::size_t prose_words(std::string_view line) { return is_prose(line) ? count_words(line) : 0; }

/// "(Reporting by Ana Ruiz in Rome; Editing by Bo Lin)": the names of the reporters, nullopt for other lines.
std::optional<std::vector<std::string>> credit_of(std::string_view line) {
  line = trimmed(line);
  if (line.starts_with('(') && line.ends_with(')')) line = line.substr(1, line.size() - 2);
  constexpr std::string_view opening = "reporting by ";
  constexpr std::size_t longest = 240;
  if (line.size() > longest || !ascii_lower(line.substr(0, opening.size())).starts_with(opening)) return std::nullopt;
  const std::string_view names = line.substr(opening.size());
  return parse_byline("By " + std::string(names.substr(0, names.find_first_of(";."))));
}

void take_credit(Lines& lines, ParsedArticle& parsed, ReadingNotes& tail) {
  for (std::size_t i = lines.size(); i > 0 && i + 6 > lines.size(); --i) {
    const auto names = credit_of(lines[i - 1]);
    if (!names) continue;
    if (parsed.article.authors.empty()) {
      parsed.article.authors = *names;
      parsed.notes.found("author", joined_names(*names), "the credit at the end of the text");
    }
    tail.left_out(lines[i - 1], "a credit");
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i) - 1);
    return;
  }
}

/// The name behind the last copyright sign of a text.
void take_copyright(const Lines& lines, ParsedArticle& parsed) {
  for (std::size_t i = lines.size(); i > 0 && parsed.article.outlet.empty() && i + 20 > lines.size(); --i) {
    parsed.article.outlet = outlet_of_copyright(lines[i - 1]);
    if (!parsed.article.outlet.empty()) parsed.notes.found("outlet", parsed.article.outlet, "the copyright line");
  }
}

/// The end of the article: before a heading that opens the page's own parts, where hardly any text follows it.
void cut_tail(Lines& lines, ReadingNotes& notes) {
  std::size_t all = 0;
  for (const std::string& line : lines) all += prose_words(line);
  std::size_t left = all;
  std::size_t end = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && left * 4 <= all && role_of(lines[i]) == LineRole::end_of_text) {
      end = i;
      break;
    }
    left -= prose_words(lines[i]);
  }
  const auto is_tail = [](const std::string& line) {
    const LineRole role = role_of(line);
    return (role != LineRole::text && role != LineRole::address) || line.starts_with("SOURCE ") ||
           line.starts_with("← ") || line.ends_with(" →") || line.find_first_not_of("0123456789") == std::string::npos;
  };
  while (end > 0 && is_tail(lines[end - 1])) --end;
  for (std::size_t i = end; i < lines.size(); ++i) notes.left_out(lines[i], "the page's own parts behind the article");
  lines.resize(end);
}

bool holds_word(const Lines& lines, std::size_t except, std::string_view word) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i != except && (' ' + comparable(lines[i]) + ' ').find(' ' + ascii_lower(word) + ' ') != std::string::npos)
      return true;
  }
  return false;
}

/// "By AcmeDataHuawei, however, ..." -> "Huawei, however, ...": a credit glued to a sentence. The cut is made only
/// where the word behind it is one that the text has elsewhere.
void unglue_credit(Lines& lines, std::size_t i) {
  const std::string& line = lines[i];
  if (!line.starts_with("By ") || !is_prose(line)) return;
  const std::size_t end = std::min(line.find_first_of(" ,.;:", 3), line.size());
  for (std::size_t at = 4; at < end; ++at) {
    const bool hump = line[at] >= 'A' && line[at] <= 'Z' && line[at - 1] >= 'a' && line[at - 1] <= 'z';
    const std::string_view word = std::string_view(line).substr(at, end - at);
    const std::string_view stem = word.substr(0, word.find("’"));
    if (!hump || !holds_word(lines, i, stem)) continue;
    lines[i] = line.substr(at);
    return;
  }
}

/// Drops promotion between paragraphs: the lines that are unmistakable, and those around them that speak to the reader.
void drop_promotion(Lines& lines, ReadingNotes& notes) {
  std::vector<LineRole> roles;
  for (const std::string& line : lines) roles.push_back(role_of(line));
  std::vector<bool> dropped(lines.size(), false);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (roles[i] == LineRole::furniture) dropped[i] = true;
    if (roles[i] != LineRole::promotion || dropped[i]) continue; // one run is dropped as a whole
    const auto belongs = [&](std::size_t at) {
      return roles[at] != LineRole::text && roles[at] != LineRole::end_of_text;
    };
    for (std::size_t before = i; before > 0 && belongs(before - 1); --before) dropped[before - 1] = true;
    for (std::size_t behind = i; behind < lines.size() && belongs(behind); ++behind) dropped[behind] = true;
  }
  // A label amid promotion is part of it: "Still undecided? Read this".
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    if (dropped[i - 1] && dropped[i + 1] && !is_prose(lines[i])) dropped[i] = true;
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (dropped[i - 1] && !dropped[i]) unglue_credit(lines, i);
  }
  Reasons reasons(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (dropped[i]) reasons[i] = roles[i] == LineRole::furniture ? "the page's furniture" : "promotion";
  drop_lines(lines, reasons, notes);
}

} // namespace

void take_tail(Lines& lines, ParsedArticle& parsed) {
  take_copyright(lines, parsed);
  ReadingNotes tail; // said last, for it is in the order of the text
  cut_tail(lines, tail);
  take_credit(lines, parsed, tail);
  drop_promotion(lines, parsed.notes);
  std::ranges::move(tail.omissions, std::back_inserter(parsed.notes.omissions));
}

} // namespace pfind::corpus
