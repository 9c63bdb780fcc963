#include "corpus/reader/head_fields.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/furniture.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_head.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_shortest_headline_words = 4;

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
  auto authors = parse_byline("By " + std::string(line));
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
      parsed_.notes.found("author", joined_names(authors), "the byline of the text");
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

} // namespace

void take_head(Lines& lines, ParsedArticle& parsed, DayOrder order) {
  take_header_block(lines, parsed, order);
  HeadTaker(lines, parsed, order).take();
}

} // namespace pfind::corpus
