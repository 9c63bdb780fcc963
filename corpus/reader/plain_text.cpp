#include "corpus/reader/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/date_words.hpp"
#include "corpus/reader/furniture.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_head_lines = 40;
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

/// "Daily Ledger, 28 August 2023": a date behind the last comma or dash.
bool ends_in_date(std::string_view line) {
  for (const std::string_view separator : {", "sv, " – "sv, " — "sv, " - "sv}) {
    for (std::size_t at = line.find(separator); at != std::string_view::npos; at = line.find(separator, at + 1)) {
      if (parse_date(line.substr(at + separator.size()))) return true;
    }
  }
  return false;
}

/// The dates of a line: of publication, and of a change.
struct LineDates {
  std::optional<Date> published;
  std::optional<Date> updated;

  bool any() const { return published || updated; }
};

/// Whether a word of the line announces a date.
bool has_date_label(std::string_view line) {
  const std::string lower = latin_lower(line);
  for (std::size_t at = 0; at < lower.size(); at = lower.find(' ', at) + 1) {
    const DateLabel label = date_label(std::string_view(lower).substr(at));
    if (label.says_published || label.says_updated) return true;
    if (lower.find(' ', at) == std::string::npos) break;
  }
  return false;
}

/// The dates of a line that holds one and little else: "Published: Mar 12, 2024 | 5 min read".
LineDates dates_of_line(std::string_view line, DayOrder order) {
  constexpr std::size_t longest = 140;
  constexpr std::size_t most_words = 20;
  if (line.size() > longest || is_prose(line) || count_words(line) > most_words) return {};
  const bool labelled = line.find('|') != std::string_view::npos || line.find("•") != std::string_view::npos ||
                        line.find("·") != std::string_view::npos || parse_byline(line).has_value() ||
                        has_date_label(line);
  if (!parse_date(line, order) && !labelled && !ends_in_date(line)) return {};
  LineDates dates{find_publication_date(line, order), std::nullopt};
  if (!dates.published) dates.updated = find_date(line, order);
  return dates;
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
         role_of(line) != LineRole::end_of_text && !dates_of_line(line, DayOrder::customary).any() &&
         !parse_byline(line);
}

/// "Acme and Bolt sign a deal - The Post" -> "The Post", where `headline` is what stands before.
std::string site_behind(std::string_view line, std::string_view headline) {
  if (line.size() <= headline.size() || !line.starts_with(headline)) return "";
  const std::string_view rest = trimmed(line.substr(headline.size()));
  for (const std::string_view separator : {"|"sv, "-"sv, "–"sv, "—"sv, "·"sv}) {
    if (rest.starts_with(separator)) return std::string(trimmed(rest.substr(separator.size())));
  }
  return "";
}

/// A question or a full sentence in title case, alone on its line and short: a headline though it ends as sentences do.
bool is_sentence_headline(std::string_view line) {
  constexpr std::size_t most_words = 16;
  const std::size_t words = count_words(line);
  if (words > most_words || line.find(". ") != std::string_view::npos) return false;
  if (line.ends_with('?') || line.ends_with('!')) return true;
  std::size_t capitals = 0;
  for (std::size_t at = 0; at < line.size(); ++at)
    capitals += line[at] >= 'A' && line[at] <= 'Z' && (at == 0 || line[at - 1] == ' ');
  return capitals * 3 >= words * 2;
}

