#include "corpus/reader/xml/feed.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <initializer_list>
#include <utility>

#include "corpus/reader/field_text.hpp"
#include "corpus/reader/html/html.hpp"
#include "corpus/reader/html/metadata.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::xml {
namespace {

using Names = std::initializer_list<std::string_view>;

struct Value {
  std::string text;
  std::string_view source;
};

/// The first of some elements of an item that has text.
Value first_of(const Element& item, Names paths) {
  for (const std::string_view path : paths) {
    std::string text = single_spaced(text_of(item.find(path)));
    if (!text.empty()) return {std::move(text), path};
  }
  return {};
}

void note(ParsedArticle& parsed, std::string_view field, std::string_view value, std::string_view source) {
  if (!value.empty()) parsed.notes.found(field, value, fmt::format("{} of the feed's item", source));
}

/// The address of an item: RSS writes it as text, Atom as an attribute.
Value link_of(const Element& item) {
  if (Value original = first_of(item, {"feedburner:origLink"}); !original.text.empty()) return original;
  for (const std::string_view name : {"link", "atom:link"}) {
    for (const Element* link : item.all(name)) {
      const std::string_view relation = link->attribute("rel");
      if (!relation.empty() && relation != "alternate") continue;
      std::string address = single_spaced(text_of(link));
      if (address.empty()) address = single_spaced(link->attribute("href"));
      if (!address.empty()) return {std::move(address), name};
    }
  }
  const Element* guid = item.find("guid");
  std::string address = single_spaced(text_of(guid));
  const bool is_address = guid != nullptr && guid->attribute("isPermaLink") != "false" && address.starts_with("http");
  return is_address ? Value{std::move(address), "guid"}
                    : Value{single_spaced(item.attribute("rdf:about")), "rdf:about"};
}

std::string content_of(const Element& element) {
  const std::string_view type = element.attribute("type");
  if ((type == "html" || type == "text/html") && !element.has_elements()) return html_to_text(text_of(&element));
  return body_of(element);
}

/// The fullest text that an item gives; what is shorter and beside it is a summary of it.
void take_body(const Element& item, ParsedArticle& parsed) {
  for (const std::string_view path : {"content:encoded", "content", "body", "fulltext", "description", "summary",
                                      "media:group/media:description", "media:description", "itunes:summary"}) {
    const Element* element = item.find(path);
    if (element == nullptr) continue;
    std::string text = content_of(*element);
    if (text.empty()) continue;
    if (parsed.article.body.empty()) {
      note(parsed, "body", valid_prefix(text, 80), path);
      parsed.article.body = std::move(text);
    } else if (text != parsed.article.body) {
      parsed.notes.left_out(text, "a summary beside the text");
    }
  }
}

/// RSS gives "mail@example.com (Ana Ruiz)".
std::string author_name(const Element& author) {
  if (const Element* name = author.find("name")) return single_spaced(text_of(name));
  std::string text = single_spaced(text_of(&author));
  const std::size_t open = text.find('(');
  if (text.find('@') == std::string::npos) return text;
  return open == std::string::npos || !text.ends_with(')') ? "" : text.substr(open + 1, text.size() - open - 2);
}

void take_authors(const Element& item, ParsedArticle& parsed) {
  for (const std::string_view name : {"dc:creator", "author", "atom:author", "itunes:author", "source/author"}) {
    std::vector<const Element*> authors = item.all(name);
    if (name == "source/author") authors = {item.find(name)};
    for (const Element* author : authors) {
      if (author != nullptr) add_authors(parsed, author_name(*author));
    }
    if (parsed.article.authors.empty()) continue;
    return note(parsed, "author", fmt::format("{}", fmt::join(parsed.article.authors, ", ")), name);
  }
}

/// Who published an item that a feed took over from elsewhere.
Value source_of(const Element& item) { return first_of(item, {"source/title", "source", "dc:publisher", "dc:source"}); }

/// Whether a text can name an article of a file: of a length that people can handle.
bool can_name(std::string_view text) {
  constexpr std::size_t longest = 100;
  return !text.empty() && text.size() <= longest && text.find_first_of(" \t") == std::string_view::npos;
}

} // namespace

const Shape& FeedReader::shape() {
  static const Shape shape{{"rss", "RDF", "channel", "feed"}, {"item", "entry"}};
  return shape;
}

void FeedReader::take(const Element& element, const Place& place) {
  if (element.name == "item" || element.name == "entry") return take_item(element, place);
  if (const std::string_view language = element.attribute("xml:lang"); language_.empty() && !language.empty()) {
    language_ = language_code(language);
  }
  if (element.name == "title" && outlet_.empty()) outlet_ = headline_of(text_of(&element));
  if (element.name == "language" || element.name == "dc:language")
    language_ = language_code(trimmed(text_of(&element)));
  if (element.name == "author" && author_.empty()) author_ = author_name(element);
}

void FeedReader::take_item(const Element& item, const Place& place) {
  const std::string where = fmt::format("item {} (line {})", ++items_, place.line);
  if (place.too_large) return sink_.report(where, "is larger than what is allowed for an article");
  ParsedArticle parsed;
  Article& article = parsed.article;
  const Value id = first_of(item, {"guid", "id", "dc:identifier"});
  const Value link = link_of(item);
  const Value source = source_of(item);
  const Value title = first_of(item, {"title", "media:title", "media:group/media:title", "dc:title"});
  const Value date = first_of(item, {"pubDate", "pubdate", "published", "issued", "dc:date", "dcterms:created",
                                     "dcterms:issued", "date", "updated", "modified", "dcterms:modified"});
  article.id = id.text;
  article.url = link.text;
  article.outlet = source.text.empty() ? outlet_ : headline_of(source.text);
  article.title = html::without_site_name(headline_of(title.text), article.outlet);
  const std::string language = single_spaced(item.attribute("xml:lang"));
  article.language = language_code(language.empty() ? first_of(item, {"dc:language", "language"}).text : language);
  if (article.language.empty()) article.language = language_;
  take_body(item, parsed);
  take_authors(item, parsed);
  if (article.authors.empty()) add_authors(parsed, author_);
  set_date(parsed, date.text);
  note(parsed, "title", article.title, title.source);
  note(parsed, "url", article.url, link.source);
  note(parsed, "date", date.text, date.source);
  parsed.notes.found("outlet", article.outlet, source.text.empty() ? "title of the feed" : "source of the feed's item");
  if (article.title.empty() && article.body.empty()) return sink_.report(where, "has neither a title nor a text");
  if (place.cut) parsed.problems.emplace_back("is cut short; it was read up to there");
  std::vector<std::string> names;
  for (const std::string& name : {id.text, link.text}) {
    if (can_name(name)) names.push_back(name);
  }
  names.push_back(std::to_string(items_));
  sink_.add_named(std::move(parsed), where, names);
}

} // namespace pfind::corpus::xml
