#include "corpus/reader/html/credits.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/text_evidence.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

using namespace std::string_view_literals;

std::set<std::string> words_of(std::string_view text) {
  const std::string plain = comparable(text);
  std::set<std::string> words;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', at), plain.size());
    words.insert(plain.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The share of words that two headlines have in common.
double likeness(std::string_view one, std::string_view other) {
  const auto a = words_of(one);
  const auto b = words_of(other);
  if (a.empty() || b.empty()) return 0;
  const auto both = static_cast<double>(std::ranges::count_if(a, [&](const std::string& w) { return b.contains(w); }));
  return both / static_cast<double>(std::min(a.size(), b.size()));
}

bool is_heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H3; }

bool is_of_other_articles(Part part) {
  constexpr std::array parts{Part::teaser, Part::related, Part::comments, Part::menu, Part::foot, Part::advert};
  return std::ranges::find(parts, part) != parts.end();
}

/// The first heading like the title; first-level ones are preferred. The number of blocks where there is none.
std::size_t find_headline(const std::vector<Block>& blocks, std::string_view title) {
  constexpr double alike = 0.6;
  std::size_t found = blocks.size();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (!is_heading(block.tag) || is_of_other_articles(block.part) || likeness(block.text, title) < alike) continue;
    if (block.tag == GUMBO_TAG_H1) return i;
    found = std::min(found, i);
  }
  return found;
}

void take_credits(std::string_view text, DayOrder order, Credits& credits) {
  constexpr std::size_t most_words = 25;
  if (count_words(text) > most_words) return;
  for (const std::string_view line : split_lines(text)) {
    if (credits.authors.empty()) {
      if (auto names = parse_byline(line)) credits.authors = std::move(*names);
    }
    if (!credits.date && !ends_sentence(line)) credits.date = find_publication_date(line, order);
  }
}

bool is_account(std::string_view name, std::string_view outlet) {
  constexpr std::array accounts{"admin"sv,  "administrator"sv, "editor"sv,   "staff"sv,     "webmaster"sv, "guest"sv,
                                "author"sv, "user"sv,          "newsroom"sv, "redaktion"sv, "redaction"sv};
  const std::string plain = comparable(name);
  return plain.empty() || std::ranges::find(accounts, plain) != accounts.end() ||
         name.find("://") != std::string_view::npos || name.starts_with("www.") || name.starts_with('@') ||
         plain == comparable(outlet) || plain.ends_with(" staff") || plain.ends_with("admin") ||
         plain.ends_with(" newsroom") || name.find_first_of("0123456789") != std::string_view::npos;
}

bool is_domain(std::string_view name) {
  return name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos;
}

/// "MS, RD": letters behind a name.
bool is_degrees(std::string_view text) {
  return text.size() <= 12 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ, .hD") == std::string_view::npos;
}

/// "Futurism", "example.com", "Example Press": whom somebody works for, as it stands behind a name and a comma.
bool is_employer(std::string_view text) {
  constexpr std::array media{"press"sv,   "news"sv,   "times"sv,   "post"sv,     "daily"sv,   "tribune"sv,   "agency"sv,
                             "journal"sv, "herald"sv, "gazette"sv, "magazine"sv, "network"sv, "chronicle"sv, "wire"sv};
  if (count_words(text) == 1) return true;
  const std::string plain = ascii_lower(text);
  return std::ranges::any_of(media, [&](std::string_view word) {
    return plain.ends_with(' ' + std::string(word)) || plain.starts_with(std::string(word) + ' ');
  });
}

/// What follows a name: "Ana Ruiz, Example Daily", "Ana Ruiz | Example Daily", "Ana Ruiz @anaruiz 3 min read".
std::string_view without_affiliation(std::string_view name) {
  for (const std::string_view mark : {" | "sv, " @"sv, " / "sv, " ("sv}) {
    const std::size_t at = name.find(mark);
    if (at != std::string_view::npos && at > 5) name = name.substr(0, at);
  }
  // "Ana Ruiz. Example Daily", but not "Ana B. Ruiz"
  const std::size_t stop = name.find(". ");
  if (stop != std::string_view::npos && stop - std::min(stop, name.rfind(' ', stop) + 1) > 3)
    name = name.substr(0, stop);
  const std::size_t comma = name.find(", ");
  if (comma != std::string_view::npos) {
    const std::string_view tail = name.substr(comma + 2);
    // "Ana Ruiz, Futurism", but not "Ruiz, Ana"
    if (is_degrees(tail) || (is_person_name(name.substr(0, comma)) && is_employer(tail))) name = name.substr(0, comma);
  }
  return trimmed(name);
}

/// "/2023/sep/14/"
std::optional<Date> named_month(std::string_view path) {
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    const std::size_t month = path.find('/', at + 1);
    const std::size_t day = month == std::string_view::npos ? std::string_view::npos : path.find('/', month + 1);
    if (day == std::string_view::npos || month - at != 5) continue;
    const std::string_view number = path.substr(day + 1, path.substr(day + 1).find('/'));
    std::string text(number);
    text.append(" ").append(path.substr(month + 1, day - month - 1)).append(" ").append(path.substr(at + 1, 4));
    if (const auto date = parse_date(text)) return date;
  }
  return std::nullopt;
}

} // namespace

Credits visible_credits(const Tree& tree, const Parts& parts, std::string_view title, DayOrder order) {
  constexpr std::size_t before = 4;
  constexpr std::size_t behind = 14;
  Credits credits;
  const std::vector<Block> blocks = blocks_of(tree, parts);
  const std::size_t headline = find_headline(blocks, title);
  if (headline == blocks.size()) return credits;
  credits.headline = single_spaced(blocks[headline].text);
  for (std::size_t i = headline + 1; i < std::min(headline + behind, blocks.size()); ++i) {
    if (!is_of_other_articles(blocks[i].part)) take_credits(blocks[i].text, order, credits);
  }
  for (std::size_t i = headline; i > headline - std::min(headline, before); --i) {
    if (!is_of_other_articles(blocks[i - 1].part)) take_credits(blocks[i - 1].text, order, credits);
  }
  return credits;
}

std::optional<Date> date_in_address(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos) return std::nullopt;
  const auto date = find_date(url.substr(path));
  return date ? date : named_month(url.substr(path));
}

std::vector<std::string> names_of_authors(const std::vector<std::string>& given, std::string_view outlet) {
  std::vector<std::string> names;
  for (const std::string& line : given) {
    std::string_view name = without_affiliation(trimmed(line));
    if (ascii_lower(name.substr(0, 12)) == "analysis by ") name.remove_prefix(12);
    std::vector<std::string> authors = split_authors(name);
    // Beside names an agency is where they work; alone it is the author.
    if (authors.empty() && comparable(name) == "reuters" && comparable(outlet) != "reuters") authors = {"Reuters"};
    for (std::string& author : authors) {
      const bool known = std::ranges::find(names, author) != names.end();
      // Behind the first name, one that the outlet's name holds is where the author works.
      const std::string plain = comparable(author);
      const bool within = count_words(author) > 1 && comparable(outlet).find(plain) != std::string::npos;
      const bool works_there =
          !names.empty() && !outlet.empty() &&
          (plain.find(comparable(outlet)) != std::string_view::npos || within || is_domain(author));
      if (!known && !works_there && !is_account(author, outlet) && count_words(author) <= 7) {
        names.push_back(std::move(author));
      }
    }
  }
  return names;
}

} // namespace pfind::corpus::html
