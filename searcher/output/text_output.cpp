#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <ostream>
#include <span>

#include "common/article_json.hpp"
#include "common/terminal.hpp"
#include "common/text/width.hpp"
#include "searcher/output/formats.hpp"

namespace pfind::searcher {
namespace {

constexpr std::string_view k_indent = "  ";
constexpr std::size_t k_widest_text = 100; // columns; longer lines are tiring to read
constexpr std::size_t k_widest_value = 40; // of a facet, and of what a hit lacks
constexpr std::size_t k_widest_bar = 20;
constexpr std::size_t k_most_copies = 3;     // lines about the copies of a hit
constexpr std::size_t k_most_missing = 8;    // words named of those that a hit lacks
constexpr std::size_t k_narrowest_text = 20; // below this wrapping does more harm than good

struct Palette {
  Style title;
  Style title_match;
  Style match;
  Style detail;
  Style path;
  Style heading;
  Style bar;
};

Palette palette(bool color) {
  if (!color) return {};
  return {.title = {"1"},
          .title_match = {"1;33"},
          .match = {"1;33"},
          .detail = {"2"},
          .path = {"32"},
          .heading = {"1"},
          .bar = {"34"}};
}

std::string for_people(const Date& date) {
  constexpr std::array<std::string_view, 12> k_months{"Jan",  "Feb", "March", "April", "May", "June",
                                                      "July", "Aug", "Sept",  "Oct",   "Nov", "Dec"};
  if (!is_valid(date)) return to_iso(date);
  return fmt::format("{} {} {}", date.day, k_months[static_cast<std::size_t>(date.month - 1)], date.year);
}

// One line of a marked text with its highlights in their style. Each piece is made printable, whatever it came from.
std::string styled_line(const Snippet& marked, text::Span line, Style plain, Style match) {
  std::string out;
  const std::string_view text = marked.text;
  std::size_t at = line.begin;
  for (const Highlight& h : marked.highlights) {
    const std::size_t begin = std::clamp(h.begin, at, line.end);
    const std::size_t end = std::clamp(h.end, begin, line.end);
    if (begin == end) continue;
    out += plain(printable(text.substr(at, begin - at))) + match(printable(text.substr(begin, end - begin)));
    at = end;
  }
  return out + plain(printable(text.substr(at, line.end - at)));
}

std::size_t text_columns(const OutputOptions& options, std::size_t indent) {
  if (options.columns == 0) return 0;
  return std::max(std::min(options.columns, k_widest_text), k_narrowest_text + indent) - indent;
}

void write_marked(std::ostream& out, const Snippet& marked, std::string_view indent, const OutputOptions& options,
                  Style plain, Style match) {
  for (const text::Span line : wrap(marked.text, text_columns(options, indent.size())))
    out << indent << styled_line(marked, line, plain, match) << '\n';
}

void write_title(std::ostream& out, const Hit& hit, const OutputOptions& options, const Palette& colors) {
  Snippet title = hit.title;
  if (title.text.empty()) title = {printable(headline(hit)), {}};
  if (title.text.empty()) title = {"(no headline)", {}};
  write_marked(out, title, "", options, colors.title, colors.title_match);
}

void write_details(std::ostream& out, const Article& article, const OutputOptions& options, const Palette& colors) {
  std::string line;
  const std::string date = article.date ? for_people(*article.date) : std::string();
  for (const std::string& part : {article.outlet, date, joined_authors(article)}) {
    if (part.empty()) continue;
    if (!line.empty()) line += " · ";
    line += printable(part);
  }
  if (line.empty()) return;
  if (options.columns > 0) line = cut_to_width(line, std::max(options.columns, k_narrowest_text));
  out << colors.detail(line) << '\n';
}

void write_missing(std::ostream& out, const std::vector<std::string>& missing, const OutputOptions& options,
                   const Palette& colors) {
  if (missing.empty()) return;
  const std::size_t named = std::min(missing.size(), k_most_missing);
  std::string line;
  for (std::size_t i = 0; i < named; ++i)
    line += (i == 0 ? "lacks: " : ", ") + cut_to_width(printable(missing[i]), k_widest_value);
  if (named < missing.size()) line += fmt::format(" and {} more", missing.size() - named);
  write_marked(out, {line, {}}, k_indent, options, colors.detail, {});
}

std::string short_location(const ArticleLocation& location, const OutputOptions& options) {
  const std::string path = short_path(location.path, options);
  return location.record.empty() ? path : path + '#' + printable(location.record);
}

/// A location in its style, which leads to the file where the terminal can do that.
std::string linked(const ArticleLocation& location, const OutputOptions& options, const Palette& colors) {
  const std::string& path = location.path;
  std::string shown = colors.path(short_location(location, options));
  if (!options.hyperlinks) return shown;
  const std::string full = path.starts_with('/') || options.cwd.empty() ? path : options.cwd + '/' + path;
  return full.starts_with('/') ? hyperlink(file_uri(full), shown) : shown;
}

void write_path(std::ostream& out, const Article& article, const OutputOptions& options, const Palette& colors) {
  out << linked({article.path, article.record}, options, colors) << '\n';
}

/// Where else the article was met, a line each, and the outlets there that are others.
void write_copies(std::ostream& out, const Hit& hit, const OutputOptions& options, const Palette& colors) {
  const std::size_t named = hit.copies.size() <= k_most_copies ? hit.copies.size() : k_most_copies - 1;
  for (const Appearance& copy : std::span(hit.copies).first(named)) {
    out << k_indent << colors.detail("also at ") << linked(copy.location, options, colors);
    const bool is_other = !copy.outlet.empty() && facet_key(copy.outlet) != facet_key(hit.article.outlet);
    if (is_other) out << colors.detail(" · " + cut_to_width(printable(copy.outlet), k_widest_value));
    out << '\n';
  }
  if (named < hit.copies.size())
    out << k_indent << colors.detail(fmt::format("and at {} more places", grouped(hit.copies.size() - named))) << '\n';
}

void write_hit(std::ostream& out, const Hit& hit, const OutputOptions& options, const Palette& colors) {
  write_title(out, hit, options, colors);
  write_details(out, hit.article, options, colors);
  write_marked(out, hit.snippet, k_indent, options, {}, colors.match);
  write_missing(out, hit.missing, options, colors);
  write_path(out, hit.article, options, colors);
  write_copies(out, hit, options, colors);
  for (const std::string& line : hit.explanation) out << k_indent << colors.detail(printable(line)) << '\n';
}

void write_partial_heading(std::ostream& out, const OutputOptions& options, const Palette& colors) {
  write_marked(out, {"Articles with only some of the words:", {}}, "", options, colors.detail, {});
  out << '\n';
}

// The widths of a facet's table.
struct FacetColumns {
  std::size_t value = 0;
  std::size_t count = 0;
  std::size_t bar = 0;
};

FacetColumns facet_columns(const std::vector<std::string>& names, const FacetCounts& facet,
                           const OutputOptions& options) {
  FacetColumns columns;
  for (const std::string& name : names) columns.value = std::max(columns.value, text::display_width(name));
  for (const FacetCount& c : facet.values) columns.count = std::max(columns.count, grouped(c.count).size());
  const std::size_t taken = k_indent.size() + columns.value + 2 + columns.count + 1;
  const std::size_t width = options.columns == 0 ? taken + k_widest_bar : options.columns;
  columns.bar = width > taken ? std::min(width - taken, k_widest_bar) : 0;
  return columns;
}

std::string without_trailing_spaces(std::string text) {
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

void write_facet(std::ostream& out, const FacetCounts& facet, const OutputOptions& options, const Palette& colors) {
  std::vector<std::string> names;
  for (const FacetCount& c : facet.values) names.push_back(cut_to_width(printable(c.value), k_widest_value));
  const FacetColumns columns = facet_columns(names, facet, options);
  std::uint64_t most = 1;
  for (const FacetCount& c : facet.values) most = std::max(most, c.count);
  out << colors.heading(info(facet.field).name) << '\n';
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::uint64_t count = facet.values[i].count;
    const std::string padding(columns.value - text::display_width(names[i]), ' ');
    out << k_indent << names[i] << padding << k_indent << fmt::format("{:>{}}", grouped(count), columns.count);
    const std::string bars = without_trailing_spaces(bar(double(count) / double(most), columns.bar));
    if (!bars.empty()) out << ' ' << colors.bar(bars);
    out << '\n';
  }
  if (facet.distinct > facet.values.size())
    out << k_indent << colors.detail(fmt::format("… and {} more", grouped(facet.distinct - facet.values.size())))
        << '\n';
}

// How many of the hits are shown because they have all that was asked for.
std::size_t full_hits(const Results& results) { return results.hits.size() - results.partial; }

std::string summary_of_full(const Results& results) {
  const std::string total = grouped(results.total);
  const std::string noun = results.total == 1 ? "result" : "results";
  if (full_hits(results) == 0) return fmt::format("{} {}", total, noun);
  const std::size_t first = results.offset + 1;
  const std::size_t last = results.offset + full_hits(results);
  if (first == last) return fmt::format("Result {} of {}", grouped(first), total);
  return fmt::format("Results {}–{} of {}", grouped(first), grouped(last), total);
}

std::string summary(const Results& results) {
  const std::string full = summary_of_full(results);
  return results.partial == 0 ? full : fmt::format("{}, and {} with only some of the words", full, results.partial);
}

bool is_below(const std::string& path, const std::string& folder) {
  return folder.size() > 1 && path.starts_with(folder) && path.size() > folder.size() + 1 && path[folder.size()] == '/';
}

} // namespace

std::string short_path(const std::string& path, const OutputOptions& options) {
  if (is_below(path, options.cwd)) return printable(path.substr(options.cwd.size() + 1));
  if (is_below(path, options.home)) return '~' + printable(path.substr(options.home.size()));
  return printable(path);
}

void write_text(std::ostream& out, const Results& results, const OutputOptions& options) {
  const Palette colors = palette(options.color);
  for (const std::string& line : results.explained) out << colors.detail(printable(line)) << '\n';
  bool separate = !results.explained.empty();
  const auto separator = [&] {
    if (separate) out << '\n';
    separate = true;
  };
  for (std::size_t i = 0; i < results.hits.size(); ++i) {
    separator();
    if (i == full_hits(results)) write_partial_heading(out, options, colors);
    write_hit(out, results.hits[i], options, colors);
  }
  for (const FacetCounts& facet : results.facets) {
    separator();
    write_facet(out, facet, options, colors);
  }
  if (options.terminal) {
    separator();
    write_marked(out, {summary(results), {}}, "", options, colors.detail, {});
  }
}

} // namespace pfind::searcher
