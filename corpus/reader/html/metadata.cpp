#include "corpus/reader/html/metadata.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/html/json_ld.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

using namespace std::string_view_literals;

constexpr std::array k_title_names{"og:title"sv,      "twitter:title"sv,  "dc.title"sv,
                                   "parsely-title"sv, "sailthru.title"sv, "title"sv};
constexpr std::array k_description_names{"og:description"sv, "description"sv, "twitter:description"sv};
constexpr std::array k_outlet_names{"og:site_name"sv, "application-name"sv, "dc.publisher"sv, "publisher"sv};
constexpr std::array k_url_names{"og:url"sv, "parsely-link"sv};
constexpr std::array k_language_names{"og:locale"sv, "dc.language"sv, "language"sv};
constexpr std::array k_author_names{"author"sv,         "article:author"sv,  "dc.creator"sv,
                                    "parsely-author"sv, "sailthru.author"sv, "byl"sv};
constexpr std::array k_date_names{
    "article:published_time"sv,
    "og:published_time"sv,
    "datepublished"sv,
    "date"sv,
    "pubdate"sv,
    "publishdate"sv,
    "publish-date"sv,
    "publish_date"sv,
    "parsely-pub-date"sv,
    "dc.date.issued"sv,
    "dc.date"sv,
    "dcterms.created"sv,
    "dcterms.date"sv,
    "sailthru.date"sv,
    "article.published"sv,
    "displaydate"sv,
    "cxenseparse:recs:publishtime"sv,
};

struct MetaElement {
  std::string name; ///< lower case
  std::string content;
};

std::vector<MetaElement> meta_elements(const Tree& tree) {
  std::vector<MetaElement> found;
  for (const Node& node : tree.nodes()) {
    if (node.tag() != GUMBO_TAG_META) continue;
    for (const char* attribute : {"property", "name", "itemprop"}) {
      const std::string_view name = node.attribute(attribute);
      if (!name.empty()) found.push_back({ascii_lower(trimmed(name)), single_spaced(node.attribute("content"))});
    }
  }
  return found;
}

template <std::size_t N>
std::vector<std::string> contents(const std::vector<MetaElement>& elements,
                                  const std::array<std::string_view, N>& names) {
  std::vector<std::string> found;
  for (const std::string_view name : names) {
    for (const MetaElement& element : elements) {
      if (element.name == name && !element.content.empty()) found.push_back(element.content);
    }
  }
  return found;
}

template <std::size_t N>
void fill(std::string& field, const std::vector<MetaElement>& elements, const std::array<std::string_view, N>& names) {
  if (!field.empty()) return;
  const auto found = contents(elements, names);
  if (!found.empty()) field = found.front();
}

void add_meta(const Tree& tree, Metadata& metadata) {
  const auto elements = meta_elements(tree);
  fill(metadata.title, elements, k_title_names);
  metadata.is_article =
      metadata.is_article || std::ranges::any_of(elements, [](const MetaElement& e) {
        return (e.name == "og:type" && ascii_lower(e.content) == "article") || e.name == "article:published_time";
      });
  fill(metadata.description, elements, k_description_names);
  fill(metadata.outlet, elements, k_outlet_names);
  fill(metadata.url, elements, k_url_names);
  if (metadata.authors.empty()) metadata.authors = contents(elements, k_author_names);
  for (std::string& date : contents(elements, k_date_names)) metadata.dates.push_back(std::move(date));
  if (metadata.language.empty()) {
    for (const Node& node : tree.nodes()) {
      if (node.tag() == GUMBO_TAG_HTML) metadata.language = node.attribute("lang");
    }
  }
  fill(metadata.language, elements, k_language_names);
}

bool holds_word(std::string_view names, std::string_view word) {
  return (' ' + single_spaced(names) + ' ').find(' ' + std::string(word) + ' ') != std::string::npos;
}

