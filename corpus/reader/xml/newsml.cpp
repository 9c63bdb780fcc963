#include "corpus/reader/xml/newsml.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/reader/field_text.hpp"
#include "corpus/reader/html/html.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/text_line.hpp"
#include "corpus/reader/xml/nitf.hpp"

namespace pfind::corpus::xml {
namespace {

struct Found {
  std::string value;
  std::string source;
};

std::string line_of(const Element* element) { return single_spaced(text_of(element)); }

/// The first element at some paths that has text, or a name or literal as its attribute.
Found first_of(const Element& item, std::initializer_list<std::string_view> paths) {
  for (const std::string_view path : paths) {
    const Element* element = item.find(path);
    if (element == nullptr) continue;
    std::string value = line_of(element->find("name"));
    if (value.empty()) value = line_of(element);
    if (value.empty()) value = single_spaced(element->attribute("literal"));
    if (value.empty()) value = single_spaced(element->attribute("FormalName"));
    if (!value.empty()) return {std::move(value), std::string("NewsML ").append(path)};
  }
  return {};
}

/// The first of some names anywhere in an item: NewsML 1 nests its components as deep as it likes.
Found anywhere(const Element& item, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    std::string value = line_of(item.descendant(name));
    if (!value.empty()) return {std::move(value), std::string("NewsML ").append(name)};
  }
  return {};
}

std::string take(ParsedArticle& parsed, std::string_view field, Found found) {
  if (!found.value.empty()) parsed.notes.found(field, found.value, found.source);
  return std::move(found.value);
}

/// What an article lacks is taken from the document that its content is.
void complete(Article& article, Article from) {
  const auto fill = [](std::string& text, std::string& other) {
    if (text.empty()) text = std::move(other);
  };
  fill(article.title, from.title);
  fill(article.outlet, from.outlet);
  fill(article.url, from.url);
  fill(article.language, from.language);
  fill(article.body, from.body);
  if (article.authors.empty()) article.authors = std::move(from.authors);
  if (!article.date) article.date = from.date;
}

/// Content of an item: an NITF document, a page of XHTML or a part of one, or text.
void take_content(const Element& content, ParsedArticle& parsed) {
  if (const Element* nitf = content.find("nitf")) return complete(parsed.article, article_of_nitf(*nitf).article);
  if (const Element* html = content.find("html")) {
    const Element* body = html->find("body");
    Article article;
    article.title = line_of(html->find("head/title"));
    article.body = body_of(body == nullptr ? *html : *body);
    return complete(parsed.article, std::move(article));
  }
  if (parsed.article.body.empty()) parsed.article.body = body_of(content);
}

ParsedArticle article_of_g2(const Element& item) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  article.id = single_spaced(item.attribute("guid"));
  article.title = take(parsed, "title", first_of(item, {"contentMeta/headline", "itemMeta/title"}));
  article.outlet = take(parsed, "outlet",
                        first_of(item, {"itemMeta/provider", "contentMeta/infoSource", "rightsInfo/copyrightHolder",
                                        "contentMeta/creditline"}));
  article.url = take(parsed, "url", first_of(item, {"itemMeta/link", "contentMeta/altId"}));
  if (!article.url.starts_with("http")) article.url.clear();
  add_authors(parsed, take(parsed, "author", first_of(item, {"contentMeta/by", "contentMeta/creator"})));
  set_date(parsed,
           take(parsed, "date",
                first_of(item, {"itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated"})));
  const Element* language = item.find("contentMeta/language");
  article.language = language_code(language == nullptr ? item.attribute("xml:lang") : language->attribute("tag"));
  if (const Element* set = item.find("contentSet")) {
    for (const Element& content : set->children) {
      if (content.name == "inlineXML" || content.name == "inlineData") take_content(content, parsed);
    }
  }
  if (article.body.empty()) article.body = take(parsed, "body", first_of(item, {"contentMeta/description"}));
  const Found dateline = first_of(item, {"contentMeta/dateline"});
  if (!article.body.empty()) article.body = with_dateline(dateline.value, std::move(article.body));
  if (article.title.empty()) article.title = take(parsed, "title", first_of(item, {"contentMeta/slugline"}));
  return parsed;
}

ParsedArticle article_of_newsml1(const Element& item) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  article.id = anywhere(item, {"PublicIdentifier", "NewsItemId"}).value;
  article.title = take(parsed, "title", anywhere(item, {"HeadLine", "SlugLine"}));
  article.outlet = take(parsed, "outlet", anywhere(item, {"CreditLine", "ProviderId"}));
  add_authors(parsed, take(parsed, "author", anywhere(item, {"ByLine"})));
  set_date(parsed, take(parsed, "date", anywhere(item, {"FirstCreated", "ThisRevisionCreated", "DateId"})));
  if (const Element* language = item.descendant("Language")) {
    article.language = language_code(language->attribute("FormalName"));
  }
  if (const Element* content = item.descendant("DataContent")) take_content(*content, parsed);
  if (!article.body.empty()) article.body = with_dateline(anywhere(item, {"DateLine"}).value, std::move(article.body));
  return parsed;
}

} // namespace

const Shape& newsml_shape() {
  static const Shape shape{{"newsMessage", "itemSet", "NewsML"}, {"newsItem", "NewsItem", "packageItem"}};
  return shape;
}

bool is_news_item(const Element& element) { return element.name == "newsItem" || element.name == "NewsItem"; }

bool is_other_item(const Element& element) {
  constexpr std::array<std::string_view, 4> names{"packageItem", "conceptItem", "knowledgeItem", "planningItem"};
  return std::ranges::find(names, element.name) != names.end();
}

bool is_withdrawn(const Element& item) {
  const Element* status = item.find("itemMeta/pubStatus");
  return status != nullptr && status->attribute("qcode").ends_with(":canceled");
}

ParsedArticle article_of_news_item(const Element& item) {
  return item.name == "NewsItem" ? article_of_newsml1(item) : article_of_g2(item);
}

} // namespace pfind::corpus::xml
