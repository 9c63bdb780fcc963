#include "corpus/reader/html/html.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/date.hpp"
#include "corpus/reader/html/content.hpp"
#include "corpus/reader/html/metadata.hpp"
#include "corpus/reader/html/tree.hpp"
#include "corpus/reader/language.hpp"
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

void take_authors(const std::vector<std::string>& names, Article& article) {
  for (const std::string& name : names) {
    for (std::string& author : split_authors(unescaped(name))) {
      const bool known = std::find(article.authors.begin(), article.authors.end(), author) != article.authors.end();
      if (!known) article.authors.push_back(std::move(author));
    }
  }
}

/// The first date of the page that is one; a problem if it gives some and none is.
void take_date(const std::vector<std::string>& dates, ParsedArticle& parsed) {
  for (const std::string& date : dates) {
    parsed.article.date = parse_date(single_spaced(date));
    if (parsed.article.date) return;
  }
  if (!dates.empty()) set_date(parsed, dates.front());
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
  article.title = unescaped(metadata.title);
  article.url = metadata.url;
  article.outlet = unescaped(metadata.outlet);
  article.language = language_code(metadata.language);
  take_authors(metadata.authors, article);
  take_date(metadata.dates, parsed);
  article.body = html::article_text(tree, parts, {article.title, metadata.description, metadata.body}, parsed.notes);
  return parsed;
}

std::string html_to_text(std::string_view fragment) {
  const std::string markup = html::without_code(fragment);
  return html::nesting_depth(markup) > k_deepest ? without_tags(markup) : html::whole_text(html::Tree(markup));
}

bool looks_like_html(std::string_view text) {
  const std::size_t open = text.find('<');
  if (open != std::string_view::npos) {
    const std::string lower = ascii_lower(text.substr(0, std::size_t{64} << 10));
    for (const std::string_view tag :
         {"</p>", "<p>", "<br", "</a>", "</div>", "</b>", "</i>", "</em>", "</strong>", "</span>", "</li>", "</h2>"}) {
      if (lower.find(tag) != std::string::npos) return true;
    }
  }
  constexpr std::array k_references{"&amp;",   "&nbsp;",  "&quot;",  "&lt;",    "&gt;",    "&#",
                                    "&rsquo;", "&lsquo;", "&ldquo;", "&rdquo;", "&mdash;", "&ndash;"};
  return std::ranges::any_of(k_references,
                             [&](const char* reference) { return text.find(reference) != std::string_view::npos; });
}

} // namespace pfind::corpus
