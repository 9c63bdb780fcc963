#include "corpus/reader/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/furniture.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_head_lines = 14;
constexpr std::size_t k_longest_headline = 240;
constexpr std::size_t k_shortest_headline_words = 4;

using Lines = std::vector<std::string>;

/// "Home » News » Headline" -> "Headline"
std::optional<std::string> end_of_breadcrumb(std::string_view line) {
  for (const std::string_view separator : {"»"sv, "›"sv, " > "sv, "→"sv}) {
    const std::size_t at = line.rfind(separator);
    if (at != std::string_view::npos) return std::string(trimmed(line.substr(at + separator.size())));
  }
  return std::nullopt;
}

bool is_dateline_word(std::string_view line) {
  const std::string plain = comparable(line);
  return plain.starts_with("updated") || plain.starts_with("last updated") || plain.starts_with("modified");
}

/// "Daily Ledger, 28 August 2023": a date behind the last comma or dash.
bool ends_in_date(std::string_view line) {
  for (const std::string_view separator : {", "sv, " – "sv, " — "sv, " - "sv}) {
    for (std::size_t at = line.find(separator); at != std::string_view::npos; at = line.find(separator, at + 1)) {
      if (parse_date(line.substr(at + separator.size()))) return true;
    }
  }
  return false;
}

/// The date of a line that holds one and little else: "Published: Mar 12, 2024 | 5 min read".
std::optional<Date> date_of_line(std::string_view line) {
  constexpr std::size_t longest = 90;
  if (line.size() > longest || is_prose(line)) return std::nullopt;
  if (const auto date = parse_date(line)) return date;
  const bool labelled = line.find('|') != std::string_view::npos || line.find("•") != std::string_view::npos ||
                        line.find("·") != std::string_view::npos || parse_byline(line).has_value() ||
                        ascii_lower(line).find("published") != std::string::npos ||
                        ascii_lower(line).find("updated") != std::string::npos ||
                        ascii_lower(line).find("posted") != std::string::npos;
  constexpr std::size_t most_words = 16;
  if (count_words(line) > most_words) return std::nullopt;
  return labelled || ends_in_date(line) ? find_date(line) : std::nullopt;
}

/// The parts of a line that lists places of a site: "Front page | Markets", "Daily » Deals".
std::vector<std::string_view> navigation_parts(std::string_view line) {
  std::vector<std::string_view> parts;
  for (const std::string_view separator : {"|"sv, "»"sv, "›"sv, ">"sv, "·"sv, " / "sv, " - "sv}) {
    if (line.find(separator) == std::string_view::npos) continue;
    for (;;) {
      const std::size_t end = line.find(separator);
      parts.push_back(trimmed(line.substr(0, end)));
      if (end == std::string_view::npos) return parts;
      line.remove_prefix(end + separator.size());
    }
  }
  return parts;
}

/// Whether a line leads through a site: a few words by themselves, or several short parts between separators.
bool is_menu_like(std::string_view line) {
  if (ends_sentence(line)) return false;
  if (count_words(line) < k_shortest_headline_words) return true;
  const auto parts = navigation_parts(line);
  const bool by_dash = line.find(" - ") != std::string_view::npos; // headlines have one dash, menus several
  constexpr std::size_t most_words = 6;
  return parts.size() >= (by_dash ? 3U : 2U) &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view part) { return count_words(part) <= most_words; });
}

bool may_be_headline(std::string_view line) {
  return line.size() <= k_longest_headline && !is_list_item(line) && role_of(line) != LineRole::furniture &&
         role_of(line) != LineRole::end_of_text && !date_of_line(line) && !parse_byline(line);
}

/// The head of a text: where headline, byline and date are, as numbers of lines.
class Head {
public:
  explicit Head(const Lines& lines) : lines_(lines), size_(std::min(lines.size(), k_head_lines)) {
    const auto prose = std::find_if(lines.begin(), lines.end(), [](const std::string& line) { return is_prose(line); });
    prose_ = static_cast<std::size_t>(prose - lines.begin());
  }

  /// The line of the headline: the one that the page repeats, else the first above the text that reads like one.
  std::optional<std::size_t> headline() const {
    if (const auto repeated = repeated_headline()) return repeated;
    for (std::size_t i = 0; i < std::min(size_, prose_); ++i) {
      if (may_be_headline(lines_[i]) && !is_menu_like(lines_[i])) return i;
    }
    return short_headline();
  }

  /// Where the running text begins.
  std::size_t prose() const { return prose_; }
  std::size_t size() const { return size_; }

private:
  std::optional<std::size_t> repeated_headline() const {
    for (std::size_t i = 0; i < size_; ++i) {
      if (end_of_breadcrumb(lines_[i])) continue;
      for (std::size_t j = 0; j < i; ++j) {
        const std::string crumb = end_of_breadcrumb(lines_[j]).value_or(lines_[j]);
        if (!is_menu_like(lines_[i]) && may_be_headline(lines_[i]) && comparable(crumb) == comparable(lines_[i]))
          return i;
      }
    }
    return std::nullopt;
  }

