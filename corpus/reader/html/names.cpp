#include "corpus/reader/html/names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace pfind::corpus::html {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_furniture{
    "share"sv,
    "sharing"sv,
    "social"sv,
    "newsletter"sv,
    "subscribe"sv,
    "subscription"sv,
    "promo"sv,
    "promotion"sv,
    "cookie"sv,
    "cookies"sv,
    "gdpr"sv,
    "consent"sv,
    "breadcrumb"sv,
    "breadcrumbs"sv,
    "sidebar"sv,
    "nav"sv,
    "navbar"sv,
    "navigation"sv,
    "menu"sv,
    "advert"sv,
    "advertisement"sv,
    "ad"sv,
    "ads"sv,
    "adsbygoogle"sv,
    "sponsor"sv,
    "sponsored"sv,
    "outbrain"sv,
    "taboola"sv,
    "popup"sv,
    "modal"sv,
    "signup"sv,
    "login"sv,
    "toolbar"sv,
    "pagination"sv,
    "pager"sv,
    "related"sv,
    "recommended"sv,
    "recommendation"sv,
    "recommendations"sv,
    "recirc"sv,
    "recirculation"sv,
    "trending"sv,
    "popular"sv,
    "tags"sv,
    "taglist"sv,
    "byline"sv,
    "caption"sv,
    "figcaption"sv,
    "credit"sv,
    "credits"sv,
    "timestamp"sv,
    "dateline"sv,
    "widget"sv,
    "footer"sv,
    "copyright"sv,
    "printfriendly"sv,
    "teaser"sv,
    "teasers"sv,
    "mostread"sv,
    "readmore"sv,
    "follow"sv,
    "banner"sv,
    "disclaimer"sv,
    "hidden"sv,
    "tooltip"sv,
    "dropdown"sv,
    "skip"sv,
    "rating"sv,
    "bio"sv,
    "addthis"sv,
    "sharethis"sv,
    "sharedaddy"sv,
    "topics"sv,
    "keywords"sv,
    "prevnext"sv,
    "infobox"sv,
    "postmeta"sv,
    "entrymeta"sv,
    "donate"sv,
    "donation"sv,
    "paywall"sv,
    "toc"sv,
    "noprint"sv,
    "carousel"sv,
    "slideshow"sv,
    "gallery"sv,
    "masthead"sv,
};

constexpr std::array k_comments{"comment"sv, "comments"sv, "disqus"sv,    "commentlist"sv,
                                "respond"sv, "replies"sv,  "discussion"sv};

/// Words that turn the meaning: `comment-article-body` is hardly ever used, `article-with-sidebar`, `has-sidebar` are.
constexpr std::array k_qualifiers{"has"sv, "with"sv, "no"sv, "is"sv, "left"sv, "without"sv, "enable"sv, "enabled"sv};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The words of one name, told by case and punctuation.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool hump = is_upper(c) && i > 0 && is_lower(name[i - 1]);
    // Generated names (`hJpAdQ`) are full of short words that mean nothing.
    if (hump && words.back().size() < 3) words.back().clear();
    if ((hump || !(is_upper(c) || is_lower(c))) && !words.back().empty()) words.emplace_back();
    if (is_upper(c)) words.back() += static_cast<char>(c - 'A' + 'a');
    if (is_lower(c)) words.back() += c;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

NameEvidence evidence_of_name(std::string_view name) {
  const auto words = words_of(name);
  if (std::any_of(words.begin(), words.end(), [](const std::string& w) { return contains(k_qualifiers, w); })) {
    return NameEvidence::none;
  }
  NameEvidence evidence = NameEvidence::none;
  for (const std::string& word : words) {
    if (contains(k_comments, word)) return NameEvidence::comments;
    if (contains(k_furniture, word)) evidence = NameEvidence::furniture;
  }
  return evidence;
}

} // namespace

NameEvidence evidence_of_names(std::string_view names) {
  NameEvidence evidence = NameEvidence::none;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find_first_of(" \t\n\r\f"), names.size());
    evidence = std::max(evidence, evidence_of_name(names.substr(0, end)));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return evidence;
}

} // namespace pfind::corpus::html