bool is_shouted(std::string_view line) {
  return std::ranges::none_of(line, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The head of a text: where headline, byline and date are, as numbers of lines.
class Head {
public:
  explicit Head(const Lines& lines) : lines_(lines), size_(std::min(lines.size(), k_head_lines)) {
    prose_ = 0;
    while (prose_ < lines.size() && !is_running_text(prose_)) ++prose_;
    size_ = std::min(size_, std::max(prose_ + 4, std::size_t{14}));
  }

  /// The line of the headline: the one that the page repeats, else the first above the text that reads like one.
  std::optional<std::size_t> headline() const {
    if (const auto repeated = repeated_headline()) return repeated;
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < std::min(size_, prose_); ++i) {
      if (found && is_credit(i)) break;
      if (!may_be_headline(lines_[i]) || is_menu_like(lines_[i])) continue;
      if (!found) {
        found = i;
      } else if (is_below_menu(*found, i) || (is_shouted(lines_[*found]) && !is_shouted(lines_[i]))) {
        found = i; // the first was an item of a menu, or names the section in capitals
      }
    }
    return found ? found : short_headline();
  }

  bool is_dated(std::size_t i) const {
    return i < lines_.size() && dates_of_line(lines_[i], DayOrder::customary).any();
  }

  /// Whether a line is a byline or a date.
  bool is_credit(std::size_t i) const {
    return i < lines_.size() && (parse_byline(lines_[i]) || is_dated(i) || is_person_name(lines_[i]));
  }

  /// Where the running text begins.
  std::size_t prose() const { return prose_; }
  std::size_t size() const { return size_; }

private:
  bool is_running_text(std::size_t i) const {
    const std::string& line = lines_[i];
    if (!is_prose(line) || (is_sentence_headline(line) && i + 1 < lines_.size())) return false;
    const LineRole role = role_of(line);
    return role == LineRole::text || role == LineRole::address;
  }

  /// Whether between two candidates there are items of a menu.
  bool is_below_menu(std::size_t first, std::size_t second) const {
    std::size_t items = 0;
    for (std::size_t i = first + 1; i < second; ++i) items += is_menu_like(lines_[i]) && !is_credit(i);
    return items >= 2;
  }

  std::optional<std::size_t> repeated_headline() const {
    for (std::size_t i = 0; i < size_; ++i) {
      if (end_of_breadcrumb(lines_[i]) || is_menu_like(lines_[i]) || !may_be_headline(lines_[i])) continue;
      for (std::size_t j = 0; j < i; ++j) {
        const std::string crumb = end_of_breadcrumb(lines_[j]).value_or(lines_[j]);
        if (comparable(crumb) == comparable(lines_[i]) || !site_behind(lines_[j], lines_[i]).empty() ||
            lines_[j].ends_with("/ " + lines_[i]))
          return i;
      }
    }
    return std::nullopt;
  }

  /// A headline of few words counts where nothing else does: the one with most of them.
  std::optional<std::size_t> short_headline() const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < std::min(size_, prose_) && lines_.size() > i + 1; ++i) {
      if (is_credit(i) && best) break;
      if (!may_be_headline(lines_[i]) || is_person_name(lines_[i])) continue;
      if (!best || count_words(lines_[i]) > count_words(lines_[*best])) best = i;
    }
    return best;
  }

  const Lines& lines_;
  std::size_t size_;
  std::size_t prose_;
};

/// Why each line is dropped; empty where it is not.
using Reasons = std::vector<std::string_view>;

void drop_lines(Lines& lines, const Reasons& reasons, ReadingNotes& notes) {
  Lines kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (reasons[i].empty())
      kept.push_back(std::move(lines[i]));
    else
      notes.left_out(lines[i], reasons[i]);
  }
  lines = std::move(kept);
}

/// "Posted on August 17, 2023 by Ana Ruiz", "Ana Ruiz • 12 March 2024"
std::optional<std::vector<std::string>> byline_beside_date(std::string_view line) {
  for (const std::string_view separator : {"|"sv, "•"sv, "·"sv, " - "sv, ", "sv}) {
    const std::string_view first = trimmed(line.substr(0, line.find(separator)));
    if (first.size() < line.size() && is_person_name(first)) return split_authors(first);
  }
  const std::size_t at = line.rfind(" by ");
  return at == std::string_view::npos ? std::nullopt : parse_byline(line.substr(at));
}

