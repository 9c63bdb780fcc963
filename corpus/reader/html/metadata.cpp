#include "corpus/reader/html/metadata.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/reader/byline.hpp"
#include "corpus/reader/html/json_ld.hpp"
#include "corpus/reader/text_evidence.hpp"
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

/// The elements of these names that say something, by name and then as they come.
template <std::size_t N>
std::vector<MetaElement> named(const std::vector<MetaElement>& elements, const std::array<std::string_view, N>& names) {
  std::vector<MetaElement> found;
  for (const std::string_view name : names) {
    for (const MetaElement& element : elements) {
      if (element.name == name && !element.content.empty()) found.push_back(element);
    }
  }
  return found;
}

std::string source_of(const MetaElement& element) {
  const bool open_graph = element.name.starts_with("og:") || element.name.starts_with("article:");
  return (open_graph ? "OpenGraph " : "the meta element ") + element.name;
}

/// Sets what no better evidence has set.
void fill(Metadata& metadata, std::string Metadata::*field, const char* name, const std::vector<MetaElement>& found) {
  if (!(metadata.*field).empty() || found.empty()) return;
  metadata.*field = found.front().content;
  metadata.sources.insert_or_assign(name, source_of(found.front()));
}

void add_meta(const Tree& tree, Metadata& metadata) {
  const auto elements = meta_elements(tree);
  fill(metadata, &Metadata::title, "title", named(elements, k_title_names));
  metadata.is_article =
      metadata.is_article || std::ranges::any_of(elements, [](const MetaElement& e) {
        return (e.name == "og:type" && ascii_lower(e.content) == "article") || e.name == "article:published_time";
      });
  fill(metadata, &Metadata::description, "description", named(elements, k_description_names));
  fill(metadata, &Metadata::outlet, "outlet", named(elements, k_outlet_names));
  fill(metadata, &Metadata::url, "url", named(elements, k_url_names));
  if (metadata.authors.empty()) {
    for (const MetaElement& element : named(elements, k_author_names)) {
      metadata.authors.push_back(element.content);
      metadata.sources.try_emplace("author", source_of(element));
    }
  }
  for (const MetaElement& date : named(elements, k_date_names))
    metadata.dates.push_back({date.content, source_of(date)});
  if (!metadata.page_date.empty()) metadata.dates.push_back({metadata.page_date, "JSON-LD datePublished of the page"});
  if (metadata.language.empty()) {
    for (const Node& node : tree.nodes()) {
      if (node.tag() != GUMBO_TAG_HTML || node.attribute("lang").empty()) continue;
      metadata.language = node.attribute("lang");
      metadata.sources["language"] = "the attribute lang";
    }
  }
  fill(metadata, &Metadata::language, "language", named(elements, k_language_names));
}

bool holds_word(std::string_view names, std::string_view word) {
  return (' ' + single_spaced(names) + ' ').find(' ' + std::string(word) + ' ') != std::string::npos;
}

/// Whether an element's class says that it holds an author's name: "byline", "article-author__name".
bool is_called_author(std::string_view classes) {
  constexpr std::array wanted{"author"sv, "authors"sv, "byline"sv};
  constexpr std::array unwanted{"comment"sv, "comments"sv, "related"sv, "bio"sv, "social"sv, "photo"sv};
  constexpr std::array hints{"uthor"sv, "UTHOR"sv, "yline"sv, "YLINE"sv}; // most elements are done with here
  if (std::ranges::none_of(hints, [&](std::string_view hint) { return classes.find(hint) != std::string_view::npos; }))
    return false;
  std::string words = ascii_lower(classes);
  std::ranges::replace_if(
      words, [](char c) { return c == '-' || c == '_'; }, ' ');
  const auto holds = [&](std::string_view word) { return holds_word(words, word); };
  return std::ranges::any_of(wanted, holds) && std::ranges::none_of(unwanted, holds);
}

/// Whether all of `text` is a person's name: "Carla van Dijk", "Carla J. Dijk", but not "Carla Dijk commented".
bool is_whole_name(std::string_view text) {
  constexpr std::size_t longest_particle = 3;
  constexpr std::size_t longest_initial = 3; // with its period
  std::string names;                         // without particles and initials
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const bool is_small = !word.empty() && word.front() >= 'a' && word.front() <= 'z';
    if (is_small && word.size() > longest_particle) return false;
    if (is_small || (word.ends_with('.') && word.size() <= longest_initial)) continue;
    names += names.empty() ? "" : " ";
    names += word;
  }
  return is_person_name(names);
}

