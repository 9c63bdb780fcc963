#include "corpus/reader/html/json_ld.hpp"

#include <map>
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

/// Reads the article of one JSON-LD document.
class Document {
public:
  explicit Document(const dom::element& root) : root_(root) { collect_names(root, 0); }

  /// Fills `metadata` from the first article in document order; false where there is none.
  bool add_article(Metadata& metadata) const { return find_article(root_, metadata, 0); }

  /// When the page itself was published, where the document says so; many give articles no more than that.
  std::string date_of_page() const { return find_page_date(root_, 0); }

private:
  std::string find_page_date(const dom::element& element, int depth) const {
    std::string date;
    dom::array array;
    if (depth > k_depth) return date;
    if (element.get(array) == simdjson::SUCCESS) {
      for (const dom::element each : array) {
        if (date.empty()) date = find_page_date(each, depth + 1);
      }
    }
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return date;
    std::string type;
    fill(type, object, "@type");
    if (type.ends_with("WebPage")) fill(date, object, "datePublished");
    dom::element graph;
    if (date.empty() && object.at_key("@graph").get(graph) == simdjson::SUCCESS)
      date = find_page_date(graph, depth + 1);
    return date;
  }

  /// Things of a graph refer to one another by `@id`.
  void collect_names(const dom::element& element, int depth) {
    if (depth > k_depth) return;
    dom::array array;
    if (element.get(array) == simdjson::SUCCESS) {
      for (const dom::element each : array) collect_names(each, depth + 1);
    }
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return;
    std::string_view id;
    std::string_view name;
    if (object.at_key("@id").get(id) == simdjson::SUCCESS && object.at_key("name").get(name) == simdjson::SUCCESS) {
      names_.emplace(id, name);
    }
    dom::element graph;
    if (object.at_key("@graph").get(graph) == simdjson::SUCCESS) collect_names(graph, depth + 1);
  }

  /// A text, or the name, value or address of the thing that an object stands for.
  std::string text_of(const dom::element& element, int depth = 0) const {
    std::string_view text;
    if (element.get(text) == simdjson::SUCCESS) return single_spaced(clean(text));
    dom::object object;
    if (element.get(object) == simdjson::SUCCESS) return text_of_thing(object);
    dom::array array;
    const bool usable = element.get(array) == simdjson::SUCCESS && array.size() > 0 && depth < k_depth;
    return usable ? text_of(array.at(0).value_unsafe(), depth + 1) : "";
  }

  std::string text_of_thing(const dom::object& object) const {
    std::string_view text;
    for (const std::string_view key : {"name", "@value", "url"}) {
      if (object.at_key(key).get(text) == simdjson::SUCCESS) return single_spaced(clean(text));
    }
    if (object.at_key("@id").get(text) != simdjson::SUCCESS) return "";
    const auto named = names_.find(text);
    return named == names_.end() ? "" : single_spaced(clean(named->second));
  }

  void fill(std::string& field, const dom::object& object, std::string_view key) const {
    dom::element value;
    if (field.empty() && object.at_key(key).get(value) == simdjson::SUCCESS) field = text_of(value);
  }

  /// Fills the article's address, which `mainEntityOfPage` may give as a reference.
  void fill_address(std::string& field, const dom::object& object) const {
    fill(field, object, "url");
    std::string_view address;
    dom::element page;
    if (!field.empty() || object.at_key("mainEntityOfPage").get(page) != simdjson::SUCCESS) return;
    if (page.get(address) == simdjson::SUCCESS || page.at_key("@id").get(address) == simdjson::SUCCESS)
      field = clean(address);
  }

  void add_authors(const dom::object& object, std::vector<std::string>& authors) const {
    dom::element value;
    if (object.at_key("author").get(value) != simdjson::SUCCESS &&
        object.at_key("creator").get(value) != simdjson::SUCCESS) {
      return;
    }
    dom::array array;
    if (value.get(array) == simdjson::SUCCESS) {
      for (const dom::element each : array) authors.push_back(text_of(each));
    } else {
      authors.push_back(text_of(value));
    }
    std::erase(authors, "");
  }

  void read_article(const dom::object& object, Metadata& metadata) const {
    fill(metadata.title, object, "headline");
    if (!metadata.title.empty()) metadata.sources["title"] = "JSON-LD headline";
    fill(metadata.title, object, "name");
    fill_address(metadata.url, object);
    fill(metadata.outlet, object, "publisher");
    fill(metadata.language, object, "inLanguage");
    fill(metadata.description, object, "description");
    fill(metadata.body, object, "articleBody");
    add_authors(object, metadata.authors);
    const auto note = [&](const char* field, bool found, const char* source) {
      if (found) metadata.sources.try_emplace(field, source);
    };
    note("title", !metadata.title.empty(), "JSON-LD name");
    note("url", !metadata.url.empty(), "JSON-LD url");
    note("outlet", !metadata.outlet.empty(), "JSON-LD publisher");
    note("language", !metadata.language.empty(), "JSON-LD inLanguage");
    note("author", !metadata.authors.empty(), "JSON-LD author");
    for (const char* key : {"datePublished", "dateCreated"}) {
      std::string date;
      fill(date, object, key);
      if (!date.empty()) metadata.dates.push_back({date, std::string("JSON-LD ") + key});
    }
  }

  bool find_article(const dom::element& element, Metadata& metadata, int depth) const {
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
    if (is_article(object)) return read_article(object, metadata), true;
    for (const std::string_view key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
      dom::element inner;
      if (object.at_key(key).get(inner) == simdjson::SUCCESS && find_article(inner, metadata, depth + 1)) return true;
    }
    return false;
  }

  dom::element root_;
  std::map<std::string_view, std::string_view> names_; ///< `@id` -> name; views of the parsed document
};

bool is_json_ld(const Node& node) {
  return node.tag() == GUMBO_TAG_SCRIPT && ascii_lower(node.attribute("type")).find("ld+json") != std::string::npos;
}

/// The value of a member of what is no valid JSON: a quote that nobody escaped costs the rest, not this.
std::string member_of_broken(std::string_view json, std::string_view name) {
  std::size_t at = json.find('"' + std::string(name) + '"');
  if (at == std::string_view::npos) return "";
  at = json.find_first_not_of(" :", at + name.size() + 2);
  if (at == std::string_view::npos || json[at] != '"') return "";
  const std::size_t end = json.find('"', at + 1);
  return end == std::string_view::npos ? "" : single_spaced(clean(json.substr(at + 1, end - at - 1)));
}

} // namespace

void add_json_ld(const Tree& tree, Metadata& metadata) {
  dom::parser parser;
  std::string date; // of the page, or of an article in broken JSON
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (!is_json_ld(tree[i])) continue;
    std::string json = tree.text_of(i);
    for (char& c : json) { // line ends inside strings are common and not valid
      if (c == '\n' || c == '\t' || c == '\r') c = ' ';
    }
    dom::element element;
    if (parser.parse(json).get(element) != simdjson::SUCCESS) {
      if (date.empty()) date = member_of_broken(json, "datePublished");
      continue;
    }
    const Document document(element);
    if (document.add_article(metadata)) return;
    if (date.empty()) date = document.date_of_page();
  }
  metadata.page_date = date;
}

} // namespace pfind::corpus::html