/// "Ana Ruiz", "MARI TANAKA, Staff writer", "Ana Ruiz in Rome and Bo Lin in Oslo", "Ana Ruiz and Bo Lin | The Courier":
/// names without "By", which only a place beside the headline or a date makes a byline.
std::optional<std::vector<std::string>> bare_byline(std::string_view line) {
  const auto authors = parse_byline("By " + std::string(line));
  const auto may_be_person = [](const std::string& name) { return count_words(name) >= 2 && count_words(name) <= 4; };
  if (!authors || line.size() > 100 || !std::ranges::all_of(*authors, may_be_person) ||
      std::ranges::none_of(*authors, is_person_name))
    return std::nullopt;
  return authors;
}

/// "Daily Ledger, 28 August 2023", "Source: Eastern Daily | 2024-03-12": who published it, beside the date.
std::string outlet_beside_date(std::string_view line) {
  const std::string lower = ascii_lower(line.substr(0, 8));
  const bool labelled = lower.starts_with("source:") || lower.starts_with("quelle:");
  if (labelled) line = trimmed(line.substr(7));
  const std::size_t end = labelled ? line.find('|') : line.find(", ");
  const std::string_view name = trimmed(line.substr(0, end));
  const std::size_t words = count_words(name);
  const bool clear = labelled || (words >= 2 && end != std::string_view::npos && parse_date(line.substr(end + 2)));
  const bool fits = words >= 1 && words <= 5 && !is_person_name(name) && !find_date(name) && !has_date_label(name) &&
                    name.front() >= 'A' && name.front() <= 'Z' && !is_shouted(name);
  return clear && fits ? std::string(name) : std::string();
}

std::string joined(const std::vector<std::string>& names) {
  std::string line;
  for (const std::string& name : names) line += (line.empty() ? "" : ", ") + name;
  return line;
}

/// "Title: ...", "Author: ...": a line of the block with which some exports begin a text.
class HeaderBlock {
public:
  explicit HeaderBlock(const Lines& lines) {
    while (size_ < lines.size() && is_entry(lines[size_])) ++size_;
    if (size_ < 2) size_ = 0;
  }

  std::size_t size() const { return size_; }

  static std::optional<std::pair<std::string, std::string>> entry(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string key = comparable(line.substr(0, colon));
    constexpr std::array k_keys{"title"sv,  "headline"sv,  "author"sv,      "authors"sv, "date"sv, "published"sv,
                                "source"sv, "publisher"sv, "publication"sv, "outlet"sv,  "url"sv,  "link"sv};
    if (std::ranges::find(k_keys, key) == k_keys.end()) return std::nullopt;
    return std::pair(key, std::string(trimmed(line.substr(colon + 1))));
  }

private:
  static bool is_entry(std::string_view line) { return entry(line).has_value(); }
  std::size_t size_ = 0;
};

void take_header_block(Lines& lines, ParsedArticle& parsed, DayOrder order) {
  const HeaderBlock block(lines);
  Article& article = parsed.article;
  constexpr std::string_view source = "the lines at the head of the text";
  for (std::size_t i = 0; i < block.size(); ++i) {
    const auto [key, value] = *HeaderBlock::entry(lines[i]);
    if (key == "title" || key == "headline") {
      article.title = value;
      parsed.notes.found("title", value, source);
    } else if (key == "author" || key == "authors") {
      article.authors = split_authors(value);
      parsed.notes.found("author", value, source);
    } else if (key == "date" || key == "published") {
      article.date = find_date(value, order);
      if (article.date) parsed.notes.found("date", to_iso(*article.date), source);
    } else if (key == "url" || key == "link") {
      article.url = value;
      parsed.notes.found("url", value, source);
    } else {
      article.outlet = value;
      parsed.notes.found("outlet", value, source);
    }
  }
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(block.size()));
}

/// Takes headline, byline, date and outlet out of the head of a text, and the menu above the headline.
class HeadTaker {
public:
  HeadTaker(Lines& lines, ParsedArticle& parsed, DayOrder order)
      : lines_(lines), parsed_(parsed), order_(order), reasons_(lines.size()) {}

