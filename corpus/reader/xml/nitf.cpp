#include "corpus/reader/xml/nitf.hpp"

#include <algorithm>
#include <utility>

#include "corpus/reader/field_text.hpp"
#include "corpus/reader/html/html.hpp"
#include "corpus/reader/language.hpp"
#include "corpus/reader/text_line.hpp"

namespace pfind::corpus::xml {
namespace {

std::string line_of(const Element* element) { return single_spaced(text_of(element)); }

std::string attribute_at(const Element& element, std::string_view path, std::string_view name) {
  const Element* found = element.find(path);
  return found == nullptr ? "" : single_spaced(found->attribute(name));
}

/// The first of some values that is not empty; notes where it came from.
template <typename... Sources>
std::string first(ParsedArticle& parsed, std::string_view field, const Sources&... sources) {
  for (const auto& [value, source] : {std::pair<std::string, std::string_view>(sources)...}) {
    if (value.empty()) continue;
    parsed.notes.found(field, value, std::string("NITF ").append(source));
    return value;
  }
  return "";
}

using Source = std::pair<std::string, std::string_view>;

void take_authors(const Element& head, ParsedArticle& parsed) {
  const Element* byline = head.find("byline");
  if (byline == nullptr) return;
  std::vector<const Element*> people = byline->all("person");
  if (people.empty()) {
    Element names = *byline;
    std::erase_if(names.children, [](const Element& child) { return child.name == "byttl"; });
    return add_authors(parsed, text_of(&names));
  }
  for (const Element* person : people) add_authors(parsed, text_of(person));
}

/// Some archives give the first paragraphs twice: as a block of their own and in the block of the full text.
const Element& full_text(const Element& content) {
  for (const Element* block : content.all("block")) {
    if (block->attribute("class") == "full_text") return *block;
  }
  return content;
}

void take_body(const Element& body, ParsedArticle& parsed) {
  const Element* content = body.find("body.content");
  if (content == nullptr) return;
  parsed.article.body = html_to_text(markup_of(full_text(*content), {"media", "nitf-table-metadata", "fn"}));
  if (const Element* media = content->descendant("media"))
    parsed.notes.left_out(text_of(media), "an image with its caption");
}

} // namespace

ParsedArticle article_of_nitf(const Element& nitf) {
  ParsedArticle parsed;
  Article& article = parsed.article;
  static const Element nothing;
  const auto part = [&](std::string_view path) -> const Element& {
    const Element* found = nitf.find(path);
    return found == nullptr ? nothing : *found;
  };
  const Element& head = part("head");
  const Element& body = part("body");
  const Element& body_head = part("body/body.head");
  article.title =
      first(parsed, "title", Source(line_of(body_head.find("hedline/hl1")), "hl1"),
            Source(line_of(body_head.find("hedline")), "hedline"), Source(line_of(head.find("title")), "title"));
  article.id = first(parsed, "id", Source(attribute_at(head, "docdata/doc-id", "id-string"), "doc-id"));
  article.url = first(parsed, "url", Source(attribute_at(head, "pubdata", "ex-ref"), "pubdata"));
  article.outlet = first(parsed, "outlet", Source(attribute_at(head, "pubdata", "name"), "pubdata"),
                         Source(line_of(body_head.find("distributor")), "distributor"),
                         Source(attribute_at(head, "docdata/doc.copyright", "holder"), "doc.copyright"),
                         Source(line_of(body_head.find("rights/rights.owner")), "rights.owner"));
  set_date(parsed, first(parsed, "date", Source(attribute_at(head, "docdata/date.issue", "norm"), "date.issue"),
                         Source(attribute_at(head, "docdata/date.release", "norm"), "date.release"),
                         Source(attribute_at(head, "pubdata", "date.publication"), "pubdata"),
                         Source(attribute_at(body_head, "dateline/story.date", "norm"), "story.date")));
  const std::string_view language = nitf.attribute("xml:lang");
  article.language = language_code(language.empty() ? body.attribute("xml:lang") : language);
  take_authors(body_head, parsed);
  take_body(body, parsed);
  if (article.body.empty() && body_head.find("abstract") != nullptr)
    article.body = body_of(*body_head.find("abstract"));
  if (!article.body.empty()) article.body = with_dateline(text_of(body_head.find("dateline")), std::move(article.body));
  return parsed;
}

} // namespace pfind::corpus::xml