/// Text of elements that markup (microdata, rel, hAtom) says are the author, and dates given in <time> and the like.
void add_marked_elements(const Tree& tree, const Parts& parts, Metadata& metadata) {
  std::vector<std::string> authors;
  std::vector<std::string> loose_dates;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const Node& node = tree[i];
    if (node.is_text()) continue;
    const std::string_view property = node.attribute("itemprop");
    if (property == "articleBody") metadata.is_article = true;
    if (holds_word(node.attribute("rel"), "author") || (property == "author" && node.tag() != GUMBO_TAG_META)) {
      authors.push_back(single_spaced(tree.text_of(i)));
    }
    const std::string_view content = node.attribute("content");
    if (property == "datePublished" && !content.empty()) metadata.dates.emplace_back(content);
    if (node.tag() != GUMBO_TAG_TIME) continue;
    const std::string_view moment = node.attribute("datetime");
    const std::string date(moment.empty() ? tree.text_of(i) : std::string(moment));
    if (property == "datePublished") {
      metadata.dates.push_back(date);
    } else if (parts[i] == Part::article && !trimmed(date).empty()) {
      loose_dates.push_back(date);
    }
  }
  constexpr std::size_t longest_name = 80;
  std::erase_if(authors, [](const std::string& name) { return name.empty() || name.size() > longest_name; });
  if (metadata.authors.empty() && !authors.empty()) metadata.authors = {authors.front()};
  if (metadata.dates.empty() && !loose_dates.empty()) metadata.dates.push_back(loose_dates.front());
}

void add_canonical_url(const Tree& tree, Metadata& metadata) {
  for (const Node& node : tree.nodes()) {
    if (node.tag() != GUMBO_TAG_LINK || !holds_word(ascii_lower(node.attribute("rel")), "canonical")) continue;
    const std::string url(trimmed(node.attribute("href")));
    if (url.starts_with("http")) metadata.url = url;
  }
}

/// The page's only first-level heading.
std::string only_h1(const Tree& tree) {
  std::string heading;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag() != GUMBO_TAG_H1) continue;
    const std::string text = single_spaced(tree.text_of(i));
    if (!heading.empty() && !text.empty() && heading != text) return "";
    if (!text.empty()) heading = text;
  }
  return heading;
}

std::string title_element(const Tree& tree) {
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const bool in_head = tree[i].tag() == GUMBO_TAG_TITLE && tree[tree[i].parent].tag() == GUMBO_TAG_HEAD;
    if (in_head) return single_spaced(tree.text_of(i));
  }
  return "";
}

} // namespace

std::string without_site_name(const std::string& title, const std::string& outlet) {
  constexpr std::size_t most_site_words = 5;
  std::size_t cut = std::string::npos;
  std::size_t separator_size = 0;
  for (const std::string_view separator : {" | "sv, " - "sv, " – "sv, " — "sv, " :: "sv, " » "sv, " · "sv}) {
    const std::size_t at = title.rfind(separator);
    if (at != std::string::npos && (cut == std::string::npos || at > cut)) cut = at, separator_size = separator.size();
  }
  if (cut == std::string::npos) return title;
  const std::string site = title.substr(cut + separator_size);
  const std::string head = title.substr(0, cut);
  const bool named = !outlet.empty() && comparable(site).find(comparable(outlet)) != std::string::npos;
  const bool bar = separator_size > 0 && title[cut + 1] == '|';
  const bool short_site =
      count_words(site) <= most_site_words && count_words(head) >= 4 && count_words(head) > 2 * count_words(site);
  return named || (outlet.empty() && short_site) || (bar && short_site) ? std::string(trimmed(head)) : title;
}

Metadata read_metadata(const Tree& tree, const Parts& parts) {
  Metadata metadata;
  add_json_ld(tree, metadata);
  metadata.title_is_headline = !metadata.title.empty();
  metadata.is_article = metadata.title_is_headline;
  add_meta(tree, metadata);
  add_marked_elements(tree, parts, metadata);
  add_canonical_url(tree, metadata);
  if (metadata.title.empty()) metadata.title = only_h1(tree);
  if (metadata.title.empty()) metadata.title = title_element(tree);
  metadata.title = without_site_name(metadata.title, metadata.outlet);
  return metadata;
}

} // namespace pfind::corpus::html
