#include "corpus/reader/field_text.hpp"

#include <algorithm>
#include <utility>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/html/html.hpp"
#include "corpus/reader/paragraphs.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus {

std::string headline_of(std::string_view text) {
  return single_spaced(looks_like_html(text) ? html_to_text(text) : std::string(text));
}

std::string body_text_of(std::string_view text) {
  return looks_like_html(text) ? html_to_text(text) : join_paragraphs(split_paragraphs(text));
}

void add_authors(ParsedArticle& parsed, std::string_view names) {
  std::vector<std::string>& authors = parsed.article.authors;
  for (std::string& author : split_authors(names)) {
    if (std::ranges::find(authors, author) == authors.end()) authors.push_back(std::move(author));
  }
}

std::string with_dateline(std::string_view dateline, std::string body) {
  const std::string line = single_spaced(dateline);
  if (line.empty() || body.starts_with(line)) return body;
  const bool has_dash = line.ends_with("-") || line.ends_with("–") || line.ends_with("—");
  return line + (body.empty() ? "" : has_dash ? " " : " - ") + body;
}

} // namespace pfind::corpus
