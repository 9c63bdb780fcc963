#include "corpus/reader/html/html.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <utility>

#include "corpus/reader/date.hpp"
#include "corpus/reader/html/content.hpp"
#include "corpus/reader/html/credits.hpp"
#include "corpus/reader/html/metadata.hpp"
#include "corpus/reader/html/page_kind.hpp"
#include "corpus/reader/html/tree.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

constexpr std::size_t k_deepest = 2000; // real pages stay below 100

/// The markup taken off without a tree, for what is nested too deeply to build one.
std::string without_tags(std::string_view html) {
  std::string text;
  while (!html.empty()) {
    const std::size_t open = html.find('<');
    text += html.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = html.find('>', open);
    if (close == std::string_view::npos) break;
    html.remove_prefix(close + 1);
    text += ' ';
  }
  return single_spaced(text);
}

/// Values like "Fish &amp;amp; Chips" that were escaped once too often.
std::string unescaped(const std::string& text) {
  return looks_like_html(text) ? single_spaced(html_to_text(text)) : text;
}

std::string joined(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, "; ")); }

std::string source_of(const std::string& field, const html::Metadata& metadata) {
  const auto source = metadata.sources.find(field);
  return source == metadata.sources.end() ? "the page's data" : source->second;
}

void take_authors(const html::Metadata& metadata, const html::Credits& credits, ParsedArticle& parsed) {
  std::vector<std::string> given;
  for (const std::string& name : metadata.authors) given.push_back(unescaped(name));
  Article& article = parsed.article;
  article.authors = html::names_of_authors(given, article.outlet);
  std::string source = source_of("author", metadata);
  if (article.authors.empty()) {
    article.authors = html::names_of_authors(credits.authors, article.outlet);
    source = "the byline at the headline";
  }
  if (article.authors.empty()) {
    article.authors = html::names_of_authors(metadata.named_authors, article.outlet);
    source = "an element that is called author or byline";
  }
  if (!article.authors.empty()) parsed.notes.found("author", joined(article.authors), source);
}

/// Systems write the year 1 where they know no date.
bool is_plausible(const std::optional<Date>& date) { return date && date->year >= 1500; }

/// Whether two dates lie within two days, as those of one article in two time zones do.
bool is_near(const Date& one, const Date& other) {
  using namespace std::chrono;
  const auto day = [](const Date& d) { return sys_days{year{d.year} / d.month / d.day}; };
  return abs(day(one) - day(other)) <= days{2};
}

/// Remembers a date that only the text can settle.
void note_two_way_date(const std::string& date, ParsedArticle& parsed) {
  const auto day_first = parse_date(date, DayOrder::day_first);
  if (is_plausible(day_first) && day_first != parse_date(date, DayOrder::month_first)) parsed.two_way_date = date;
}

/// The first date of the page that is one, else the one at the headline, else that of the address; a problem if the
/// page gives some and none is.
void take_date(const html::Metadata& metadata, const html::Credits& credits, ParsedArticle& parsed) {
  Article& article = parsed.article;
  std::string source;
  const DayOrder order = day_order_of_language(metadata.language);
  for (const html::FoundDate& found : metadata.dates) {
    if (is_plausible(article.date)) break;
    const std::string date = single_spaced(found.text);
    article.date = parse_date(date, order);
    source = found.source;
    if (order == DayOrder::customary) note_two_way_date(date, parsed);
  }
  if (!is_plausible(article.date)) {
    const auto address = html::date_in_address(article.url);
    // Dates at headlines may be of anything; the address settles it where the two are not of the same days.
    const bool seen = credits.date && (!address || is_near(*credits.date, *address));
    article.date = seen ? credits.date : address;
    source = seen ? "a date at the headline" : "the address";
    if (article.date) parsed.two_way_date.clear();
  }
  if (!is_plausible(article.date)) article.date.reset();
  if (article.date) parsed.notes.found("date", to_iso(*article.date), source);
  if (!article.date && !metadata.dates.empty() && !parse_date(single_spaced(metadata.dates.front().text), order))
    set_date(parsed, metadata.dates.front().text);
}

/// The headline that readers see, unless the page's data has the same words in another form.
void take_title(const html::Metadata& metadata, const html::Credits& credits, ParsedArticle& parsed) {
  const bool seen = !credits.headline.empty() && !metadata.title_is_headline;
  parsed.article.title = seen ? credits.headline : unescaped(metadata.title);
  parsed.notes.found("title", parsed.article.title,
                     seen ? "the heading like the page's title" : source_of("title", metadata));
}

} // namespace

ParsedArticle parse_html(std::string_view page) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  const std::string markup = html::without_code(page);
  if (html::nesting_depth(markup) > k_deepest) {
    article.body = without_tags(markup);
    parsed.problems.push_back(
        fmt::format("elements are nested more than {} deep; only the bare text is indexed", k_deepest));
    return parsed;
  }
  const html::Tree tree(markup);
  const html::Parts parts = html::parts_of(tree);
  const html::Metadata metadata = html::read_metadata(tree, parts);
  const html::Credits credits =
      html::visible_credits(tree, parts, unescaped(metadata.title), day_order_of_language(metadata.language));
  take_title(metadata, credits, parsed);
  article.url = metadata.url;
  article.outlet = unescaped(metadata.outlet);
  article.language = language_code(metadata.language);
  take_authors(metadata, credits, parsed);
  take_date(metadata, credits, parsed);
  for (const auto& [field, value] :
       {std::pair{"url", &article.url}, {"outlet", &article.outlet}, {"language", &article.language}}) {
    if (!value->empty()) parsed.notes.found(field, *value, source_of(field, metadata));
  }
  article.body = html::article_text(tree, parts, {article.title, metadata.description, metadata.body}, parsed.notes);
  if (count_words(article.body) * 3 < count_words(metadata.body)) {
    article.body = html_to_text(metadata.body); // what a script of the page would have shown
    parsed.notes.found("body", article.body.substr(0, article.body.find('\n')), "JSON-LD articleBody");
  }
  parsed.no_article = html::why_no_article(tree, parts, metadata, article.title, article.body);
  return parsed;
}

std::string html_to_text(std::string_view fragment) {
  const std::string markup = html::without_code(fragment);
  return html::nesting_depth(markup) > k_deepest ? without_tags(markup) : html::whole_text(html::Tree(markup));
}

bool looks_like_html(std::string_view text) {
  constexpr std::array<std::string_view, 12> k_tags{"</p>", "<p>",   "<br",       "</a>",    "</div>", "</b>",
                                                    "</i>", "</em>", "</strong>", "</span>", "</li>",  "</h2>"};
  constexpr std::array<std::string_view, 12> k_references{"&amp;",   "&nbsp;",  "&quot;",  "&lt;",
                                                          "&gt;",    "&#",      "&rsquo;", "&lsquo;",
                                                          "&ldquo;", "&rdquo;", "&mdash;", "&ndash;"};
  constexpr std::size_t longest_tag = 9;
  constexpr std::size_t looked_at_for_tags = std::size_t{64} << 10;
  const auto begins_with_one_of = [](const auto& all, std::string_view rest) {
    return std::ranges::any_of(all, [&](std::string_view one) { return rest.starts_with(one); });
  };
  const std::string_view head = text.substr(0, looked_at_for_tags);
  for (std::size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    if (begins_with_one_of(k_tags, ascii_lower(head.substr(at, longest_tag)))) return true;
  }
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    if (begins_with_one_of(k_references, text.substr(at))) return true;
  }
  return false;
}

} // namespace pfind::corpus
