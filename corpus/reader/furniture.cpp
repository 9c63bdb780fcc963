#include "corpus/reader/furniture.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "corpus/reader/furniture_phrases.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_longest_heading_words = 12;
constexpr std::size_t k_longest_notice_words = 45;

template <std::size_t N>
bool is_one_of(std::string_view line, const std::array<std::string_view, N>& phrases) {
  return std::find(phrases.begin(), phrases.end(), line) != phrases.end();
}

template <std::size_t N>
bool begins_with_one_of(std::string_view line, const std::array<std::string_view, N>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view p) { return line.starts_with(p); });
}

template <std::size_t N>
bool holds_one_of(std::string_view line, const std::array<std::string_view, N>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view p) { return line.find(p) != std::string_view::npos; });
}

/// Names of networks and words of buttons, as share bars string them together: "Share Tweet Pin Email".
bool is_share_bar(std::string_view line) {
  constexpr std::size_t most_words = 12;
  constexpr std::array buttons{"share"sv,    "tweet"sv,     "pin"sv,       "email"sv,    "facebook"sv, "twitter"sv,
                               "whatsapp"sv, "linkedin"sv,  "reddit"sv,    "telegram"sv, "copy"sv,     "link"sv,
                               "print"sv,    "pinterest"sv, "instagram"sv, "mastodon"sv};
  std::size_t words = 0;
  std::size_t found = 0;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    words += word != "•" && word != "·";
    found += is_one_of(word, buttons);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return found >= 2 && words <= most_words && found * 2 >= words;
}

/// "© The Ledger", "Copyright 2024 Acme", "Copyright The Ledger. All rights reserved."; not "Copyright reform stalls".
bool is_copyright(std::string_view raw, std::string_view plain) {
  if (raw.starts_with("©")) return true;
  if (!plain.starts_with("copyright ")) return false;
  const bool dated = plain.find(" 19") != std::string_view::npos || plain.find(" 20") != std::string_view::npos;
  return plain.find("rights reserved") != std::string_view::npos || (dated && !is_prose(raw));
}

/// A label with a colon or bar and what it is of: "Tags: Acme, Bolt", "Image: Acme", "Also Read | Why royalties
/// matter".
bool is_labelled(std::string_view raw) {
  constexpr std::array labels{
      "tags"sv,         "tag"sv,         "topics"sv,       "keywords"sv,       "image"sv,      "photo"sv,
      "picture"sv,      "foto"sv,        "bild"sv,         "photos"sv,         "credit"sv,     "editor"sv,
      "edited by"sv,    "also read"sv,   "read more"sv,    "read also"sv,      "see also"sv,   "related"sv,
      "category"sv,     "categories"sv,  "filed under"sv,  "posted in"sv,      "disclaimer"sv, "read"sv,
      "watch"sv,        "listen"sv,      "more"sv,         "lesen sie auch"sv, "lire aussi"sv, "à lire aussi"sv,
      "lea también"sv,  "leggi anche"sv, "lees ook"sv,     "leia também"sv,    "comments"sv,   "image credits"sv,
      "image credit"sv, "share"sv,       "photo credit"sv, "editing by"sv,     "topic"sv,      "schlagwörter"sv,
      "themen"sv};
  const std::size_t mark = raw.find_first_of(":|");
  if (mark == std::string_view::npos || mark + 1 >= raw.size()) return false;
  const std::string label = comparable(raw.substr(0, mark));
  constexpr std::array of_pictures{"image"sv, "photo"sv, "photos"sv, "picture"sv, "foto"sv, "bild"sv, "disclaimer"sv};
  return is_one_of(label, labels) && (!is_prose(raw) || is_one_of(label, of_pictures));
}

/// Something for nothing, said to the reader: "we will send it to you at no cost".
bool is_offer(const std::string& spaced) {
  constexpr std::array gifts{" at no cost "sv, " at no charge "sv, " free of charge "sv, " for free "sv,
                             " free for "sv};
  constexpr std::array addresses{" you "sv, " your "sv, " try "sv};
  return holds_one_of(spaced, gifts) && holds_one_of(spaced, addresses);
}

/// "FacebookTwitterPinterestEmail": buttons whose markup is gone.
bool is_glued_share_bar(std::string_view raw) {
  std::string spaced;
  for (const char c : raw) {
    if (c == ' ') return false;
    if (c >= 'A' && c <= 'Z' && !spaced.empty()) spaced += ' ';
    spaced += c;
  }
  const std::string plain = comparable(spaced);
  return plain.find(' ') != std::string::npos && plain != comparable(raw) && is_share_bar(plain);
}

/// "3 comments", "1,204 shares", "5 min read"
bool is_count(std::string_view line) {
  if (line.starts_with("comments ") && line.find_first_not_of("0123456789", 9) == std::string_view::npos) return true;
  if (line.empty() || line.front() < '0' || line.front() > '9') return false;
  constexpr std::array units{
      "comment"sv,      "comments"sv, "share"sv, "shares"sv,          "min read"sv, "minute read"sv,
      "minutes read"sv, "views"sv,    "likes"sv, "print this page"sv, ""sv};
  const std::size_t letters = line.find_first_not_of("0123456789 ");
  return letters != std::string_view::npos && is_one_of(line.substr(letters), units);
}

} // namespace

LineRole role_of(std::string_view line) {
  const std::size_t words = count_words(line);
  if (words > k_longest_notice_words) return LineRole::text;
  const std::string plain = comparable(line);
  if (plain.empty()) return LineRole::furniture;
  if (words <= k_longest_heading_words) {
    if (is_one_of(plain, k_ends)) return LineRole::end_of_text;
    if (is_one_of(plain, k_whole_lines) || is_count(plain) || is_share_bar(plain) || is_glued_share_bar(line) ||
        is_copyright(line, plain))
      return LineRole::furniture;
  }
  if (words <= k_longest_heading_words * 2 && (begins_with_one_of(plain, k_beginnings) || is_labelled(line))) {
    return LineRole::furniture;
  }
  if (plain.find("uses cookies") != std::string::npos || plain.find("we use cookies") != std::string::npos) {
    return LineRole::furniture;
  }
  const std::string spaced = ' ' + plain + ' ';
  if (holds_one_of(plain, k_promotion) || is_offer(spaced)) return LineRole::promotion;
  if (holds_one_of(spaced, k_address)) return LineRole::address;
  return LineRole::text;
}

} // namespace pfind::corpus
