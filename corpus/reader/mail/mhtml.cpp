#include "corpus/reader/mail/mhtml.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "corpus/reader/encoding.hpp"
#include "corpus/reader/html/html.hpp"
#include "corpus/reader/mail/message.hpp"

namespace pfind::corpus {
namespace {

bool is_page(const WebPart& part) { return part.type == "text/html" || part.type == "application/xhtml+xml"; }

/// The part that is the page: the one named as the start, else the one from the address that was saved, else the first.
/// The others are what it shows in frames.
const WebPart* page_of(const WebMessage& message) {
  const std::string_view address = message.fields.value("snapshot-content-location");
  const auto first = [&](const auto& wanted) {
    const auto part = std::find_if(message.parts.begin(), message.parts.end(),
                                   [&](const WebPart& p) { return is_page(p) && wanted(p); });
    return part == message.parts.end() ? nullptr : &*part;
  };
  const WebPart* page = nullptr;
  if (!message.start.empty()) page = first([&](const WebPart& part) { return part.id == message.start; });
  if (page == nullptr && !address.empty()) page = first([&](const WebPart& part) { return part.location == address; });
  return page != nullptr ? page : first([](const WebPart&) { return true; });
}

} // namespace

ParsedArticle parse_mhtml(std::string_view bytes) {
  const WebMessage message = parse_web_message(bytes);
  const WebPart* page = page_of(message);
  if (page == nullptr) return {};
  const std::string_view declared = page->charset.empty() ? declared_charset(page->content) : page->charset;
  ParsedArticle parsed = parse_html(decode(page->content, declared));
  Article& article = parsed.article;
  if (article.url.empty()) {
    for (const std::string_view address :
         {message.fields.value("snapshot-content-location"), std::string_view(page->location)}) {
      if (!article.url.empty() || !address.starts_with("http")) continue;
      article.url = address;
      parsed.notes.found("url", address, "the address it was saved from");
    }
  }
  if (article.title.empty() && !article.body.empty()) {
    article.title = message.fields.value("subject");
    if (!article.title.empty()) parsed.notes.found("title", article.title, "Subject");
  }
  parsed.notes.left_out(message.fields.value("date"), "when the page was saved, which is not when it was published");
  return parsed;
}

} // namespace pfind::corpus
