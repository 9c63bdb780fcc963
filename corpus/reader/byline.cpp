#include "corpus/reader/byline.hpp"

#include <algorithm>
#include <array>

#include "corpus/reader/date.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_openings{"written by "sv, "posted by "sv, "published by "sv, "reported by "sv, "story by "sv,
                                "words by "sv,   "author: "sv,   "authors: "sv,     "author "sv,      "authors "sv,
                                "by: "sv,        "by "sv,        "von "sv,          "par "sv,         "por "sv,
                                "di "sv,         "door "sv,      "autor: "sv,       "auteur : "sv,    "记者 "sv,
                                "記者 "sv,       "作者："sv,     "作者:"sv};
constexpr std::array k_particles{"de"sv, "da"sv,  "del"sv, "della"sv, "di"sv,  "du"sv,  "la"sv,
                                 "le"sv, "van"sv, "von"sv, "der"sv,   "den"sv, "ten"sv, "bin"sv,
                                 "al"sv, "el"sv,  "dos"sv, "y"sv,     "and"sv};
constexpr std::array k_role_words{
    "staff"sv,       "writer"sv, "writers"sv,   "reporter"sv,  "correspondent"sv, "editor"sv, "editorial"sv,
    "contributor"sv, "senior"sv, "associate"sv, "chief"sv,     "columnist"sv,     "desk"sv,   "bureau"sv,
    "journalist"sv,  "in"sv,     "at"sv,        "redaktion"sv, "agencies"sv,      "for"sv,    "reuters"sv};
constexpr std::size_t k_most_name_words = 6;

bool is_upper(char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : single_spaced(text) + ' ') {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

bool is_name(std::string_view text) {
  const auto words = words_of(text);
  if (words.empty() || words.size() > k_most_name_words) return false;
  if (text.find_first_of("0123456789@:!?") != std::string_view::npos) return false;
  return is_upper(words.front().front()) && std::all_of(words.begin(), words.end(), [](const std::string& word) {
           return is_upper(word.front()) || contains(k_particles, word);
         });
}

bool is_role(std::string_view text) {
  const auto words = words_of(ascii_lower(text));
  return !words.empty() && (contains(k_role_words, words.front()) || contains(k_role_words, words.back()));
}

/// The line behind "By", or nothing. "ByAna Ruiz" is how pages come out whose markup separated the two.
std::optional<std::string_view> behind_opening(std::string_view line) {
  const std::string lower = ascii_lower(line.substr(0, 24));
  for (const std::string_view opening : k_openings) {
    if (lower.starts_with(opening)) return trimmed(line.substr(opening.size()));
  }
  if (line.size() > 4 && (line.starts_with("By") || line.starts_with("BY")) && line[2] >= 'A' && line[2] <= 'Z' &&
      line[3] >= 'a') {
    return line.substr(2);
  }
  return std::nullopt;
}

/// Cuts what follows the names: "Ana Ruiz | Reuters", "Ana Ruiz on March 5, 2024", "Ana Ruiz - 4 min read".
std::string_view names_part(std::string_view text) {
  for (const std::string_view separator : {"|"sv, " - "sv, " – "sv, " — "sv, "•"sv, "·"sv, " on "sv, " / "sv, "("sv,
                                           " Published"sv, " Updated"sv, " Posted"sv, " Edited by"sv, " for "sv}) {
    text = text.substr(0, text.find(separator));
  }
  return trimmed(text);
}

std::vector<std::string> split_at(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

/// "DANA WHITE" -> "Dana White": how pages set bylines is not how people are called. Initials and particles stay.
std::string in_mixed_case(const std::string& name) {
  const bool shouted = std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; }) && name.size() > 4 &&
                       name.find(' ') != std::string::npos;
  if (!shouted) return name;
  std::string result = name;
  for (std::size_t i = 1; i < result.size(); ++i) {
    const bool inside =
        (result[i - 1] >= 'A' && result[i - 1] <= 'Z') || (result[i - 1] >= 'a' && result[i - 1] <= 'z');
    if (inside && result[i] >= 'A' && result[i] <= 'Z') result[i] = static_cast<char>(result[i] + ('a' - 'A'));
  }
  return result;
}

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names{std::string(trimmed(text))};
  for (const std::string_view separator : {";"sv, ", "sv, " and "sv, " & "sv, " und "sv, " et "sv, "、"sv}) {
    if (text.find(separator) == std::string_view::npos) continue;
    std::vector<std::string> finer;
    for (const std::string& name : names) {
      for (std::string& part : split_at(name, separator)) finer.push_back(std::move(part));
    }
    names = std::move(finer);
  }
  // These also join the parts of one name, "Ramón y Cajal".
  for (const std::string_view separator : {" y "sv, " e "sv, " en "sv}) {
    if (text.find(separator) == std::string_view::npos) continue;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto parts = split_at(names[i], separator);
      if (parts.size() != 2 || count_words(parts[0]) < 2 || count_words(parts[1]) < 2) continue;
      names[i] = parts[0];
      names.insert(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts[1]);
    }
  }
  for (std::string& name : names) name.resize(std::min(name.find(" in "), name.size()));
  std::erase_if(names, [](const std::string& name) { return name.empty() || is_role(name); });
  for (std::string& name : names) {
    if (name.starts_with("and ")) name.erase(0, 4);
    name = in_mixed_case(name);
  }
  return names;
}

void drop_repeats(std::vector<std::string>& names) {
  std::vector<std::string> kept;
  for (std::string& name : names) {
    if (std::find(kept.begin(), kept.end(), name) == kept.end()) kept.push_back(std::move(name));
  }
  names = std::move(kept);
}

} // namespace

std::optional<std::vector<std::string>> parse_byline(std::string_view line) {
  constexpr std::size_t longest = 120;
  line = trimmed(line);
  const auto rest = behind_opening(line);
  if (!rest || line.size() > longest) return std::nullopt;
  std::string_view part = names_part(*rest);
  while (part.ends_with(',')) part.remove_suffix(1);
  if (ends_sentence(part)) return std::nullopt;
  std::vector<std::string> names = split_names(part);
  if (names.empty() || !std::all_of(names.begin(), names.end(), [](const std::string& n) { return is_name(n); })) {
    return std::nullopt;
  }
  // "By Ana Ruiz, Mannheim": beside full names one word is where they write from, or for whom.
  const auto is_full = [](const std::string& name) {
    return name.find(' ') != std::string::npos || static_cast<unsigned char>(name.front()) >= 0xe3;
  };
  if (is_full(names.front())) std::erase_if(names, [&](const std::string& name) { return !is_full(name); });
  drop_repeats(names);
  return names;
}

std::vector<std::string> split_authors(std::string_view names) {
  const std::string line = single_spaced(names);
  if (auto authors = parse_byline(line)) return *authors;
  std::vector<std::string> authors = split_names(line);
  // "Acme, Inc." and the like are one author: only what splits into full names is split.
  const bool full_names = std::all_of(authors.begin(), authors.end(), [](const std::string& name) {
    return name.find(' ') != std::string::npos || static_cast<unsigned char>(name.front()) >= 0x80;
  });
  if (!full_names && line.find(';') == std::string::npos) authors = {line};
  std::erase_if(authors, [](const std::string& name) { return name.empty() || name.starts_with("http"); });
  drop_repeats(authors);
  return authors;
}

} // namespace pfind::corpus
