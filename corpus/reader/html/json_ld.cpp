#include "corpus/reader/html/json_ld.hpp"

#include <simdjson.h>
#include <string>
#include <string_view>

#include "corpus/reader/encoding.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::html {
namespace {

namespace dom = simdjson::dom;

constexpr int k_depth = 6; // of graphs, arrays and pages around the article

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("BlogPosting") || type == "Report" ||
         type.ends_with("NewsArticle") || type == "LiveBlogPosting" || type == "DiscussionForumPosting" ||
         type == "Review";
}

bool is_article(const dom::object& object) {
  dom::element type;
  if (object.at_key("@type").get(type) != simdjson::SUCCESS) return false;
  std::string_view name;
  if (type.get(name) == simdjson::SUCCESS) return is_article_type(name);
  dom::array types;
  if (type.get(types) != simdjson::SUCCESS) return false;
  for (const dom::element each : types) {
    if (each.get(name) == simdjson::SUCCESS && is_article_type(name)) return true;
  }
  return false;
}

/// A text, or the name, value or address of the thing that an object stands for.
std::string text_of(const dom::element& element) {
  std::string_view text;
  if (element.get(text) == simdjson::SUCCESS) return single_spaced(clean(text));
  dom::object object;
  if (element.get(object) == simdjson::SUCCESS) {
    for (const std::string_view key : {"name", "@value", "@id", "url"}) {
      if (object.at_key(key).get(text) == simdjson::SUCCESS) return single_spaced(clean(text));
    }
  }
  dom::array array;
  return element.get(array) == simdjson::SUCCESS && array.size() > 0 ? text_of(array.at(0)) : "";
}

void fill(std::string& field, const dom::object& object, std::string_view key) {
  dom::element value;
  if (field.empty() && object.at_key(key).get(value) == simdjson::SUCCESS) field = text_of(value);
}

void add_authors(const dom::object& object, std::vector<std::string>& authors) {
  dom::element value;
  if (!authors.empty()) return;
  if (object.at_key("author").get(value) != simdjson::SUCCESS &&
      object.at_key("creator").get(value) != simdjson::SUCCESS)
    return;
  dom::array array;
  if (value.get(array) == simdjson::SUCCESS) {
    for (const dom::element each : array) authors.push_back(text_of(each));
  } else {
    authors.push_back(text_of(value));
  }
}

void add_article(const dom::object& object, Metadata& metadata) {
  fill(metadata.title, object, "headline");
  fill(metadata.title, object, "name");
  fill(metadata.url, object, "url");
  fill(metadata.url, object, "mainEntityOfPage");
  fill(metadata.outlet, object, "publisher");
  fill(metadata.language, object, "inLanguage");
  add_authors(object, metadata.authors);
  for (const std::string_view key : {"datePublished", "dateCreated"}) {
    std::string date;
    fill(date, object, key);
    if (!date.empty()) metadata.dates.push_back(date);
  }
}

/// The first article in a value, in document order.
bool find_article(const dom::element& element, Metadata& metadata, int depth) {
  if (depth > k_depth) return false;
  dom::array array;
  if (element.get(array) == simdjson::SUCCESS) {
    for (const dom::element each : array) {
      if (find_article(each, metadata, depth + 1)) return true;
    }
    return false;
  }
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS) return false;
  if (is_article(object)) return add_article(object, metadata), true;
  for (const std::string_view key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
    dom::element inner;
    if (object.at_key(key).get(inner) == simdjson::SUCCESS && find_article(inner, metadata, depth + 1)) return true;
  }
  return false;
}

bool is_json_ld(const Node& node) {
  return node.tag() == GUMBO_TAG_SCRIPT && ascii_lower(node.attribute("type")).find("ld+json") != std::string::npos;
}

} // namespace

void add_json_ld(const Tree& tree, Metadata& metadata) {
  dom::parser parser;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (!is_json_ld(tree[i])) continue;
    std::string json = tree.text_of(i);
    for (char& c : json) { // line ends inside strings are common and not valid
      if (c == '\n' || c == '\t' || c == '\r') c = ' ';
    }
    dom::element element;
    if (parser.parse(json).get(element) == simdjson::SUCCESS && find_article(element, metadata, 0)) return;
  }
}

} // namespace pfind::corpus::html
