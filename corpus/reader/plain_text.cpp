#include "corpus/reader/plain_text.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "corpus/reader/article_lines.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/head_fields.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"
#include "corpus/reader/text_tail.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

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
  take_head(lines, parsed, order);
  take_tail(lines, parsed);
  complete_date(lines, path, parsed);
  complete_outlet(lines, parsed);
  parsed.article.body = join_paragraphs(lines);
  return parsed;
}

} // namespace pfind::corpus
