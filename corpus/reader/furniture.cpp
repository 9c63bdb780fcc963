#include "corpus/reader/furniture.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {
namespace {

using namespace std::string_view_literals;

// All phrases in the form of `comparable`. A line that is one of these and nothing else:
constexpr std::array k_whole_lines{
    "watch demo"sv,
    "book a demo"sv,
    "request a demo"sv,
    "get a demo"sv,
    "menu"sv,
    "main menu"sv,
    "search"sv,
    "home"sv,
    "skip to content"sv,
    "skip to main content"sv,
    "toggle navigation"sv,
    "log in"sv,
    "login"sv,
    "sign in"sv,
    "sign up"sv,
    "subscribe"sv,
    "subscribe now"sv,
    "register"sv,
    "share"sv,
    "share this"sv,
    "share this article"sv,
    "share this story"sv,
    "share this post"sv,
    "share on facebook"sv,
    "share on twitter"sv,
    "share on linkedin"sv,
    "share on whatsapp"sv,
    "facebook"sv,
    "twitter"sv,
    "linkedin"sv,
    "whatsapp"sv,
    "telegram"sv,
    "reddit"sv,
    "pinterest"sv,
    "instagram"sv,
    "youtube"sv,
    "email"sv,
    "print"sv,
    "copy link"sv,
    "tweet"sv,
    "pin it"sv,
    "follow us"sv,
    "contact us"sv,
    "about us"sv,
    "advertise"sv,
    "advertisement"sv,
    "advertisements"sv,
    "ad"sv,
    "sponsored"sv,
    "sponsored content"sv,
    "marketing banner"sv,
    "banner"sv,
    "advertise with us"sv,
    "privacy policy"sv,
    "cookie policy"sv,
    "terms of use"sv,
    "terms of service"sv,
    "terms and conditions"sv,
    "privacy cookies policy"sv,
    "accept"sv,
    "accept all"sv,
    "accept cookies"sv,
    "reject all"sv,
    "manage cookies"sv,
    "cookie settings"sv,
    "read more"sv,
    "load more"sv,
    "show more"sv,
    "view more"sv,
    "learn more"sv,
    "click here"sv,
    "continue reading"sv,
    "back to top"sv,
    "next"sv,
    "previous"sv,
    "next article"sv,
    "previous article"sv,
    "next post"sv,
    "previous post"sv,
    "download"sv,
    "download now"sv,
    "get started"sv,
    "get in touch"sv,
    "0 comment"sv,
    "0 comments"sv,
    "no comments"sv,
    "add a comment"sv,
    "comment"sv,
    "close"sv,
    "loading"sv,
    "listen to this article"sv,
    "listen"sv,
    "save"sv,
    "save article"sv,
    "bookmark"sv,
    "image"sv,
    "photo"sv,
    "video"sv,
    "getty images"sv,
    "story continues below"sv,
    "story continues below advertisement"sv,
    "article continues below advertisement"sv,
    "continue reading below"sv,
    "please enable javascript"sv,
    "newsletter"sv,
    "follow us on twitter"sv,
    "follow us on facebook"sv,
    "teilen"sv,
    "drucken"sv,
    "anzeige"sv,
    "werbung"sv,
    "partager"sv,
    "publicité"sv,
    "publicidad"sv,
    "scroll to continue"sv,
    "expand"sv,
    "view comments"sv,
};

// Headings behind which an article is over.
constexpr std::array k_ends{
    "you may also like"sv,
    "you might also like"sv,
    "related articles"sv,
    "related posts"sv,
    "related stories"sv,
    "related news"sv,
    "related content"sv,
    "related topics"sv,
    "related reading"sv,
    "related"sv,
    "related coverage"sv,
    "leave a comment"sv,
    "leave a reply"sv,
    "leave a reply cancel reply"sv,
    "post a comment"sv,
    "comments"sv,
    "join the conversation"sv,
    "read next"sv,
    "up next"sv,
    "more from this author"sv,
    "about the author"sv,
    "more stories"sv,
    "more news"sv,
    "latest news"sv,
    "most popular"sv,
    "most read"sv,
    "trending now"sv,
    "trending"sv,
    "recommended"sv,
    "recommended for you"sv,
    "recommended reading"sv,
    "also read"sv,
    "more articles"sv,
    "recent posts"sv,
    "popular posts"sv,
    "what to read next"sv,
    "editors picks"sv,
    "editor s picks"sv,
    "top stories"sv,
    "this website uses cookies"sv,
    "more on this topic"sv,
    "more on this story"sv,
    "around the web"sv,
    "from the web"sv,
    "das könnte sie auch interessieren"sv,
    "mehr zum thema"sv,
    "à lire aussi"sv,
    "kommentare"sv,
};

// A short line that begins so is furniture.
constexpr std::array k_beginnings{
    "this website uses cookies"sv,
    "we use cookies"sv,
    "this site uses cookies"sv,
    "by continuing to use this"sv,
    "by clicking accept"sv,
    "accept all cookies"sv,
    "next up "sv,
    "share on "sv,
    "share via "sv,
    "follow us on "sv,
    "filed under"sv,
    "tagged with"sv,
    "posted in "sv,
    "all rights reserved"sv,
    "copyright 20"sv,
    "copyright 19"sv,
    "© 20"sv,
    "© 19"sv,
    "image credit"sv,
    "image source"sv,
    "image courtesy"sv,
    "featured image"sv,
    "photo credit"sv,
    "photo courtesy"sv,
    "photo by "sv,
    "photograph by "sv,
    "image by "sv,
    "picture credit"sv,
    "photo getty"sv,
    "credit getty"sv,
    "image getty"sv,
    "last updated on"sv,
    "reading time"sv,
    "estimated reading time"sv,
    "click here to "sv,
    "click to share"sv,
    "opens in new window"sv,
    "skip to "sv,
    "also read "sv,
    "read also "sv,
    "see also "sv,
    "read more "sv,
    "more from "sv,
    "your email address will not be published"sv,
    "required fields are marked"sv,
    "save my name email"sv,
    "you must be logged in"sv,
    "home about"sv,
    "your browser does not support"sv,
    "javascript is disabled"sv,
};

// Anywhere in a line, these sell something that is not the article.
constexpr std::array k_promotion{
    "download a free sample"sv,
    "free sample that you can download"sv,
    "download a free copy"sv,
    "download email will arrive"sv,
    "submitting the below form"sv,
    "submitting the form below"sv,
    "fill in the form below"sv,
    "fill out the form"sv,
    "sign up for our"sv,
    "sign up to our"sv,
    "sign up for the"sv,
    "subscribe to our"sv,
    "subscribe to the"sv,
    "subscribe for"sv,
    "our newsletter"sv,
    "daily newsletter"sv,
    "weekly newsletter"sv,
    "free newsletter"sv,
    "straight to your inbox"sv,
    "to your inbox"sv,
    "in your inbox"sv,
    "enter your email"sv,
    "start your free trial"sv,
    "free trial"sv,
    "request a demo"sv,
    "book a demo"sv,
    "gain competitive edge"sv,
    "gain a competitive edge"sv,
    "download the whitepaper"sv,
    "download our"sv,
    "download the report"sv,
    "buy the report"sv,
    "access the most comprehensive"sv,
    "company profiles on the market"sv,
    "join our community"sv,
    "join our telegram"sv,
    "join our whatsapp"sv,
    "register now"sv,
    "get unlimited access"sv,
    "subscribe now"sv,
    "become a member"sv,
    "unsubscribe at any time"sv,
    "disable your ad blocker"sv,
    "turn off your ad blocker"sv,
    "days at no charge"sv,
    "days for free"sv,
};

// Words to the reader. Alone they prove nothing.
constexpr std::array k_address{" you "sv,     " your "sv,      " thank you "sv, " our "sv,
                               " sign up "sv, " subscribe "sv, " download "sv};

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

/// Something for nothing, said to the reader: "we will send it to you at no cost".
bool is_offer(const std::string& spaced) {
  constexpr std::array gifts{" at no cost "sv, " at no charge "sv, " free of charge "sv, " for free "sv,
                             " free for "sv};
  constexpr std::array addresses{" you "sv, " your "sv, " try "sv};
  return holds_one_of(spaced, gifts) && holds_one_of(spaced, addresses);
}

/// "3 comments", "1,204 shares", "5 min read"
bool is_count(std::string_view line) {
  if (line.empty() || line.front() < '0' || line.front() > '9') return false;
  constexpr std::array units{"comment"sv,     "comments"sv,     "share"sv, "shares"sv, "min read"sv,
                             "minute read"sv, "minutes read"sv, "views"sv, "likes"sv};
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
    if (is_one_of(plain, k_whole_lines) || is_count(plain) || is_share_bar(plain)) return LineRole::furniture;
  }
  if (words <= k_longest_heading_words * 2 && begins_with_one_of(plain, k_beginnings)) return LineRole::furniture;
  if (plain.find("uses cookies") != std::string::npos || plain.find("we use cookies") != std::string::npos) {
    return LineRole::furniture;
  }
  const std::string spaced = ' ' + plain + ' ';
  if (holds_one_of(plain, k_promotion) || is_offer(spaced)) return LineRole::promotion;
  if (holds_one_of(spaced, k_address)) return LineRole::address;
  return LineRole::text;
}

} // namespace pfind::corpus