/// People whom the first element names that is called so and names nobody else.
void add_named_authors(const Tree& tree, const Parts& parts, Metadata& metadata) {
  constexpr std::array elsewhere{Part::comments, Part::related, Part::teaser, Part::aside,
                                 Part::menu,     Part::foot,    Part::hidden, Part::advert};
  constexpr std::size_t longest = 80;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const bool called = !tree[i].is_text() && is_called_author(tree[i].attribute("class"));
    if (!called || std::ranges::find(elsewhere, parts[i]) != elsewhere.end()) continue;
    const std::string text = single_spaced(tree.text_of(i));
    if (text.empty() || text.size() > longest) continue;
    std::vector<std::string> names = split_authors(text);
    if (names.empty() || !std::ranges::all_of(names, is_whole_name)) continue;
    metadata.named_authors = std::move(names);
    return;
  }
}

/// Text of elements that markup (microdata, rel, hAtom) says are the author, and dates given in <time> and the like.
void add_marked_elements(const Tree& tree, const Parts& parts, Metadata& metadata) {
  std::vector<std::string> authors;
  std::vector<FoundDate> loose_dates;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const Node& node = tree[i];
    if (node.is_text()) continue;
    const std::string_view property = node.attribute("itemprop");
    if (property == "articleBody") metadata.is_article = true;
    if (holds_word(node.attribute("rel"), "author") || (property == "author" && node.tag() != GUMBO_TAG_META)) {
      authors.push_back(single_spaced(tree.text_of(i)));
    }
    const std::string_view content = node.attribute("content");
    if (property == "datePublished" && !content.empty())
      metadata.dates.push_back({std::string(content), "microdata datePublished"});
    if (node.tag() != GUMBO_TAG_TIME) continue;
    const std::string_view moment = node.attribute("datetime");
    const std::string date(moment.empty() ? tree.text_of(i) : std::string(moment));
    if (property == "datePublished") {
      metadata.dates.push_back({date, "microdata datePublished"});
    } else if (parts[i] == Part::article && !trimmed(date).empty()) {
      loose_dates.push_back({date, "an element <time>"});
    }
  }
  constexpr std::size_t longest_name = 80;
  std::erase_if(authors, [](const std::string& name) { return name.empty() || name.size() > longest_name; });
  if (metadata.authors.empty() && !authors.empty()) {
    metadata.authors = {authors.front()};
    metadata.sources["author"] = "an element marked as author";
  }
  if (metadata.dates.empty() && !loose_dates.empty()) metadata.dates.push_back(loose_dates.front());
}

void add_canonical_url(const Tree& tree, Metadata& metadata) {
  for (const Node& node : tree.nodes()) {
    if (node.tag() != GUMBO_TAG_LINK || !holds_word(ascii_lower(node.attribute("rel")), "canonical")) continue;
    const std::string url(trimmed(node.attribute("href")));
    if (!url.starts_with("http")) continue;
    metadata.url = url;
    metadata.sources["url"] = "the link marked as canonical";
  }
}

bool leads_to_front_page(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme != std::string_view::npos) {
    const std::size_t path = address.find('/', scheme + 3);
    address = path == std::string_view::npos ? "/" : address.substr(path);
  }
  return address == "/" || address == "./" || address == "/index.html";
}

/// Whether a heading is the site's name, as those are that lead to its front page.
bool is_site_name(const Tree& tree, std::size_t heading) {
  const auto is_link_home = [&](std::size_t i) {
    return tree[i].tag() == GUMBO_TAG_A && leads_to_front_page(trimmed(tree[i].attribute("href")));
  };
  for (std::size_t i = tree[heading].parent, depth = 0; depth < 3; i = tree[i].parent, ++depth) {
    if (is_link_home(i)) return true;
  }
  for (std::size_t i = heading + 1; i < tree[heading].end; ++i) {
    if (is_link_home(i) && single_spaced(tree.text_of(i)) == single_spaced(tree.text_of(heading))) return true;
  }
  return false;
}

/// The page's only first-level heading but for the site's name.
std::string only_h1(const Tree& tree) {
  std::string heading;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag() != GUMBO_TAG_H1 || is_site_name(tree, i)) continue;
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
  add_named_authors(tree, parts, metadata);
  add_canonical_url(tree, metadata);
  const auto fall_back = [&](std::string title, const char* source) {
    if (!metadata.title.empty() || title.empty()) return;
    metadata.title = std::move(title);
    metadata.sources["title"] = source;
  };
  fall_back(only_h1(tree), "the only <h1>");
  fall_back(title_element(tree), "the element <title>");
  metadata.title = without_site_name(metadata.title, metadata.outlet);
  return metadata;
}

} // namespace pfind::corpus::html
