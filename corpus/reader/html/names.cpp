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

struct NamedPart {
  std::string_view word;
  Part part;
};

constexpr NamedPart k_parts[]{
    NamedPart{"share", Part::sharing},
    {"sharing", Part::sharing},
    {"social", Part::sharing},
    {"follow", Part::sharing},
    {"addthis", Part::sharing},
    {"sharethis", Part::sharing},
    {"sharedaddy", Part::sharing},
    {"newsletter", Part::newsletter},
    {"subscribe", Part::newsletter},
    {"subscription", Part::newsletter},
    {"promo", Part::newsletter},
    {"promotion", Part::newsletter},
    {"signup", Part::newsletter},
    {"donate", Part::newsletter},
    {"donation", Part::newsletter},
    {"paywall", Part::newsletter},
    {"cookie", Part::notice},
    {"cookies", Part::notice},
    {"gdpr", Part::notice},
    {"consent", Part::notice},
    {"disclaimer", Part::notice},
    {"copyright", Part::notice},
    {"disclosure", Part::notice},
    {"breadcrumb", Part::menu},
    {"breadcrumbs", Part::menu},
    {"nav", Part::menu},
    {"navbar", Part::menu},
    {"navigation", Part::menu},
    {"menu", Part::menu},
    {"pagination", Part::menu},
    {"pager", Part::menu},
    {"skip", Part::menu},
    {"prevnext", Part::menu},
    {"toc", Part::menu},
    {"crumbs", Part::menu},
    {"sidebar", Part::aside},
    {"infobox", Part::aside},
    {"advert", Part::advert},
    {"advertisement", Part::advert},
    {"ad", Part::advert},
    {"ads", Part::advert},
    {"adsbygoogle", Part::advert},
    {"sponsor", Part::advert},
    {"sponsored", Part::advert},
    {"outbrain", Part::advert},
    {"taboola", Part::advert},
    {"banner", Part::advert},
    {"popup", Part::widget},
    {"modal", Part::widget},
    {"login", Part::widget},
    {"toolbar", Part::widget},
    {"widget", Part::widget},
    {"tooltip", Part::widget},
    {"dropdown", Part::widget},
    {"rating", Part::widget},
    {"printfriendly", Part::widget},
    {"noprint", Part::widget},
    {"carousel", Part::widget},
    {"slideshow", Part::widget},
    {"gallery", Part::widget},
    {"rollover", Part::widget},
    {"flyout", Part::widget},
    {"popover", Part::widget},
    {"lightbox", Part::widget},
    {"related", Part::related},
    {"recommended", Part::related},
    {"recommendation", Part::related},
    {"recommendations", Part::related},
    {"recirc", Part::related},
    {"recirculation", Part::related},
    {"trending", Part::related},
    {"popular", Part::related},
    {"mostread", Part::related},
    {"readmore", Part::related},
    {"teaser", Part::teaser},
    {"teasers", Part::teaser},
    {"tags", Part::tags},
    {"taglist", Part::tags},
    {"topics", Part::tags},
    {"keywords", Part::tags},
    {"byline", Part::credit},
    {"credit", Part::credit},
    {"credits", Part::credit},
    {"timestamp", Part::credit},
    {"dateline", Part::credit},
    {"postmeta", Part::credit},
    {"entrymeta", Part::credit},
    {"caption", Part::caption},
    {"figcaption", Part::caption},
    {"footer", Part::foot},
    {"masthead", Part::head},
    {"hidden", Part::hidden},
    {"bio", Part::about_author},
    {"comment", Part::comments},
    {"comments", Part::comments},
    {"disqus", Part::comments},
    {"commentlist", Part::comments},
    {"respond", Part::comments},
    {"replies", Part::comments},
    {"discussion", Part::comments},
};

/// Words that turn the meaning: `comment-article-body` is hardly ever used, `article-with-sidebar`, `has-sidebar` are.
constexpr std::array k_qualifiers{"has"sv, "with"sv, "no"sv, "is"sv, "left"sv, "without"sv, "enable"sv, "enabled"sv};

constexpr std::array k_subject_marks{"tag"sv, "category"sv, "topic"sv};

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

Part part_of_word(std::string_view word) {
  const auto row = std::ranges::find(k_parts, word, &NamedPart::word);
  return row == std::end(k_parts) ? Part::article : row->part;
}

/// Systems mark an article with its subjects (`tag-newsletter category-comment`): those are not parts of the page.
bool is_subject(const std::vector<std::string>& words) {
  return words.size() > 1 && contains(k_subject_marks, words.front());
}

Part part_of_name(std::string_view name) {
  const auto words = words_of(name);
  if (is_subject(words) || std::ranges::any_of(words, [](const std::string& w) { return contains(k_qualifiers, w); })) {
    return Part::article;
  }
  Part part = Part::article;
  for (const std::string& word : words) part = std::max(part, part_of_word(word));
  return part;
}

} // namespace

Part part_of_names(std::string_view names) {
  Part part = Part::article;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find_first_of(" \t\n\r\f"), names.size());
    part = std::max(part, part_of_name(names.substr(0, end)));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return part;
}

} // namespace pfind::corpus::html