  void take() {
    const Head head(lines_);
    if (parsed_.article.title.empty()) take_headline(head);
    for (std::size_t i = 0; i < std::min(head.size(), head.prose()); ++i) {
      if (head.is_credit(i)) last_credit_ = i;
    }
    for (std::size_t i = 0; i < std::min(head.size(), head.prose() + 3); ++i) take_line(head, i);
    if (!parsed_.article.date && updated_) set_date(*updated_, "the date of the last change, for there is no other");
    drop_lines(lines_, reasons_, parsed_.notes);
  }

private:
  void take_headline(const Head& head) {
    headline_ = head.headline();
    if (!headline_) return;
    Article& article = parsed_.article;
    article.title = lines_[*headline_];
    // "Headline | Site": only behind a bar, for headlines have dashes of their own.
    const std::size_t bar = article.title.rfind(" | ");
    if (bar != std::string::npos && count_words(article.title.substr(0, bar)) >= k_shortest_headline_words &&
        count_words(article.title.substr(bar)) <= 4) {
      set_outlet(article.title.substr(bar + 3), "the page's title");
      article.title.resize(bar);
    }
    for (std::size_t i = 0; i < *headline_; ++i) set_outlet(site_behind(lines_[i], article.title), "the page's title");
    parsed_.notes.found("title", article.title, "the headline of the text");
  }

  void take_line(const Head& head, std::size_t i) {
    const std::string& line = lines_[i];
    const std::string title = comparable(parsed_.article.title);
    if (headline_ == i) return drop(i, "the headline");
    if (!title.empty() && (comparable(line) == title || comparable(end_of_breadcrumb(line).value_or("")) == title ||
                           !site_behind(line, parsed_.article.title).empty()))
      return drop(i, "the headline once more");
    const LineDates dates = dates_of_line(line, order_);
    if (take_authors(head, i, dates)) drop(i, "the byline");
    if (dates.any()) {
      take_dates(dates, line);
      set_outlet(outlet_beside_date(line), "the line of the date");
      drop(i, "the line of the date");
    }
    if (!reasons_[i].empty()) return;
    if (headline_ && i < *headline_ && (is_menu_like(line) || !is_prose(line))) return drop(i, "above the headline");
    const LineRole role = role_of(line);
    if (i < head.prose() && (role == LineRole::furniture || role == LineRole::promotion))
      drop(i, "the page's furniture");
    if (i < head.prose() && is_note_of_page(i)) drop(i, "a note of the page");
  }

  /// "3 hours ago", "Licensing" or "Courts Correspondent" between headline and text.
  bool is_note_of_page(std::size_t i) const {
    const std::string plain = comparable(lines_[i]);
    const bool below_byline = i > 0 && reasons_[i - 1] == "the byline" && count_words(lines_[i]) <= 4;
    return plain.ends_with(" ago") || (below_byline && !ends_sentence(lines_[i])) ||
           (headline_ && i > *headline_ && i < last_credit_ && count_words(lines_[i]) <= 2);
  }

  bool take_authors(const Head& head, std::size_t i, const LineDates& dates) {
    auto& authors = parsed_.article.authors;
    auto names = parse_byline(lines_[i]);
    if (!names && dates.any()) names = byline_beside_date(lines_[i]);
    const bool beside_date = head.is_dated(i + 1) || (i > 0 && head.is_dated(i - 1));
    if (!names && (i < head.prose() || beside_date) && (!headline_ || i > *headline_)) {
      names = bare_byline(lines_[i]);
      const std::size_t bar = lines_[i].rfind(" | ");
      if (names && bar != std::string::npos && count_words(lines_[i].substr(bar)) <= 4 && !dates.any())
        set_outlet(lines_[i].substr(bar + 3), "the byline of the text");
    }
    if (names && authors.empty()) {
      authors = *names;
      parsed_.notes.found("author", joined(authors), "the byline of the text");
    }
    const std::string plain = comparable(lines_[i]);
    return names || plain == "by staff reporter" || plain == "by staff writer" || plain == "redacción";
  }