  /// A headline of few words counts where the text is right below it.
  std::optional<std::size_t> short_headline() const {
    for (std::size_t i = 0; i < std::min(size_, prose_); ++i) {
      if (may_be_headline(lines_[i]) && lines_.size() > i + 1) return i;
    }
    return std::nullopt;
  }

  const Lines& lines_;
  std::size_t size_;
  std::size_t prose_;
};

void drop_lines(Lines& lines, const std::vector<bool>& dropped) {
  Lines kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!dropped[i]) kept.push_back(std::move(lines[i]));
  }
  lines = std::move(kept);
}

/// "Posted on August 17, 2023 by Ana Ruiz"
std::optional<std::vector<std::string>> byline_behind_date(std::string_view line) {
  const std::size_t at = line.rfind(" by ");
  return at == std::string_view::npos ? std::nullopt : parse_byline(line.substr(at));
}

/// Takes headline, byline and date out of the head of `lines`, and the menu above the headline.
void take_head(Lines& lines, Article& article) {
  const Head head(lines);
  const std::optional<std::size_t> headline = head.headline();
  std::vector<bool> dropped(lines.size(), false);
  if (headline) article.title = lines[*headline];
  const std::string title = comparable(article.title);
  std::optional<Date> updated;
  for (std::size_t i = 0; i < std::min(head.size(), head.prose() + 3); ++i) {
    const std::string& line = lines[i];
    const auto date = date_of_line(line);
    auto authors = article.authors.empty() ? parse_byline(line) : std::nullopt;
    if (!authors && date && article.authors.empty()) authors = byline_behind_date(line);
    if (authors) article.authors = *authors;
    if (date && is_dateline_word(line)) updated = updated ? updated : date;
    if (date && !is_dateline_word(line) && !article.date) article.date = date;
    const bool is_title =
        headline && (comparable(line) == title || comparable(end_of_breadcrumb(line).value_or("")) == title);
    const bool is_menu = headline && i < *headline && is_menu_like(line);
    dropped[i] = authors || date || is_title || is_menu || (i < head.prose() && role_of(line) == LineRole::furniture);
  }
  if (!article.date) article.date = updated;
  drop_lines(lines, dropped);
}

std::size_t prose_words(std::string_view line) { return is_prose(line) ? count_words(line) : 0; }

/// The end of the article: before a heading that opens the page's own parts, where hardly any text follows it.
void cut_tail(Lines& lines) {
  std::size_t all = 0;
  for (const std::string& line : lines) all += prose_words(line);
  std::size_t left = all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && left * 4 <= all && role_of(lines[i]) == LineRole::end_of_text) {
      lines.resize(i);
      break;
    }
    left -= prose_words(lines[i]);
  }
  const auto is_tail = [](const std::string& line) {
    const LineRole role = role_of(line);
    return role != LineRole::text && role != LineRole::address;
  };
  while (!lines.empty() && is_tail(lines.back())) lines.pop_back();
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
void drop_promotion(Lines& lines) {
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
  drop_lines(lines, dropped);
}

/// The date between the place and the dash with which agencies open a story: "LONDON, March 5, 2024 (Agency) - ...".
std::optional<Date> date_of_dateline(std::string_view paragraph) {
  constexpr std::size_t longest = 120;
  const std::string_view head = valid_prefix(paragraph, longest);
  std::size_t end = std::string_view::npos;
  for (const std::string_view dash : {" - "sv, " – "sv, " — "sv, "--"sv, ": "sv, "/ "sv})
    end = std::min(end, head.find(dash));
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view dateline = head.substr(0, end);
  const bool shout = dateline.size() > 3 && std::count_if(dateline.begin(), dateline.begin() + 4, [](unsigned char c) {
                                              return (c >= 'A' && c <= 'Z') || c >= 0x80;
                                            }) >= 1;
  return shout && count_words(dateline) <= 12 ? find_date(dateline) : std::nullopt;
}

std::optional<Date> date_of_file_name(const std::string& path) { return find_date(path.substr(path.rfind('/') + 1)); }

} // namespace

ParsedArticle parse_plain_text(std::string_view text, const std::string& path) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  Lines lines = split_paragraphs(text);
  take_head(lines, article);
  cut_tail(lines);
  drop_promotion(lines);
  if (!article.date) article.date = date_of_file_name(path);
  if (!article.date && !lines.empty()) article.date = date_of_dateline(lines.front());
  article.body = join_paragraphs(lines);
  return parsed;
}

} // namespace pfind::corpus
