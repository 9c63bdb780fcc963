#include "corpus/reader/text_head.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date_words.hpp"
#include "corpus/reader/furniture.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_head_lines = 40;
constexpr std::size_t k_longest_headline = 240;
constexpr std::size_t k_shortest_headline_words = 4;

/// "Daily Ledger, 28 August 2023": a date behind the last comma or dash.
bool ends_in_date(std::string_view line) {
  for (const std::string_view separator : {", "sv, " – "sv, " — "sv, " - "sv}) {
    for (std::size_t at = line.find(separator); at != std::string_view::npos; at = line.find(separator, at + 1)) {
      if (parse_date(line.substr(at + separator.size()))) return true;
    }
  }
  return false;
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

bool may_be_headline(std::string_view line) {
  return line.size() <= k_longest_headline && !is_list_item(line) && role_of(line) != LineRole::furniture &&
         role_of(line) != LineRole::end_of_text && !dates_of_line(line, DayOrder::customary).any() &&
         !parse_byline(line);
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

} // namespace

std::optional<std::string> end_of_breadcrumb(std::string_view line) {
  for (const std::string_view separator : {"»"sv, "›"sv, " > "sv, "→"sv}) {
    const std::size_t at = line.rfind(separator);
    if (at != std::string_view::npos) return std::string(trimmed(line.substr(at + separator.size())));
  }
  return std::nullopt;
}

bool has_date_label(std::string_view line) {
  const std::string lower = latin_lower(line);
  for (std::size_t at = 0; at < lower.size(); at = lower.find(' ', at) + 1) {
    const DateLabel label = date_label(std::string_view(lower).substr(at));
    if (label.says_published || label.says_updated) return true;
    if (lower.find(' ', at) == std::string::npos) break;
  }
  return false;
}

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

bool is_menu_like(std::string_view line) {
  if (ends_sentence(line)) return false;
  if (count_words(line) < k_shortest_headline_words) return true;
  const auto parts = navigation_parts(line);
  const bool by_dash = line.find(" - ") != std::string_view::npos; // headlines have one dash, menus several
  constexpr std::size_t most_words = 6;
  return parts.size() >= (by_dash ? 3U : 2U) &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view part) { return count_words(part) <= most_words; });
}

std::string site_behind(std::string_view line, std::string_view headline) {
  if (line.size() <= headline.size() || !line.starts_with(headline)) return "";
  const std::string_view rest = trimmed(line.substr(headline.size()));
  for (const std::string_view separator : {"|"sv, "-"sv, "–"sv, "—"sv, "·"sv}) {
    if (rest.starts_with(separator)) return std::string(trimmed(rest.substr(separator.size())));
  }
  return "";
}

bool is_shouted(std::string_view line) {
  return std::ranges::none_of(line, [](char c) { return c >= 'a' && c <= 'z'; });
}

Head::Head(const Lines& lines) : lines_(lines), size_(std::min(lines.size(), k_head_lines)) {
  while (prose_ < lines.size() && !is_running_text(prose_)) ++prose_;
  size_ = std::min(size_, std::max(prose_ + 4, std::size_t{14}));
}

std::optional<std::size_t> Head::headline() const {
  if (const auto repeated = repeated_headline()) return repeated;
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < std::min(size_, prose_); ++i) {
    if (found && is_credit(i)) break;
    if (!may_be_headline(lines_[i]) || is_menu_like(lines_[i])) continue;
    // The one before may have been an item of a menu, or name the section in capitals.
    if (!found || is_below_menu(*found, i) || (is_shouted(lines_[*found]) && !is_shouted(lines_[i]))) found = i;
  }
  return found ? found : short_headline();
}

bool Head::is_dated(std::size_t i) const {
  return i < lines_.size() && dates_of_line(lines_[i], DayOrder::customary).any();
}

bool Head::is_credit(std::size_t i) const {
  return i < lines_.size() && (parse_byline(lines_[i]) || is_dated(i) || is_person_name(lines_[i]));
}

bool Head::is_running_text(std::size_t i) const {
  const std::string& line = lines_[i];
  if (!is_prose(line) || (is_sentence_headline(line) && i + 1 < lines_.size())) return false;
  const LineRole role = role_of(line);
  return role == LineRole::text || role == LineRole::address;
}

/// Whether between two candidates there are items of a menu.
bool Head::is_below_menu(std::size_t first, std::size_t second) const {
  std::size_t items = 0;
  for (std::size_t i = first + 1; i < second; ++i) items += is_menu_like(lines_[i]) && !is_credit(i);
  return items >= 2;
}

std::optional<std::size_t> Head::repeated_headline() const {
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
std::optional<std::size_t> Head::short_headline() const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < std::min(size_, prose_) && lines_.size() > i + 1; ++i) {
    if (is_credit(i) && best) break;
    if (!may_be_headline(lines_[i]) || is_person_name(lines_[i])) continue;
    if (!best || count_words(lines_[i]) > count_words(lines_[*best])) best = i;
  }
  return best;
}

} // namespace pfind::corpus