  void take_dates(const LineDates& dates, const std::string& line) {
    if (dates.updated && !updated_) updated_ = dates.updated;
    if (!dates.published || parsed_.article.date) return;
    set_date(*dates.published, "the line \"" + line + "\"");
    const bool two_ways = order_ == DayOrder::customary && find_publication_date(line, DayOrder::day_first) !=
                                                               find_publication_date(line, DayOrder::month_first);
    if (two_ways)
      parsed_.problems.push_back("date \"" + line + "\" may be read day first or month first; taken for " +
                                 to_iso(*dates.published));
  }

  void set_date(const Date& date, const std::string& source) {
    parsed_.article.date = date;
    parsed_.notes.found("date", to_iso(date), source);
  }

  void set_outlet(std::string outlet, std::string_view source) {
    if (outlet.empty() || !parsed_.article.outlet.empty()) return;
    parsed_.article.outlet = std::move(outlet);
    parsed_.notes.found("outlet", parsed_.article.outlet, source);
  }

  void drop(std::size_t i, std::string_view reason) {
    if (reasons_[i].empty()) reasons_[i] = reason;
  }

  Lines& lines_;
  ParsedArticle& parsed_;
  DayOrder order_;
  Reasons reasons_;
  std::optional<std::size_t> headline_;
  std::size_t last_credit_ = 0; ///< the last line with byline or date above the text
  std::optional<Date> updated_;
};

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
      parsed.notes.found("author", joined(*names), "the credit at the end of the text");
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

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// What the head did not say: the date from the story's dateline, the file's name, or day and month with a year from
/// there.
void complete_date(Lines& lines, const std::string& path, ParsedArticle& parsed) {
  Article& article = parsed.article;
  const auto set = [&](const std::optional<Date>& date, std::string_view source) {
    if (article.date || !date) return;
    article.date = date;
    parsed.notes.found("date", to_iso(*date), source);
  };
  set(find_date(name_of(path)), "the file's name");
  if (!lines.empty()) set(date_of_dateline(lines.front()), "the dateline of the text");
  const auto year = year_of_file_name(name_of(path));
  for (std::size_t i = 0; year && !article.date && i < std::min<std::size_t>(lines.size(), 4); ++i) {
    set(date_without_year(lines[i], *year), "day and month in the text, the year in the file's name");
    if (!article.date) continue;
    parsed.notes.left_out(lines[i], "the line of the date");
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    break;
  }
}

void complete_outlet(const Lines& lines, ParsedArticle& parsed) {
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 3) && parsed.article.outlet.empty(); ++i) {
    parsed.article.outlet = agency_of_dateline(lines[i]);
    if (!parsed.article.outlet.empty())
      parsed.notes.found("outlet", parsed.article.outlet, "the agency in the dateline of the text");
  }
}

/// The order of day and month in a text: as it shows elsewhere, else, where it matters, by its language.
DayOrder prevailing_order(std::string_view text) {
  constexpr std::size_t head_size = 2048;
  const std::string_view head = valid_prefix(text, head_size);
  if (find_date(head, DayOrder::day_first) == find_date(head, DayOrder::month_first)) return DayOrder::customary;
  const DayOrder shown = day_order_of(text);
  if (shown != DayOrder::customary) return shown;
  const std::string language = detect_language(text);
  return language.empty() || language == "en" ? DayOrder::customary : DayOrder::day_first;
}

} // namespace

ParsedArticle parse_plain_text(std::string_view text, const std::string& path) {
  ParsedArticle parsed;
  Lines lines = split_paragraphs(text);
  const DayOrder order = prevailing_order(text);
  take_header_block(lines, parsed, order);
  HeadTaker(lines, parsed, order).take();
  take_copyright(lines, parsed);
  ReadingNotes tail; // said last, for it is in the order of the text
  cut_tail(lines, tail);
  take_credit(lines, parsed, tail);
  drop_promotion(lines, parsed.notes);
  std::ranges::move(tail.omissions, std::back_inserter(parsed.notes.omissions));
  complete_date(lines, path, parsed);
  complete_outlet(lines, parsed);
  parsed.article.body = join_paragraphs(lines);
  return parsed;
}

} // namespace pfind::corpus
